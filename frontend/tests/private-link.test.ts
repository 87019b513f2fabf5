import assert from 'node:assert/strict';
import test from 'node:test';
import { tokenOfLink } from '../lib/private-link';

const TOKEN = 'A1b2-C3d4_'.repeat(6) + 'wxyz';

test('The token of a private link stands behind the #', () => {
  assert.equal(tokenOfLink(`#token=${TOKEN}`), TOKEN);
});

test('What is no token opens nothing', () => {
  for (const fragment of ['', '#', '#token=', '#token=short', `#token=${TOKEN}&more`, `#other=${TOKEN}`, `#token=${TOKEN}<script>`, `#token=${'a'.repeat(500)}`]) {
    assert.equal(tokenOfLink(fragment), null, fragment);
  }
});
