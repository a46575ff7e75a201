// npm run build: types, type check, bundle. `--force` builds though nothing has changed.
import { execFileSync } from "node:child_process";
import { access } from "node:fs/promises";
import { writeApiTypes } from "./api-types.mjs";
import { bundle } from "./bundle.mjs";
import { writeDocs } from "./docs.mjs";
import { output, root } from "./paths.mjs";
import { inputsHash, isUpToDate, stamp } from "./stamp.mjs";

const options = new Set(process.argv.slice(2));
const hash = (await inputsHash()) + [...options].join("");
const isBuilt = await access(`${output}index.html`).then(() => true, () => false);

if (options.has("--force") || !isBuilt || !(await isUpToDate("build", hash))) {
  await writeApiTypes();
  await writeDocs();
  if (!options.has("--no-check")) {
    execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "--noEmit", "-p", root], { stdio: "inherit" });
  }
  await bundle({ isForDevelopment: options.has("--dev") });
  await stamp("build", hash);
}
