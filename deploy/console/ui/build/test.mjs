// npm test: the unit tests, with node's own runner; `--verbose` names each.
import { spawnSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { build } from "esbuild";
import { writeApiTypes } from "./api-types.mjs";
import { writeDocs } from "./docs.mjs";
import { root, tests } from "./paths.mjs";

await writeApiTypes();
await writeDocs();
const files = (await readdir(`${root}src/test/ts`)).filter((name) => /\.test\.tsx?$/.test(name));
await rm(tests, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: files.map((name) => `src/test/ts/${name}`),
  outdir: tests,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: ["node18"],
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "warning",
});
const run = spawnSync(
  process.execPath,
  ["--test", "--test-reporter=spec", ...files.map((name) => tests + name.replace(/\.tsx?$/, ".mjs"))],
  { encoding: "utf8" },
);
// Said only when there is something to say.
if (run.status !== 0 || process.argv.includes("--verbose")) {
  process.stdout.write(run.stdout);
  process.stderr.write(run.stderr);
}
process.exitCode = run.status ?? 1;
