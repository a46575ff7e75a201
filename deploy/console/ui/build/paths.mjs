// Where things are, seen from this folder.
import { fileURLToPath } from "node:url";

const here = new URL("..", import.meta.url);

export const root = fileURLToPath(here);
export const openApi =
  process.env.IPV6FLOW_OPENAPI ??
  fileURLToPath(new URL("../server/src/main/resources/org/ipv6flow/console/api/openapi.yaml", here));
export const docs = fileURLToPath(new URL("../../../docs/", here));
export const generated = fileURLToPath(new URL("target/generated/", here));
export const output = fileURLToPath(new URL("target/classes/org/ipv6flow/console/ui/", here));
export const tests = fileURLToPath(new URL("target/tests/", here));
