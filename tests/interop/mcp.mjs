// What tests/interop/mcp.sh runs: the inspector's command line lists and calls the five tools, and each result is checked. Prints one line for
// each era of the protocol.
//   node tests/interop/mcp.mjs PACKAGES    with MCP_URL, MCP_KEY and MCP_CUSTOMER, or with MCP_PROGRAM, a silo's program to start
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const inspector = join(process.argv[2], '@modelcontextprotocol', 'inspector', 'clients', 'launcher', 'build', 'index.js');
const folder = mkdtempSync(join(tmpdir(), 'fte-mcp-'));
const patience = 60_000;

// How the inspector ends: its README, "Exit codes".
const toolError = 5;
const authRequired = 3;

const tools = ['search_knowledge_base', 'get_customer_history', 'create_ticket', 'escalate_to_human', 'send_response'];

/** One command of the inspector: {code, out}. It keeps its own files where nobody's are. */
function inspect(url, headers, era, ...args) {
  const line = [inspector, '--cli', url, '--transport', 'http', '--protocol-era', era, '--stored-auth-only', '--format', 'json', '--quiet',
    ...headers.flatMap((header) => ['--header', header]), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, line, { env: { ...process.env, HOME: folder, CI: '1' }, timeout: patience, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, out: stdout, err: stderr }));
  });
}

/** A silo of our own, with an operator, and a customer who has asked something. */
async function start(program) {
  const key = `fte_op_${randomBytes(32).toString('base64url')}`;
  const silo = spawn('dotnet', [program, 'run'], {
    cwd: folder, stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FTE_DATA: join(folder, 'data'), FTE_URL: 'http://127.0.0.1:0', METRICS_PORT: '0', OPERATOR_KEY: key, LOG_FORMAT: 'text' },
  });
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: silo.stdout }).on('line', (text) => {
      const ready = /fte: ready at (\S+)/.exec(text);
      if (ready) resolve(ready[1]);
    });
    silo.on('exit', (code) => reject(new Error(`The silo ended with ${code}.`)));
  });
  const email = `${randomUUID()}@example.com`;
  const form = { name: 'Mira', email, subject: 'A question', category: 'technical', priority: 'medium', message: 'How do I make a backup of the data?' };
  const submitted = await fetch(`${address}/support/submit`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(form) });
  assert.equal(submitted.status, 201);
  const found = await (await fetch(`${address}/api/customers?query=${email}`, { headers: { Authorization: `Bearer ${key}` } })).json();
  return { url: `${address}/mcp`, key, customer: found.customers[0].id, stop: () => new Promise((resolve) => { silo.removeAllListeners('exit'); silo.on('exit', resolve); silo.kill(); }) };
}

/** Words of a chunk that may stand in an answer: a plain sentence of a few words. */
function sentenceOf(text) {
  return text.replace(/\s+/g, ' ').split(/(?<=[.!?:]) /).find((sentence) => /^[A-Z][A-Za-z ,'-]+[.]$/.test(sentence) && sentence.split(' ').length >= 6 && sentence.split(' ').length <= 40);
}

async function check({ url, key, customer }, era) {
  const headers = [`Authorization: Bearer ${key}`, `Fte-Customer: ${customer}`];
  const result = async (...args) => {
    const { code, out, err } = await inspect(url, headers, era, ...args);
    assert.equal(code, 0, `${args.join(' ')}: ${out}${err}`);
    return JSON.parse(out).result;
  };
  const call = async (name, args) => {
    const answer = await result('--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(args));
    assert.deepEqual(JSON.parse(answer.content[0].text), answer.structuredContent);
    return answer.structuredContent;
  };

  // --strict: the inspector's own rules for schemas that every client and model can use.
  const listed = await result('--method', 'tools/list', '--strict');
  assert.deepEqual(listed.tools.map((tool) => tool.name), tools);

  // As somebody types it, and as a program writes it.
  const typed = await result('--method', 'tools/call', '--tool-name', 'search_knowledge_base', '--tool-arg', 'query=How do I make a backup?', '--tool-arg', 'max_results=10');
  assert.ok(typed.structuredContent.results.length > 0);
  const hit = typed.structuredContent.results.find((one) => sentenceOf(one.text));
  assert.ok(hit, 'No chunk has a plain sentence.');
  const sentence = sentenceOf(hit.text);

  const history = await call('get_customer_history', { limit: 5 });
  assert.equal(history.messages[0].author, 'customer');

  const request = randomUUID();
  const ticket = { subject: `A further matter (${era})`, category: 'general', priority: 'low', request_id: request };
  const opened = await call('create_ticket', ticket);
  assert.match(opened.ticket_id, /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.equal((await call('create_ticket', ticket)).ticket_id, opened.ticket_id);

  const called = await call('escalate_to_human', { reason: 'person_requested', urgency: 'normal', note: 'Please look.' });
  assert.ok(['waiting', 'operator'].includes(called.state.held_by));

  const sent = await call('send_response', { message: sentence, quotes: [{ chunk_id: hit.chunk_id, quote: sentence }] });
  assert.equal(sent.state.held_by, 'operator');

  const resources = await result('--method', 'resources/list');
  assert.ok(resources.resources.some((resource) => resource.uri === 'fte://customer/tickets'));
  const tickets = JSON.parse((await result('--method', 'resources/read', '--uri', 'fte://customer/tickets')).contents[0].text);
  assert.ok(tickets.some((one) => one.id === opened.ticket_id));
  const document = await result('--method', 'resources/read', '--uri', hit.document);
  assert.ok(document.contents[0].text.length > 0);

  const refused = await inspect(url, headers, era, '--method', 'tools/call', '--tool-name', 'send_response', '--tool-args-json', '{"message":"We will refund your last payment today."}');
  assert.equal(refused.code, toolError, refused.out + refused.err);
  assert.match(JSON.parse(refused.out).result.content[0].text, /^Nothing was done/);
  const keyless = await inspect(url, headers.slice(1), era, '--method', 'tools/list');
  assert.equal(keyless.code, authRequired, keyless.out + keyless.err);

  process.stdout.write(`${era}: ${listed.tools.length} tools listed and called\n`);
}

let silo;
try {
  const { MCP_URL: url, MCP_KEY: key, MCP_CUSTOMER: customer, MCP_PROGRAM: program } = process.env;
  silo = url ? { url, key, customer } : await start(program);
  for (const era of ['legacy', 'modern']) await check(silo, era);
} finally {
  await silo?.stop?.();
  rmSync(folder, { recursive: true, force: true });
}
