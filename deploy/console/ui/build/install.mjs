// Installs what package-lock.json pins, unless it is installed already.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { root } from "./paths.mjs";

const OLDEST_NODE = 18;

const major = Number(process.versions.node.split(".")[0]);
if (major < OLDEST_NODE) {
  console.error(`The console needs Node.js ${OLDEST_NODE} or newer to be built; this is ${process.version}.`);
  process.exit(1);
}

const lock = createHash("sha256").update(await readFile(`${root}package-lock.json`)).digest("hex");
const mark = `${root}node_modules/.installed`;
if ((await readFile(mark, "utf8").catch(() => "")) !== lock) {
  // No package of these needs its install scripts.
  const npm = ["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", npm, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  await writeFile(mark, lock);
}
