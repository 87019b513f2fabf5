import assert from 'node:assert/strict';
import test from 'node:test';
import { customerName, foundSentence, identifierKind, identifiersOf } from '../lib/customer';

const ID = '0198c7d2a1b47e0f9c3d5e6f708192a3';

test('A customer is called by name, else by email, else by phone', () => {
  const known = { id: ID, name: 'Mira Okafor', email: 'mira@example.com', phone: '+4915112345678' };
  assert.equal(customerName(known), 'Mira Okafor');
  assert.equal(customerName({ ...known, name: '' }), 'mira@example.com');
  assert.equal(customerName({ ...known, name: '', email: null }), '+4915112345678');
});

test('Two visitors of whom nothing is known are told apart', () => {
  assert.equal(customerName({ id: ID, name: '' }), 'Visitor 8192a3');
});

test('What a customer has proved stands before what they only said', () => {
  const typed = { kind: 'email', value: 'typed@example.com', proved: false };
  const mail = { kind: 'email', value: 'mira@example.com', proved: true };
  const phone = { kind: 'phone', value: '+4915112345678', proved: true };
  const customer = { id: ID, identifiers: [typed, mail, phone] };

  assert.deepEqual(identifiersOf(customer), [mail, phone, typed]);
  assert.deepEqual(customer.identifiers, [typed, mail, phone]);
  assert.deepEqual(identifiersOf({ id: ID }), []);
});

test('An address is told by its kind, also one that is new to the page', () => {
  const names = ['email', 'phone', 'external', 'customer_number'].map((kind) => identifierKind({ kind, value: '1', proved: true }));
  assert.deepEqual(names, ['Email', 'Phone', 'Other', 'Customer number']);
});

test('A search says how many it found, and when there may be more', () => {
  assert.equal(foundSentence(0, false), 'Nobody is known by that.');
  assert.equal(foundSentence(1, false), 'One customer is known by that.');
  assert.equal(foundSentence(49, false), '49 customers are known by that.');
  assert.equal(foundSentence(50, true), 'These 50 were seen last. There may be more: use more words.');
});
