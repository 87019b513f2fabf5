import assert from 'node:assert/strict';
import test from 'node:test';
import { markOf, seenThrough } from '../lib/seen';
import type { Message } from '../lib/types';

function message(sequence: number, author: Message['author'], ticket_id = 'one'): Message {
  return { sequence, id: `m${sequence}`, author, kind: 'text', at: '2025-01-01T00:00:00Z', text: 'words', channel: 'web', ticket_id };
}

test('A page that shows everything has shown everything', () => {
  assert.equal(seenThrough([]), 0);
  assert.equal(seenThrough([message(1, 'customer'), message(2, 'assistant'), message(4, 'operator')]), 4);
});

test('An answer that a page leaves out stays unseen, with all that comes after it', () => {
  const said = [message(1, 'customer'), message(2, 'assistant'), message(3, 'assistant', 'two'), message(4, 'assistant')];
  assert.equal(seenThrough(said, (each) => each.ticket_id === 'one'), 2);
});

test('What the customer wrote needs no showing', () => {
  const said = [message(1, 'customer', 'two'), message(2, 'assistant')];
  assert.equal(seenThrough(said, (each) => each.ticket_id === 'one'), 2);
});

test('Where places count is told by what follows the dot', () => {
  assert.deepEqual([markOf('12.0a1b2c3d'), markOf('12'), markOf(undefined), markOf(null)], ['0a1b2c3d', '', '', '']);
});
