// How all linters here speak: one line for each thing that is wrong, and an exit code.
import { readFileSync } from 'node:fs';

let wrong = 0;

/** Says that something is wrong; the process then ends with 1. */
export function complain(file, line, what) {
  wrong++;
  console.error(`${file}${line ? `:${line}` : ''}: ${what}`);
  process.exitCode = 1;
}

/** Runs a check over each file that the command line names. */
export function eachFile(check) {
  const files = process.argv.slice(2);
  for (const file of files) check(file, readFileSync(file, 'utf8'));
  if (wrong > 0) console.error(`${wrong} wrong in ${files.length} files`);
}
