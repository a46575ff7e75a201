// The files that the server hands out, under names that say their content.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { output, root } from "./paths.mjs";

/**
 * Bundles src/main/ts/main.tsx, split where pages are loaded on demand. Scripts and styles carry a hash in
 * their name, so that a browser may keep them for ever; index.html names the present ones.
 */
export async function bundle({ isForDevelopment = false } = {}) {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: { main: "src/main/ts/main.tsx" },
    outdir: `${output}assets`,
    bundle: true,
    splitting: true,
    format: "esm",
    target: ["es2022"],
    jsx: "automatic",
    jsxImportSource: "preact",
    minify: !isForDevelopment,
    sourcemap: false,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    legalComments: "eof",
    metafile: true,
    logLevel: "warning",
    define: { "process.env.NODE_ENV": JSON.stringify(isForDevelopment ? "development" : "production") },
  });
  const names = Object.entries(result.metafile.outputs);
  const entry = names.find(([, made]) => made.entryPoint === "src/main/ts/main.tsx");
  if (entry === undefined) {
    throw new Error("esbuild made no entry");
  }
  const script = entry[0].slice(entry[0].lastIndexOf("/assets/"));
  const style = entry[1].cssBundle?.slice(entry[1].cssBundle.lastIndexOf("/assets/"));
  if (style === undefined) {
    throw new Error("esbuild made no style sheet");
  }
  const html = await readFile(`${root}src/main/web/index.html`, "utf8");
  await writeFile(
    `${output}index.html`,
    html.replace("/assets/main.css", style).replace("/assets/main.js", script),
  );
  await cp(`${root}src/main/web/favicon.svg`, `${output}favicon.svg`);
  return { files: names.map(([name]) => name) };
}

/** Octets that the first page needs, compressed: what `bundle` must keep small. */
export async function compressedSize(files) {
  let sum = 0;
  for (const file of files) {
    sum += gzipSync(await readFile(file)).length;
  }
  return sum;
}
