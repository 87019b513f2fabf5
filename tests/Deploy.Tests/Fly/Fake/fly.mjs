// A stand-in for Fly's command: knows what commands.txt says and refuses all else, keeps a small world in FAKE_FLY/state.json, and writes
// each call with what stood on its standard input to FAKE_FLY/calls.jsonl. It goes into the folder that it is given, says what the real one
// says (passwords too), and would ask where that asks. FAKE_FLY_FAILS names a command that fails. With FAKE_FLY_ONLY_PARSE it looks at the
// words and does nothing.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
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
    mayTake: words.filter(word => /^[<[]/.test(word)).length,
    flags: words.filter(word => word.startsWith('--')),
  }));

// The longest name that fits: `deploy` is a command, and the end of another one's name.
const command = table.filter(({ name }) => name.every((word, at) => given[at] === word)).sort((a, b) => b.name.length - a.name.length)[0];
if (!command) refuse(`unknown command "${given.slice(0, 2).join(' ')}" for "flyctl"`);
const name = command.name.join(' ');
// Where only a command is named, nothing is meant to be done.
if (process.env.FAKE_FLY_ONLY_PARSE && given.length === command.name.length) process.exit(0);
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
if (values.length < command.takes || values.length > command.mayTake) refuse(`accepts ${command.takes} arg(s), received ${values.length}`);
if (process.env.FAKE_FLY_ONLY_PARSE) {
  // Without it the app that a fly.toml nearby names would be meant, whoever's that is.
  if (command.flags.includes('--app=') && !flags['--app']) refuse('which app? There is no --app');
  process.exit(0);
}

const input = name === 'secrets import' ? readFileSync(0, 'utf8') : '';
appendFileSync(join(world, 'calls.jsonl'), `${JSON.stringify({ name, given, input })}\n`);

const path = join(world, 'state.json');
const state = { clusters: [], ...existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { signedIn: true, apps: {} } };
if (process.env.FAKE_FLY_FAILS === name) refuse(`could not ${name}`);
if (name !== 'version' && !state.signedIn) refuse('no access token available. Please login with \'flyctl auth login\'');

// As iostreams.IsInteractive of flyctl.
const interactive = process.stdin.isTTY && process.stdout.isTTY;
const ask = what => refuse(interactive ? `nobody is here to answer: ${what}` : `prompt: non interactive: ${what}`);
// `deploy` goes into the folder first: what is named after that is looked for from there.
if (name === 'deploy' && values[0]) {
  if (!existsSync(values[0])) refuse(`failed changing working directory: chdir ${resolve(values[0])}: no such file or directory`);
  process.chdir(values[0]);
}
const file = () => {
  const found = resolve(flags['--config']?.[0] ?? 'fly.toml');
  if (!existsSync(found)) refuse(`failed to load app config: open ${found}: no such file or directory`);
  return { folder: dirname(found), text: readFileSync(found, 'utf8') };
};
const cluster = id => state.clusters.find(one => one.id === id) ?? refuse(`managed postgres cluster "${id}" not found`);
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
  case 'apps list': console.log(JSON.stringify(Object.entries(state.apps).map(([key, { network }]) => ({ Name: key, Network: network === 'default' ? '' : network })))); break;
  case 'apps create':
    if (state.apps[values[0]]) refuse('Name has already been taken');
    if (!flags['--org']) ask('Select Organization');
    if (flags['--network'] && !/^[a-z]/i.test(flags['--network'][0])) refuse('network name must start with a letter');
    state.apps[values[0]] = { network: flags['--network']?.[0] ?? 'default', org: flags['--org'][0], secrets: {}, staged: [], machines: [] };
    console.log(`New app created: ${values[0]}`);
    break;
  case 'secrets list': console.log(JSON.stringify(Object.keys(app().secrets).map(secret => ({ name: secret, digest: 'd', status: app().staged.includes(secret) ? 'Staged' : 'Deployed' })))); break;
  case 'secrets import': {
    const imported = Object.fromEntries(input.split('\n').filter(Boolean).map(read));
    if (!Object.keys(imported).length) refuse('requires at least one SECRET=VALUE pair');
    Object.assign(app().secrets, imported);
    if (flags['--stage']) app().staged.push(...Object.keys(imported));
    break;
  }
  case 'mpg list': console.log(state.clusters.length ? JSON.stringify(state.clusters) : `No managed postgres clusters found in organization ${flags['--org']?.[0]}`); break;
  case 'mpg create': {
    if (!flags['--region']) ask('Select a region for your Managed Postgres cluster');
    const made = { id: `id${state.clusters.length + 1}`, name: flags['--name'][0], plan: flags['--plan']?.[0] ?? 'basic', extensions: [] };
    state.clusters.push(made);
    console.log(`Managed Postgres cluster created successfully!\n  ID: ${made.id}\n  Connection string: postgresql://fly-user:password-of-the-cluster@pgbouncer.${made.id}.flympg.net/fly-db`);
    break;
  }
  case 'mpg databases extensions list': console.log(JSON.stringify(['vector', 'citext'].map(one => ({ name: one, installed: cluster(values[0]).extensions.includes(one) ? { version: '1', schema: 'public' } : null })))); break;
  case 'mpg databases extensions enable':
    cluster(flags['--cluster'][0]).extensions.push(values[0]);
    console.log(`Extension ${values[0]} enabled on database fly-db.`);
    break;
  case 'mpg attach': {
    const { id } = cluster(values[0]);
    if (interactive && !flags['--username']) ask('Select user');
    if (app().secrets.DATABASE_URL) refuse(`app ${flags['--app'][0]} already has DATABASE_URL set. Use 'fly secrets unset DATABASE_URL' to remove it first`);
    app().secrets.DATABASE_URL = `postgresql://fly-user:password-of-the-cluster@pgbouncer.${id}.flympg.net/fly-db`;
    app().staged.push('DATABASE_URL');
    console.log(`\nPostgres cluster ${id} is being attached to ${flags['--app'][0]}\nThe following secret was added to ${flags['--app'][0]}:\n  DATABASE_URL=${app().secrets.DATABASE_URL}`);
    break;
  }
  case 'machine list': console.log(JSON.stringify(app().machines)); break;
  case 'deploy': {
    const { folder, text } = file();
    const dockerfile = resolve(folder, text.match(/^ *dockerfile = "(.*)"/m)?.[1] ?? 'Dockerfile');
    if (!existsSync(dockerfile)) refuse(`dockerfile '${dockerfile}' not found`);
    if (text.includes('release_command') && app().network !== 'default' && app().secrets.DATABASE_URL?.includes('.flympg.net')) refuse('release_command failed: the database cannot be reached from this network');
    const label = flags['--image-label']?.[0] ?? 'deployment';
    const there = app().machines.length || (flags['--ha']?.[0] === 'false' ? 1 : 2);
    app().machines = Array.from({ length: there }, (_, at) => machine(label, at));
    app().staged = [];
    break;
  }
  case 'scale count': {
    if (!flags['--yes']) ask('Scale app?');
    const label = app().machines[0]?.image_ref.tag;
    app().machines = Array.from({ length: Number(values[0]) }, (_, at) => machine(label, at));
    break;
  }
  case 'status': console.log('App'); break;
}
writeFileSync(path, JSON.stringify(state));
