// Bundle the browser libraries into a folder, as classic scripts: node bundle.mjs FOLDER LICENCE.
// Run where `npm ci` put node_modules. It writes the scripts, licences.txt, and vendor.json with what is in each.
// LICENCE is the text of Apache-2.0, for a package that is under it and carries no text of its own.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { gzipSync } from "fflate";

const [folder, apache] = process.argv.slice(2);
const lock = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;

// The WebAssembly travels compressed, and by a compressor in JavaScript, whose output is the same on every machine.
function wrapOxigraph(code) {
  const wasm = gzipSync(readFileSync("node_modules/oxigraph/web_bg.wasm"), { level: 9, mtime: 0 });
  const text = Buffer.from(wasm).toString("base64");
  const start = `start: function (wasm) {\n${code}oxigraph.initSync({ module: wasm });\nreturn oxigraph;\n}`;
  return `globalThis.MigragraphOxigraph = {\n${start},\nwasm: "${text}" };\n`;
}

const bundles = [
  { name: "editor" },
  { name: "minisearch" },
  { name: "oxigraph", wrap: wrapOxigraph, options: { globalName: "oxigraph", define: { "import.meta.url": '""' } } },
];

async function bundle({ name, wrap = (code) => code, options = {} }) {
  const made = await build({
    entryPoints: [`entries/${name}.js`],
    bundle: true,
    charset: "ascii",
    format: "iife",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    minify: true,
    target: "es2022",
    write: false,
    ...options,
  });
  const [{ inputs }] = Object.values(made.metafile.outputs);
  const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
  const packages = [...new Set(used.map(packageOf).filter(Boolean))].sort();
  return { file: `${name}.js`, text: `/* Licences: licences.txt */\n${wrap(made.outputFiles[0].text)}`, packages };
}

function packageOf(path) {
  const parts = path.split("/");
  if (parts[0] !== "node_modules") return null;
  return parts[1].startsWith("@") ? `${parts[1]}/${parts[2]}` : parts[1];
}

function describe(name) {
  const { version, license, integrity } = lock[`node_modules/${name}`];
  return { name, version, licence: license, integrity };
}

function readLicence(name) {
  const own = readdirSync(join("node_modules", name)).find((file) => /^licen[cs]e/i.test(file));
  if (own) return readFileSync(join("node_modules", name, own), "utf8").trim();
  if (describe(name).licence.includes("Apache-2.0")) return readFileSync(apache, "utf8").trim();
  throw new Error(`${name} carries no text of its licence.`);
}

const made = await Promise.all(bundles.map(bundle));
const all = [...new Set(made.flatMap(({ packages }) => packages))].sort();
const licences = all.map((name) => `${name} ${describe(name).version} (${describe(name).licence})\n\n${readLicence(name)}\n`);
made.push({ file: "licences.txt", text: licences.join(`\n${"-".repeat(72)}\n\n`), packages: [] });

mkdirSync(folder, { recursive: true });
const files = made.map(({ file, text, packages }) => {
  writeFileSync(join(folder, file), text);
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { file, bytes: Buffer.byteLength(text), sha256, packages: packages.map(describe) };
});
writeFileSync(join(folder, "vendor.json"), `${JSON.stringify({ files }, null, 2)}\n`);
