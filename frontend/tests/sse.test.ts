import assert from 'node:assert/strict';
import test from 'node:test';
import { createSseParser, type ServerSentEvent } from '../lib/sse';

function parse(...pieces: string[]): { events: ServerSentEvent[]; retries: number[] } {
  const events: ServerSentEvent[] = [];
  const retries: number[] = [];
  const parser = createSseParser({
    onEvent: (event) => events.push(event),
    onRetry: (milliseconds) => retries.push(milliseconds),
  });
  for (const piece of pieces) parser.feed(piece);
  return { events, retries };
}

test('An event carries its type, data and id', () => {
  const { events } = parse('event: message\nid: 7\ndata: {"sequence":7}\n\n');
  assert.deepEqual(events, [{ event: 'message', data: '{"sequence":7}', lastEventId: '7' }]);
});

test('Any cut between two pieces gives the same events', () => {
  const stream = '\uFEFF: hello\r\nevent: state\r\nid: 3\r\ndata: a\r\ndata: b\r\n\r\nretry: 900\rdata:c\r\r\n';
  const whole = parse(stream);
  assert.deepEqual(whole.events, [
    { event: 'state', data: 'a\nb', lastEventId: '3' },
    { event: 'message', data: 'c', lastEventId: '3' },
  ]);
  assert.deepEqual(whole.retries, [900]);
  for (let cut = 1; cut < stream.length; cut++) {
    assert.deepEqual(parse(stream.slice(0, cut), stream.slice(cut)), whole, `cut at ${cut}`);
  }
  assert.deepEqual(parse(...stream), whole);
});

test('An event without an id keeps the last one', () => {
  const { events } = parse('id: 4\ndata: a\n\n', 'event: status\ndata: b\n\n');
  assert.deepEqual(events.map((event) => event.lastEventId), ['4', '4']);
});

test('Heartbeats and events without data are no events', () => {
  assert.deepEqual(parse(': heartbeat\n\n', 'event: state\n\n', 'id: 5\n\n').events, []);
});

test('Only one space after the colon is dropped', () => {
  assert.equal(parse('data:  two\n\n').events[0]?.data, ' two');
  assert.equal(parse('data:none\n\n').events[0]?.data, 'none');
});

test('An unfinished event is not shown', () => {
  assert.deepEqual(parse('data: half\n').events, []);
});

test('A retry that is not a number is ignored', () => {
  assert.deepEqual(parse('retry: soon\n\n').retries, []);
});
