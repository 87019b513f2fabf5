// Compiles lib/ and tests/ to a temporary folder and runs them with node's own test runner:
// node 20 cannot run TypeScript, and the pure parts need no browser and no test framework.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = mkdtempSync(join(tmpdir(), 'fte-frontend-tests-'));

function run(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

try {
  const compiled = run('node_modules/typescript/bin/tsc', '-p', 'tests/tsconfig.json', '--outDir', built);
  if (compiled !== 0) {
    process.exitCode = compiled;
  } else {
    const tests = readdirSync(join(built, 'tests'))
      .filter((name) => name.endsWith('.test.js'))
      .map((name) => join(built, 'tests', name));
    process.exitCode = run('--test', ...tests);
  }
} finally {
  rmSync(built, { recursive: true, force: true });
}
