import assert from 'node:assert/strict';
import test from 'node:test';
import { MESSAGE_MAX, placeServerErrors, validateField, validateRequest } from '../lib/validation';

const good = {
  name: 'Bo',
  email: 'bo@example.com',
  subject: 'Login',
  category: 'technical',
  priority: 'low',
  message: 'I cannot log in.',
};

test('A request at its limits is accepted', () => {
  assert.deepEqual(validateRequest(good), {});
  assert.deepEqual(validateRequest({ ...good, message: 'x'.repeat(10) }), {});
  assert.deepEqual(validateRequest({ ...good, message: 'x'.repeat(MESSAGE_MAX) }), {});
});

test('Every bad field is named at once', () => {
  const errors = validateRequest({
    name: ' B ',
    email: 'bo@nowhere',
    subject: 'Hey ',
    category: 'sales',
    priority: '',
    message: ' too short   ',
  });
  assert.deepEqual(Object.keys(errors), ['name', 'email', 'subject', 'category', 'priority', 'message']);
});

test('A long message is told by how much it is too long', () => {
  assert.match(validateField('message', 'x'.repeat(MESSAGE_MAX + 1200)) ?? '', /1,200 characters/);
});

test('An inherited property is no category', () => {
  assert.notEqual(validateField('category', 'toString'), undefined);
});

test("The server's sentences go to their fields and the rest is kept", () => {
  assert.deepEqual(
    placeServerErrors({ Email: ['Not an address.', 'Too long.'], colour: ['Unknown field.'] }),
    { fields: { email: 'Not an address. Too long.' }, others: ['Unknown field.'] },
  );
});
