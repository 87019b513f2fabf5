import assert from 'node:assert/strict';
import test from 'node:test';
import { emptyView, reduceConversation } from '../lib/conversation-view';
import { GOES_ON_ELSEWHERE, outcomeSentence, readAddress, readCode } from '../lib/link-address';
import type { ConversationState, Message } from '../lib/types';

const state: ConversationState = { version: 7, held_by: 'assistant', working: false, last_sequence: 1 };

const message = (sequence: number, id: string, channel = 'web'): Message => ({
  sequence,
  id,
  author: 'customer',
  kind: 'text',
  at: '2025-01-01T00:00:00Z',
  text: id,
  channel,
});

test('An address is told from a number by what it looks like', () => {
  assert.deepEqual(readAddress(' Ana@Example.com '), { kind: 'email', value: 'Ana@Example.com' });
  assert.deepEqual(readAddress('+49 (30) 12-34.56'), { kind: 'phone', value: '+49 (30) 12-34.56' });
});

test('A number without its country code is asked for it', () => {
  assert.match(String(readAddress('030 123456')), /country code/);
  assert.match(String(readAddress('ana')), /email address/);
  assert.match(String(readAddress('+49 30 call me')), /email address/);
});

test('A code is six digits, however they were copied', () => {
  assert.equal(readCode(' 123 456 '), '123456');
  assert.equal(readCode('123-456'), '123456');
  for (const wrong of ['12345', '1234567', '12345a', '']) assert.equal(readCode(wrong), undefined);
});

test('Every outcome has its words', () => {
  for (const outcome of ['proved', 'merged', 'needs_person', 'wrong', 'other_address'] as const) {
    assert.notEqual(outcomeSentence(outcome, 'ana@example.com'), '');
  }
});

test('A conversation that has moved is shown from its beginning, and what was not sent yet is kept', () => {
  let view = reduceConversation(emptyView('customer'), {
    type: 'snapshot',
    fresh: false,
    snapshot: { state, messages: [message(1, 'old 1'), message(2, 'old 2')] },
  });
  view = reduceConversation(view, {
    type: 'send',
    pending: { key: 'k', text: 'on its way', at: '', delivery: 'sending', afterSequence: 2 },
  });

  view = reduceConversation(view, { type: 'moved' });
  assert.deepEqual([view.messages, view.state, view.pending.length], [[], undefined, 1]);

  view = reduceConversation(view, {
    type: 'snapshot',
    fresh: false,
    snapshot: { state: { ...state, version: 3 }, messages: [message(1, 'new 1')], earlier: [message(1, 'old 1', 'email')] },
  });
  assert.deepEqual(view.messages.map((m) => m.id), ['new 1']);
  assert.deepEqual(view.earlier.map((m) => m.id), ['old 1']);
});

test('What is live changes nothing of what was said earlier elsewhere', () => {
  const view = reduceConversation(emptyView('customer'), {
    type: 'snapshot',
    fresh: false,
    snapshot: { state, messages: [], earlier: [message(1, 'old 1', 'email')] },
  });
  const after = reduceConversation(view, { type: 'message', message: message(1, 'new 1') });
  assert.deepEqual([after.earlier.map((m) => m.id), after.messages.map((m) => m.id)], [['old 1'], ['new 1']]);
});

test('Whoever may not follow a conversation is told the two ways to go on', () => {
  assert.match(GOES_ON_ELSEWHERE, /Confirm your address/);
  assert.match(GOES_ON_ELSEWHERE, /begin a new one/);
});

test('That a conversation goes on elsewhere is taken back when it does not any more', () => {
  const told = reduceConversation(emptyView('customer'), {
    type: 'snapshot',
    fresh: false,
    snapshot: { state: { ...state, goes_on_elsewhere: true }, messages: [message(1, 'own 1')] },
  });
  assert.equal(told.state?.goes_on_elsewhere, true);

  const again = reduceConversation(reduceConversation(told, { type: 'moved' }), {
    type: 'snapshot',
    fresh: false,
    snapshot: { state: { ...state, version: 9 }, messages: [message(1, 'own 1'), message(2, 'own 2')] },
  });
  assert.deepEqual([again.state?.goes_on_elsewhere, again.messages.length], [undefined, 2]);
});
