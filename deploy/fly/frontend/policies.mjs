// Writes nginx's map from a page to its content security policy, from the hashes that the pages' build left in csp.json. The policy is
// the silo's own (src/Api/Pages/PageFiles.cs): the same pages, the same rules. Run it as `node policies.mjs FOLDER`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const policy = hashes => [
  "default-src 'none'", ["script-src 'self'", ...hashes].join(' '), "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
  "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

const pages = JSON.parse(readFileSync(join(process.argv[2], 'csp.json'), 'utf8'));
console.log(`map $uri $page_policy {\n    default "${policy([])}";`);
for (const [page, hashes] of Object.entries(pages)) console.log(`    "/${page}" "${policy(hashes)}";`);
console.log('}');
