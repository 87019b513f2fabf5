// Checks that what Markdown pages point to in this repository is there: files, folders, and headings. Addresses elsewhere are not
// asked for. Run it as `node links.mjs FILE…`, from the repository's root.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import GithubSlugger from 'github-slugger';
import { complain, eachFile } from './report.mjs';

/** The text with code taken out, as many lines as before. */
const prose = text => text
  .replace(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1[^\n]*$/gm, block => block.replace(/[^\n]/g, ''))
  .replace(/`[^`\n]*`/g, code => ' '.repeat(code.length));

const headings = new Map();
function headingsOf(path) {
  if (!headings.has(path)) {
    const slugger = new GithubSlugger();
    const text = readFileSync(path, 'utf8').replace(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1[^\n]*$/gm, '');
    const names = [...text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, title]) => slugger.slug(title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '')));
    headings.set(path, new Set([...names, ...[...text.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)].map(([, name]) => name)]));
  }
  return headings.get(path);
}

eachFile((file, text) => {
  const lines = prose(text).split('\n');
  const check = (target, line) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return;
    const [path, anchor] = target.split('#');
    const there = path === '' ? file : normalize(join(path.startsWith('/') ? '.' : dirname(file), decodeURI(path)));
    if (!existsSync(there)) return complain(file, line, `${target} is not there`);
    if (anchor && there.endsWith('.md') && statSync(there).isFile() && !headingsOf(there).has(decodeURIComponent(anchor))) complain(file, line, `${target}: there is no such heading`);
  };
  lines.forEach((line, index) => {
    for (const [, target] of line.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)) check(target, index + 1);
    const reference = /^\s*\[[^\]]+\]:\s+<?(\S+?)>?(\s|$)/.exec(line);
    if (reference) check(reference[1], index + 1);
  });
});
