// Builds the console's static bundle into src/vigie/console/static. Same sources, same lock, same bytes:
// tests/console/test_bundle.py builds into another folder (first argument) and compares.
import { build } from 'esbuild';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../src/vigie/console/static'));
mkdirSync(out, { recursive: true });

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  legalComments: 'none',
  target: ['chrome123', 'firefox128', 'safari17.5'],
  metafile: true,
  logLevel: 'warning',
  outdir: out,
};

const built = await Promise.all([
  build({ ...shared, format: 'esm', entryPoints: ['src/console.js', 'src/map.js', 'src/scan.js', 'src/scans.js'] }),
  build({ ...shared, format: 'iife', entryPoints: ['src/live-worker.js'] }),
  build({ ...shared, entryPoints: ['src/console.css', 'src/detail.css', 'src/document.css', 'src/print.css', 'src/scan.css'] }),
]);

copyFileSync(join(here, 'assets', 'favicon.svg'), join(out, 'favicon.svg'));
writeFileSync(join(out, 'THIRD_PARTY.txt'), licences(built));

for (const name of readdirSync(out).filter((name) => /\.(js|css|svg)$/.test(name))) pack(name);

/** Python's own library cannot write Brotli, so it is done here; a file that still unpacks to its source is left alone. */
function pack(name) {
  const plain = readFileSync(join(out, name));
  const packed = join(out, `${name}.br`);
  if (existsSync(packed) && brotliDecompressSync(readFileSync(packed)).equals(plain)) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  writeFileSync(packed, brotliCompressSync(plain, { params }));
}

/** Names every package whose lines are in the bundle, with its version and its licence in full. */
function licences(results) {
  const folders = new Set();
  for (const { metafile } of results)
    for (const output of Object.values(metafile.outputs))
      for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
        const inside = path.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
        if (inside && bytesInOutput > 0) folders.add(inside[1]);
      }
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(here, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const extra = join(here, 'licences', `${name}.txt`);
    const text = file ? readFileSync(join(here, folder, file), 'utf8') : existsSync(extra) ? readFileSync(extra, 'utf8') : null;
    if (text === null) throw new Error(`no licence text for ${name}`);
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return `Packages in the JavaScript files of this folder.\n\n${parts.join(`\n${'-'.repeat(78)}\n\n`)}`;
}
