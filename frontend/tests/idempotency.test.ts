import assert from 'node:assert/strict';
import test from 'node:test';
import { attemptFor, newUuid } from '../lib/idempotency';

test('A retry of the same body keeps its key, a changed body gets a new one', () => {
  let minted = 0;
  const mint = () => `key-${++minted}`;
  const first = attemptFor(undefined, { message: 'a' }, mint);
  assert.equal(attemptFor(first, { message: 'a' }, mint).key, 'key-1');
  assert.equal(attemptFor(first, { message: 'b' }, mint).key, 'key-2');
});

test('Keys are version 4 UUIDs, also where the page is not in a secure context', (t) => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newUuid(), shape);
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
  t.after(() => Reflect.deleteProperty(crypto, 'randomUUID')); // The prototype's own shows again.
  assert.match(newUuid(), shape);
});
