// Next's export starts each page with small inline scripts. This writes their hashes to
// out/csp.json, so that the silo can allow exactly those and no other inline script:
//   { "index.html": ["'sha256-…'", …], "ticket/index.html": […], … }
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join, relative, sep } from 'node:path';

const out = fileURLToPath(new URL('../out/', import.meta.url));
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi;

const hashes = {};
const entries = await readdir(out, { recursive: true, withFileTypes: true });
for (const entry of entries) {
  if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
  const path = join(entry.parentPath, entry.name);
  const html = await readFile(path, 'utf8');
  const found = new Set();
  for (const [, script] of html.matchAll(INLINE_SCRIPT)) {
    found.add(`'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`);
  }
  hashes[relative(out, path).split(sep).join('/')] = [...found];
}

const sorted = Object.fromEntries(Object.entries(hashes).sort(([a], [b]) => a.localeCompare(b)));
await writeFile(join(out, 'csp.json'), `${JSON.stringify(sorted, null, 2)}\n`);
console.log(`csp.json: inline scripts of ${Object.keys(sorted).length} pages hashed`);
