// The product's own documents as pages of the console.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { marked } from "marked";
import { docs, generated } from "./paths.mjs";

const DOCUMENTS = [
  { id: "definitions", file: "definitions.md" },
  { id: "questions", file: "questions.md" },
  { id: "filter-language", file: "reference/filter-language.md" },
  { id: "drop-reasons", file: "reference/drop-reasons.md" },
  { id: "architecture", file: "architecture.md" },
];

const anchorOf = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replace(/ /g, "-");

/** Headings get anchors; links between the documents stay inside of the console, others lose their target. */
function render(text) {
  const renderer = new marked.Renderer();
  renderer.heading = function ({ tokens, depth, text: plain }) {
    return `<h${depth} id="${anchorOf(plain)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
  };
  // Wide text scrolls, by keyboard as well.
  renderer.code = ({ text: code }) =>
    `<pre tabindex="0"><code>${code.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</code></pre>\n`;
  renderer.link = function ({ href, tokens }) {
    const inner = this.parser.parseInline(tokens);
    if (href.startsWith("#")) {
      return `<a href="${href}">${inner}</a>`;
    }
    const known = DOCUMENTS.find((d) => href.split("#")[0].endsWith(d.file.split("/").pop()));
    return known === undefined ? inner : `<a href="/docs/${known.id}">${inner}</a>`;
  };
  return marked.parse(text, { renderer });
}

export async function writeDocs() {
  const found = [];
  for (const { id, file } of DOCUMENTS) {
    const text = await readFile(docs + file, "utf8").catch(() => null);
    if (text !== null) {
      found.push({ id, title: /^# (.*)$/m.exec(text)?.[1] ?? id, html: render(text) });
    }
  }
  await mkdir(generated, { recursive: true });
  await writeFile(
    `${generated}documents.ts`,
    `// Generated from docs.\nexport const DOCUMENTS: ReadonlyArray<{ readonly id: string; readonly title: string; readonly html: string }> = ${JSON.stringify(found, null, 1)};\n`,
  );
}
