import assert from 'node:assert/strict';
import test from 'node:test';
import { isSameConversation, tokenOfLink, tokenToKeep } from '../lib/private-link';

const TOKEN = 'A1b2-C3d4_'.repeat(6) + 'wxyz';

test('The token of a private link stands behind the #', () => {
  assert.equal(tokenOfLink(`#token=${TOKEN}`), TOKEN);
});

test('What is no token opens nothing', () => {
  for (const fragment of ['', '#', '#token=', '#token=short', `#token=${TOKEN}&more`, `#other=${TOKEN}`, `#token=${TOKEN}<script>`, `#token=${'a'.repeat(500)}`]) {
    assert.equal(tokenOfLink(fragment), null, fragment);
  }
});

test('Tokens of one conversation are known by what they name, whatever kind they are', () => {
  const [named, other] = ['A1b2-C3d4_A1b2-C3d4_X', 'A1b2-C3d4_A1b2-C3d4_Y'];
  const begun = `${named}Qbegun`;
  const mailed = `${named}Qmailed-for-a-week`;

  assert.ok(isSameConversation(begun, mailed));
  assert.ok(!isSameConversation(begun, `${other}Qbegun`));
});

test('A link takes the place of what opens no more than it does', () => {
  const kinds = { begun: 64, typed: 70, proved: 75, link: 80 };
  const kept = (known: keyof typeof kinds, linked: keyof typeof kinds) =>
    tokenToKeep('k'.repeat(kinds[known]), 'l'.repeat(kinds[linked]))[0] === 'k' ? 'known' : 'linked';

  assert.deepEqual([kept('begun', 'typed'), kept('typed', 'typed'), kept('proved', 'typed'), kept('link', 'typed')], ['known', 'linked', 'known', 'known']);
  assert.deepEqual([kept('begun', 'link'), kept('typed', 'link'), kept('proved', 'link'), kept('link', 'link')], ['linked', 'linked', 'known', 'linked']);
});
