// Says in a Markdown table how figures differ from those of an earlier run: `node scripts/compare-figures.mjs BEFORE NOW`, two folders
// of JSON files whose entries are name: number. Differences of less than a tenth are noise on a shared machine, and not shown. With
// `--worse 25` only what became worse by more than 25 % is said, and nothing where there is none.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const NOISE = 0.1;
const [before, now, option, percent] = process.argv.slice(2);
const threshold = Number(percent);
if (!now || (option !== undefined && (option !== '--worse' || !(threshold > 0)))) {
  console.error('usage: node scripts/compare-figures.mjs BEFORE NOW [--worse PERCENT]');
  process.exit(2);
}

// What others do on the same machine is measured for comparison, and is no merit or fault of ours.
const NOT_OURS = /\.(pgbench|bare_|tcp_|channel_hops|generator_)/;
// How many times worse a figure has become; undefined where a name does not tell which way is better.
function worse(name, was, is) {
  if (NOT_OURS.test(name) || !(was > 0) || !(is > 0)) return undefined;
  if (/_per_s$/.test(name) || (/ratio_to_/.test(name) && !/(p\d+|cpu)_ratio_to_/.test(name))) return was / is;
  if (/(_ms|_s|_seconds|_mb|_us_per_message|bytes_per_activation)$|(p\d+|cpu)_ratio_to_/.test(name)) return is / was;
  return undefined;
}

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

if (option) {
  const slower = [...newer].filter(([name, is]) => worse(name, older.get(name), is) > 1 + threshold / 100);
  if (slower.length > 0) {
    console.log(`Worse than in the run before by more than ${threshold} %. A shared machine's figures differ from run to run: look again before you believe it.\n`);
    console.log('| figure | before | now |\n|---|---:|---:|');
    for (const [name, is] of slower) console.log(`| ${name} | ${rounded(older.get(name))} | ${rounded(is)} |`);
  }
  process.exit(0);
}

console.log(`## Figures\n\n${newer.size} figures, ${[...newer.keys()].filter(name => older.has(name)).length} of them also in the run before; ${rows.length} differ by more than a tenth.\n`);
if (rows.length > 0) {
  console.log('| figure | before | now | change |\n|---|---:|---:|---:|');
  for (const [name, was, is] of rows) console.log(`| ${name} | ${rounded(was)} | ${rounded(is)} | ${was === 0 ? 'new' : `${is > was ? '+' : ''}${Math.round((is / was - 1) * 100)} %`} |`);
}
