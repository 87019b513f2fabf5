// Says in a Markdown table how figures differ from those of an earlier run: `node scripts/compare-figures.mjs BEFORE NOW`, two folders
// of JSON files whose entries are name: number. Differences of less than a tenth are noise on a shared machine, and not shown.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOISE = 0.1;
const [before, now] = process.argv.slice(2);

function read(folder) {
  const figures = new Map();
  if (!folder || !existsSync(folder)) return figures;
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json')).sort()) {
    for (const [name, value] of Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')))) {
      if (typeof value === 'number' && !name.startsWith('run.')) figures.set(name, value);
    }
  }
  return figures;
}

const older = read(before);
const newer = read(now);
const rounded = value => Number(value.toPrecision(4)).toLocaleString('en');
const rows = [...newer].filter(([name]) => older.has(name)).map(([name, value]) => [name, older.get(name), value])
  .filter(([, was, is]) => Math.abs(is - was) > NOISE * Math.max(Math.abs(was), Number.EPSILON));

console.log(`## Figures\n\n${newer.size} figures, ${[...newer.keys()].filter(name => older.has(name)).length} of them also in the run before; ${rows.length} differ by more than a tenth.\n`);
if (rows.length > 0) {
  console.log('| figure | before | now | change |\n|---|---:|---:|---:|');
  for (const [name, was, is] of rows) console.log(`| ${name} | ${rounded(was)} | ${rounded(is)} | ${was === 0 ? 'new' : `${is > was ? '+' : ''}${Math.round((is / was - 1) * 100)} %`} |`);
}
