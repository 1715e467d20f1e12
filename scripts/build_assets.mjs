// Builds the one style sheet and the one script of every page, under names that change with their content,
// each with a compressed twin for the server to send. Run by `make setup`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "alongside", "design", "assets");
const target = join(root, "alongside", "design", "static", "design");
const limit = 40 * 1024; // of the 60 KB a page may weigh compressed, what style and script may take together

const sheet = sass.compile(join(source, "scss", "alongside.scss"), {
  style: "compressed",
  loadPaths: [join(root, "node_modules"), root],
  quietDeps: true,
  silenceDeprecations: ["if-function", "import", "global-builtin"],
});
const minified = await esbuild.transform(sheet.css, { loader: "css", minify: true, legalComments: "none" });
const script = await esbuild.build({
  entryPoints: [join(source, "js", "alongside.js")],
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
  target: "es2020",
  legalComments: "none",
  absWorkingDir: root,
});

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const names = {};
let weight = 0;
for (const [name, text] of [["alongside.css", minified.code], ["alongside.js", script.outputFiles[0].text]]) {
  const [stem, kind] = name.split(".");
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 12);
  names[name] = `${stem}.${digest}.${kind}`;
  const small = gzipSync(text, { level: 9 });
  weight += small.length;
  writeFileSync(join(target, names[name]), text);
  writeFileSync(join(target, `${names[name]}.gz`), small);
  console.log(`${names[name]}: ${text.length} bytes, ${small.length} compressed`);
}
for (const file of readdirSync(join(source, "images"))) {
  writeFileSync(join(target, file), readFileSync(join(source, "images", file)));
  names[file] = file;
}
writeFileSync(join(target, "manifest.json"), JSON.stringify(names, null, 2) + "\n");
if (weight > limit) {
  console.error(`Style and script weigh ${weight} bytes compressed; the limit is ${limit}.`);
  process.exit(1);
}
