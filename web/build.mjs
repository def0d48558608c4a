// Builds the desk into dist/: api types from the API's own description, the words of kinds from kinds/, one script, one style, one page that names them by content hash.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { kinds } from "./kinds.mjs";
import { types } from "./types.mjs";

await writeFile("src/api/types.ts", types(JSON.parse(await readFile("../src/http/openapi.json", "utf8"))));
const files = (await readdir("../kinds")).filter((name) => name.endsWith(".json"));
await writeFile("src/api/kinds.ts", kinds(await Promise.all(files.map(async (name) => JSON.parse(await readFile(`../kinds/${name}`, "utf8"))))));
await rm("dist", { recursive: true, force: true });
await mkdir("dist", { recursive: true });
const result = await build({
  entryPoints: ["src/main.tsx"],
  bundle: true, minify: true, format: "esm", target: "es2022", outdir: "dist", entryNames: "desk-[hash]", metafile: true,
  jsx: "automatic", jsxImportSource: "preact", legalComments: "none",
});
const made = Object.keys(result.metafile.outputs).map((path) => basename(path));
const page = await readFile("src/index.html", "utf8");
const named = (ending) => `/${made.find((name) => name.endsWith(ending))}`;
await writeFile("dist/index.html", page.replace("%SCRIPT%", named(".js")).replace("%STYLE%", named(".css")));
