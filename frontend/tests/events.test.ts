import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { type Connection, openEventStream } from '../lib/events';

type Handler = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

/** A real server on a free port: what the reader must survive happens on real connections. */
async function serve(t: TestContext, handler: Handler): Promise<string> {
  let attempt = 0;
  const server = createServer((request, response) => handler(request, response, ++attempt));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function open(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write(text);
}

const FAST = { firstDelayMs: 1, longestDelayMs: 1 };

test('After a cut the stream resumes behind the last event that was read', { timeout: 10_000 }, async (t) => {
  const resumedFrom: unknown[] = [];
  const url = await serve(t, (request, response, attempt) => {
    resumedFrom.push(request.headers['last-event-id']);
    assert.equal(request.headers.authorization, 'Bearer token');
    if (attempt === 1) {
      open(response, 'id: 6\ndata: first\n\n');
      response.end();
    } else {
      open(response, 'id: 7\ndata: second\n\n');
    }
  });

  const opens: boolean[] = [];
  const read = await new Promise<string[]>((resolve) => {
    const data: string[] = [];
    const close = openEventStream({
      url,
      headers: { Authorization: 'Bearer token' },
      lastEventId: '5',
      backoff: FAST,
      onConnection: () => {},
      onOpen: (again) => opens.push(again),
      onEvent: (event) => {
        data.push(event.data);
        if (data.length === 2) resolve(data);
      },
    });
    t.after(close);
  });

  assert.deepEqual(read, ['first', 'second']);
  assert.deepEqual(resumedFrom, ['5', '6']);
  assert.deepEqual(opens, [false, true]);
});

test('A silent line is given up and opened again', { timeout: 10_000 }, async (t) => {
  const url = await serve(t, (_request, response, attempt) => {
    open(response, attempt === 1 ? ': then nothing more\n' : 'data: alive\n\n');
  });

  const data = await new Promise<string>((resolve) => {
    const close = openEventStream({
      url,
      backoff: FAST,
      silenceLimitMs: 50,
      onConnection: () => {},
      onEvent: (event) => resolve(event.data),
    });
    t.after(close);
  });
  assert.equal(data, 'alive');
});

test('An error of the server is tried again, a refusal is final', { timeout: 10_000 }, async (t) => {
  const statuses = [503, 500, 401];
  let requests = 0;
  const url = await serve(t, (_request, response, attempt) => {
    requests = attempt;
    response.writeHead(statuses[attempt - 1] ?? 500).end();
  });

  const seen: Connection[] = [];
  await new Promise<void>((resolve) => {
    const close = openEventStream({
      url,
      backoff: FAST,
      onEvent: () => {},
      onConnection: (connection) => {
        seen.push(connection);
        if (connection === 'refused') resolve();
      },
    });
    t.after(close);
  });
  assert.equal(requests, 3);
  assert.deepEqual(seen, ['connecting', 'reconnecting', 'reconnecting', 'refused']);
});
