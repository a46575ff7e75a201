// The types of the API, from its OpenAPI file.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { generated, openApi } from "./paths.mjs";

/** A response is always there: what the schema does not require may be absent, all else is said. */
export async function writeApiTypes() {
  const ast = await openapiTS(pathToFileURL(openApi));
  const text = `// Generated from openapi.yaml.\n${astToString(ast)}`;
  await mkdir(generated, { recursive: true });
  const file = `${generated}api.ts`;
  const before = await readFile(file, "utf8").catch(() => "");
  if (before !== text) {
    await writeFile(file, text);
  }
}
