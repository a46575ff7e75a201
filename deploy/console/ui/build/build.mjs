// npm run build: types, type check, bundle.
import { execFileSync } from "node:child_process";
import { writeApiTypes } from "./api-types.mjs";
import { bundle } from "./bundle.mjs";
import { writeDocs } from "./docs.mjs";
import { root } from "./paths.mjs";

await writeApiTypes();
await writeDocs();
if (!process.argv.includes("--no-check")) {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "--noEmit", "-p", root], { stdio: "inherit" });
}
await bundle({ isForDevelopment: process.argv.includes("--dev") });
