import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiProblem, call, Unreachable, waitBeforeSecondTry } from '../lib/api';

const unavailable = (seconds?: number) => new ApiProblem(503, 'later', {}, seconds);

test('A call that got no answer is made again where that changes nothing', () => {
  for (const options of [{}, { method: 'PUT' as const }, { method: 'POST' as const, idempotencyKey: 'k' }]) {
    assert.ok((waitBeforeSecondTry(new Unreachable(), options) ?? 0) > 0);
  }
});

test('A post without a key is never made twice', () => {
  assert.equal(waitBeforeSecondTry(new Unreachable(), { method: 'POST' }), undefined);
  assert.equal(waitBeforeSecondTry(unavailable(1), { method: 'POST' }), undefined);
});

test('A silo that cannot store is asked again after the time it names, if that is short', () => {
  assert.equal(waitBeforeSecondTry(unavailable(2), {}), 2_000);
  assert.ok((waitBeforeSecondTry(unavailable(), {}) ?? 0) > 0);
  assert.equal(waitBeforeSecondTry(unavailable(60), {}), undefined);
});

test('A refusal is final', () => {
  for (const status of [400, 401, 404, 409, 422, 429, 500]) {
    assert.equal(waitBeforeSecondTry(new ApiProblem(status, 'no'), {}), undefined);
  }
});

test('Whoever gave up is not called for again', () => {
  const gone = AbortSignal.abort();
  assert.equal(waitBeforeSecondTry(new Unreachable(), { signal: gone }), undefined);
});

test('The second try bears the same key and its answer counts', async (context) => {
  const keys: unknown[] = [];
  context.mock.method(globalThis, 'fetch', async (_path: string, init: { headers: Record<string, string> }) => {
    keys.push(init.headers['Idempotency-Key']);
    if (keys.length === 1) throw new TypeError('cut');
    return new Response('{"ok":true}', { status: 201 });
  });

  assert.deepEqual(await call('/x', { method: 'POST', idempotencyKey: 'same' }), { ok: true });
  assert.deepEqual(keys, ['same', 'same']);
});

test('Two tries are all', async (context) => {
  const fetched = context.mock.method(globalThis, 'fetch', async () => {
    throw new TypeError('cut');
  });

  await assert.rejects(call('/x'), Unreachable);
  assert.equal(fetched.mock.callCount(), 2);
});
