import assert from 'node:assert/strict';
import test from 'node:test';
import { lastSequence, mergeMessages, newerState, type PendingMessage, withoutArrived } from '../lib/transcript';
import type { ConversationState, Message } from '../lib/types';

function message(sequence: number, change: Partial<Message> = {}): Message {
  return {
    sequence,
    id: `m${sequence}`,
    author: 'customer',
    kind: 'text',
    at: '2025-01-01T00:00:00Z',
    text: `text ${sequence}`,
    channel: 'web',
    ...change,
  };
}

function pending(change: Partial<PendingMessage> = {}): PendingMessage {
  return { key: 'k', text: 'hello', at: '2025-01-01T00:00:00Z', delivery: 'sending', afterSequence: 3, ...change };
}

test('Late, repeated and shuffled messages end in one ordered transcript', () => {
  const merged = mergeMessages([message(1), message(4)], [message(3), message(4), message(2), message(3)]);
  assert.deepEqual(merged.map((each) => each.sequence), [1, 2, 3, 4]);
});

test('A repeated message takes the newer text', () => {
  assert.equal(mergeMessages([message(1)], [message(1, { text: 'mended' })])[0]?.text, 'mended');
});

test('Nothing new keeps the same list, so that nothing is painted again', () => {
  const known = [message(1)];
  assert.equal(mergeMessages(known, []), known);
});

test('An accepted message leaves the pending ones by its id', () => {
  const waiting = pending({ messageId: 'm9', delivery: 'sent' });
  assert.deepEqual(withoutArrived([waiting], [message(9, { text: 'normalised' })], 'customer'), []);
});

test('A live stream faster than the answer to the POST shows the message once', () => {
  assert.deepEqual(withoutArrived([pending()], [message(4, { text: 'hello' })], 'customer'), []);
});

test('A failed send whose message was stored after all is not offered for retry', () => {
  assert.deepEqual(
    withoutArrived([pending({ delivery: 'failed' })], [message(4, { text: 'hello' })], 'customer'),
    [],
  );
});

test('The same words said earlier, or by another, are not mistaken for the new message', () => {
  const earlier = message(2, { text: 'hello' });
  const assistant = message(5, { text: 'hello', author: 'assistant' });
  assert.equal(withoutArrived([pending()], [earlier, assistant], 'customer').length, 1);
});

test('The same words sent twice need two arrivals', () => {
  const twice = [pending({ key: 'a' }), pending({ key: 'b' })];
  const left = withoutArrived(twice, [message(4, { text: 'hello' })], 'customer');
  assert.deepEqual(left.map((each) => each.key), ['b']);
});

test('An older state never replaces a newer one', () => {
  const state = (version: number): ConversationState => ({
    version,
    held_by: 'assistant',
    working: false,
    last_sequence: 0,
  });
  assert.equal(newerState(state(5), state(4)).version, 5);
  assert.equal(newerState(state(5), state(6)).version, 6);
  assert.equal(newerState(undefined, state(1)).version, 1);
});

test('An empty transcript starts before the first sequence', () => {
  assert.equal(lastSequence([]), 0);
  assert.equal(lastSequence([message(3), message(8)]), 8);
});
