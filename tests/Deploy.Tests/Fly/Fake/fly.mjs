// A stand-in for Fly's command: knows what commands.txt says and refuses all else, keeps a small world in FAKE_FLY/state.json, and writes
// each call with what stood on its standard input to FAKE_FLY/calls.jsonl. FAKE_FLY_FAILS names a command that fails.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const world = process.env.FAKE_FLY;
const given = process.argv.slice(2);
const refuse = why => {
  console.error(`Error: ${why}`);
  process.exit(1);
};

const table = readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'commands.txt'), 'utf8').split('\n')
  .filter(line => line && !line.startsWith('#')).map(line => line.split(' '))
  .map(words => ({
    name: words.filter(word => /^[a-z]/.test(word)),
    takes: words.filter(word => word.startsWith('<')).length,
    flags: words.filter(word => word.startsWith('--')),
  }));

const command = table.find(({ name }) => name.every((word, at) => given[at] === word));
if (!command) refuse(`unknown command "${given.slice(0, 2).join(' ')}" for "flyctl"`);
const name = command.name.join(' ');
const values = [];
const flags = {};
for (let at = command.name.length; at < given.length; at++) {
  const [flag, inline] = given[at].split(/=(.*)/s);
  if (!flag.startsWith('-')) {
    values.push(given[at]);
  } else if (command.flags.includes(`${flag}=`)) {
    const value = inline ?? given[++at];
    if (value === undefined) refuse(`flag needs an argument: ${flag}`);
    (flags[flag] ??= []).push(value);
  } else if (command.flags.includes(flag)) {
    flags[flag] = [inline ?? 'true'];
  } else {
    refuse(`unknown flag: ${flag}`);
  }
}
if (values.length !== command.takes) refuse(`accepts ${command.takes} arg(s), received ${values.length}`);

const input = name === 'secrets import' ? readFileSync(0, 'utf8') : '';
appendFileSync(join(world, 'calls.jsonl'), `${JSON.stringify({ name, given, input })}\n`);

const path = join(world, 'state.json');
const state = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { signedIn: true, apps: {} };
if (process.env.FAKE_FLY_FAILS === name) refuse(`could not ${name}`);
if (name !== 'version' && !state.signedIn) refuse('no access token available. Please login with \'flyctl auth login\'');

const app = () => state.apps[flags['--app']?.[0]] ?? refuse('Could not find App');
const machine = (image, at) => ({ id: `m${at}`, state: 'started', image_ref: { repository: 'app', tag: image } });
// As Fly reads them: what follows # is a comment, unless it stands within quotes.
const read = line => {
  const [key, rest] = line.split(/=(.*)/s);
  const before = rest.split('#')[0];
  const value = rest.includes('#') && before.split('"').length % 2 === 1 ? before.trimEnd() : rest;
  return [key, /^".*"$/.test(value) ? value.slice(1, -1) : value];
};

switch (name) {
  case 'version': console.log('fly v0.4.0'); break;
  case 'auth whoami': console.log('ana@example.com'); break;
  case 'apps list': console.log(Object.keys(state.apps).join('\n')); break;
  case 'apps create':
    if (state.apps[values[0]]) refuse('Name has already been taken');
    state.apps[values[0]] = { network: flags['--network']?.[0] ?? 'default', org: flags['--org'][0], secrets: {}, staged: [], machines: [] };
    console.log(`New app created: ${values[0]}`);
    break;
  case 'secrets list': console.log(JSON.stringify(Object.keys(app().secrets).map(secret => ({ name: secret, digest: 'd', status: app().staged.includes(secret) ? 'Staged' : 'Deployed' })))); break;
  case 'secrets import': {
    const imported = Object.fromEntries(input.split('\n').filter(Boolean).map(read));
    Object.assign(app().secrets, imported);
    if (flags['--stage']) app().staged.push(...Object.keys(imported));
    break;
  }
  case 'mpg attach': app().secrets.DATABASE_URL = `postgresql://user:attached@pgbouncer.${values[0]}.flympg.net/fly-db`; break;
  case 'machine list': console.log(JSON.stringify(app().machines)); break;
  case 'deploy': {
    const label = flags['--image-label']?.[0] ?? 'deployment';
    const there = app().machines.length || (flags['--ha']?.[0] === 'false' ? 1 : 2);
    app().machines = Array.from({ length: there }, (_, at) => machine(label, at));
    app().staged = [];
    break;
  }
  case 'scale count': {
    const label = app().machines[0]?.image_ref.tag;
    app().machines = Array.from({ length: Number(values[0]) }, (_, at) => machine(label, at));
    break;
  }
  case 'status': console.log('App'); break;
}
writeFileSync(path, JSON.stringify(state));
