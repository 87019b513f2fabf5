import assert from 'node:assert/strict';
import test from 'node:test';
import { type ConversationAction, emptyView, reduceConversation } from '../lib/conversation-view';
import type { ConversationState, Message } from '../lib/types';

const state = (version: number, change: Partial<ConversationState> = {}): ConversationState => ({
  version,
  held_by: 'assistant',
  working: false,
  last_sequence: 0,
  ...change,
});

const message = (sequence: number, author: Message['author'], text = 'hello'): Message => ({
  sequence,
  id: `m${sequence}`,
  author,
  kind: 'text',
  at: '2025-01-01T00:00:00Z',
  text,
  channel: 'web',
});

const after = (...actions: ConversationAction[]) =>
  actions.reduce(reduceConversation, emptyView('customer'));

test('Messages of the first snapshot are history; later ones are live', () => {
  const view = after({ type: 'snapshot', fresh: false, snapshot: { state: state(1), messages: [message(1, 'customer'), message(2, 'assistant')] } });
  assert.equal(view.liveAfter, 2);
});

test('In a conversation begun a moment ago even the first answer is live', () => {
  const view = after({ type: 'snapshot', fresh: true, snapshot: { state: state(1), messages: [message(1, 'customer'), message(2, 'assistant')] } });
  assert.equal(view.liveAfter, 0);
});

test('A later snapshot moves nothing from live to history', () => {
  const view = after(
    { type: 'snapshot', fresh: false, snapshot: { state: state(1), messages: [message(1, 'customer')] } },
    { type: 'snapshot', fresh: false, snapshot: { state: state(2), messages: [message(1, 'customer'), message(2, 'assistant')] } },
  );
  assert.equal(view.liveAfter, 1);
  assert.equal(view.messages.length, 2);
});

test('What the assistant is doing is shown until there is an answer', () => {
  const working = after(
    { type: 'state', state: state(1, { working: true }) },
    { type: 'status', text: 'reading 3 sources' },
  );
  assert.equal(working.status, 'reading 3 sources');
  assert.equal(reduceConversation(working, { type: 'message', message: message(2, 'assistant') }).status, undefined);
  assert.equal(reduceConversation(working, { type: 'state', state: state(2) }).status, undefined);
  assert.equal(
    reduceConversation(working, { type: 'message', message: message(2, 'customer') }).status,
    'reading 3 sources',
  );
});

test('A late state is ignored', () => {
  const view = after(
    { type: 'state', state: state(4, { held_by: 'operator', operator: 'Ana' }) },
    { type: 'state', state: state(3, { held_by: 'waiting' }) },
  );
  assert.equal(view.state?.held_by, 'operator');
});

test('A message is sent, fails, is tried again under its key, and arrives once', () => {
  const pending = { key: 'k', text: 'hello', at: '', delivery: 'sending' as const, afterSequence: 0 };
  const failed = after({ type: 'send', pending }, { type: 'failed', key: 'k', problem: 'Offline.' });
  assert.deepEqual(failed.pending.map((each) => [each.key, each.delivery, each.problem]), [['k', 'failed', 'Offline.']]);

  const again = reduceConversation(failed, { type: 'sending', key: 'k' });
  assert.equal(again.pending[0]?.delivery, 'sending');

  const sent = reduceConversation(again, { type: 'sent', key: 'k', messageId: 'm3' });
  assert.equal(sent.pending[0]?.delivery, 'sent');

  const arrived = reduceConversation(sent, { type: 'message', message: message(3, 'customer') });
  assert.deepEqual([arrived.pending.length, arrived.messages.length], [0, 1]);
});

test('An answer to the POST that comes after the live message leaves nothing behind', () => {
  const pending = { key: 'k', text: ' hello', at: '', delivery: 'sending' as const, afterSequence: 0 };
  const view = after(
    { type: 'send', pending },
    { type: 'message', message: message(1, 'customer') },
    { type: 'sent', key: 'k', messageId: 'm1' },
  );
  assert.equal(view.pending.length, 0);
});

test('What becomes of a message is shown on it, and news of one that is not here changes nothing', () => {
  const sent = { channel: 'whatsapp', status: 'sent', at: '2025-01-01T00:00:01Z', parts: 1 } as const;
  const view = after(
    { type: 'snapshot', fresh: false, snapshot: { state: state(1), messages: [message(1, 'customer'), message(2, 'assistant')] } },
    { type: 'deliveries', news: { messages: [{ id: 'm2', deliveries: [sent] }, { id: 'm9', deliveries: [sent] }] } },
    { type: 'deliveries', news: { messages: [{ id: 'm2', deliveries: [{ ...sent, status: 'read' }] }] } },
  );
  assert.deepEqual(view.messages.map((shown) => shown.deliveries?.map((delivery) => delivery.status)), [undefined, ['read']]);
});
