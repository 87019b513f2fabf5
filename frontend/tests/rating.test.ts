import assert from 'node:assert/strict';
import test from 'node:test';
import { emptyView, reduceConversation } from '../lib/conversation-view';
import { canBeRated, ratingThanks } from '../lib/rating';
import type { Message } from '../lib/types';

const message = (id: string, change: Partial<Message> = {}): Message => ({
  sequence: 1,
  id,
  author: 'assistant',
  kind: 'text',
  at: '2026-03-03T09:00:00Z',
  text: 'Open the menu.',
  channel: 'web',
  ...change,
});

test('Only what the assistant said can be rated', () => {
  assert.equal(canBeRated(message('a')), true);
  assert.equal(canBeRated(message('a', { kind: 'notice' })), false);
  assert.equal(canBeRated(message('a', { notice: 'escalated' })), false);
  assert.equal(canBeRated(message('a', { author: 'operator' })), false);
  assert.equal(canBeRated(message('a', { author: 'customer' })), false);
});

test('What was said of an answer is shown with it, also where it was said before elsewhere', () => {
  const view = { ...emptyView('customer'), earlier: [message('old')], messages: [message('a'), message('b', { sequence: 2 })] };

  const rated = reduceConversation(reduceConversation(view, { type: 'rated', id: 'b', helpful: true }), { type: 'rated', id: 'old', helpful: false });
  const again = reduceConversation(rated, { type: 'rated', id: 'b', helpful: false });

  assert.deepEqual(rated.messages.map(({ helpful }) => helpful), [undefined, true]);
  assert.deepEqual(rated.earlier.map(({ helpful }) => helpful), [false]);
  assert.equal(again.messages[1]?.helpful, false);
});

test('Whoever was not helped is told how to go on', () => {
  assert.equal(ratingThanks(undefined), undefined);
  assert.equal(ratingThanks(null), undefined);
  assert.equal(ratingThanks(true), 'Thank you.');
  assert.match(ratingThanks(false) ?? '', /talk to a person/);
});
