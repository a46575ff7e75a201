// Knows whether anything that goes into a build has changed since the last one.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { docs, openApi, root } from "./paths.mjs";

async function filesOf(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: false });
  const lists = await Promise.all(
    entries.map((entry) => (entry.isDirectory() ? filesOf(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`])),
  );
  return lists.flat().sort();
}

export async function inputsHash(extra = []) {
  const files = [
    ...(await filesOf(`${root}src`)),
    ...(await filesOf(`${root}src/main/web`)),
    ...(await filesOf(`${root}build`)),
    ...(await filesOf(docs.replace(/\/$/, ""))).filter((name) => name.endsWith(".md")),
    ...extra,
    openApi,
    `${root}package-lock.json`,
    `${root}tsconfig.json`,
  ];
  const hash = createHash("sha256");
  for (const file of files) {
    hash.update(file.replace(root, ""));
    hash.update(await readFile(file));
  }
  return hash.digest("hex");
}

const nameOf = (what) => `${root}target/${what}.stamp`;

export async function isUpToDate(what, hash) {
  return (await readFile(nameOf(what), "utf8").catch(() => "")) === hash;
}

export async function stamp(what, hash) {
  await mkdir(`${root}target`, { recursive: true });
  await writeFile(nameOf(what), hash);
}
