import assert from 'node:assert/strict';
import test from 'node:test';
import { delayAfter } from '../lib/backoff';

const backoff = { firstDelayMs: 500, longestDelayMs: 15_000 };

test('The pause doubles with each failure and stops growing at the cap', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => delayAfter(failures, backoff, () => 1));
  assert.deepEqual(longest, [500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
});

test('The pause is spread over its upper half', () => {
  assert.equal(delayAfter(1, backoff, () => 0), 250);
  assert.equal(delayAfter(1, backoff, () => 0.5), 375);
});
