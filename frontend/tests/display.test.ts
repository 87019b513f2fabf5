import assert from 'node:assert/strict';
import test from 'node:test';
import { isTicketId, safeHref, ticketPage } from '../lib/links';
import { formatSize } from '../lib/file-size';
import { replayDuration, visibleLength } from '../lib/replay';
import { formatDate, formatDuration } from '../lib/time';
import { channelName, deliveryError, deliveryName, humanize, sentimentName } from '../lib/words';

test('A replay shows whole words only, and all of them in the end', () => {
  const text = 'مرحبا  بك\nfriend';
  for (let share = 0; share <= 1; share += 0.01) {
    const visible = text.slice(0, visibleLength(text, share));
    assert.ok(['', 'مرحبا', 'مرحبا  بك', text].includes(visible), `"${visible}" at ${share}`);
  }
  assert.equal(visibleLength(text, 1), text.length);
  assert.equal(visibleLength('', 0.5), 0);
});

test('A long answer is not replayed longer than a bound', () => {
  assert.equal(replayDuration('word '.repeat(5000)), replayDuration('word '.repeat(500)));
});

test('Only ordinary web addresses become links', () => {
  assert.equal(safeHref('https://example.com/a'), 'https://example.com/a');
  assert.equal(safeHref('/docs/a'), '/docs/a');
  for (const address of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '//evil.example', '', null]) {
    assert.equal(safeHref(address), undefined);
  }
});

test('A ticket id is a ULID', () => {
  assert.ok(isTicketId('01JZ8R4W6T9VQ2X5Y7B3C0D1EF'));
  assert.ok(!isTicketId('01JZ8R4W6T9VQ2X5Y7B3C0D1E'));
  assert.ok(!isTicketId('01JZ8R4W6T9VQ2X5Y7B3C0D1IL'));
  assert.equal(ticketPage('a&b'), '/ticket/?id=a%26b');
});

test('Waiting times read as people say them', () => {
  assert.equal(formatDuration(59_000), 'just now');
  assert.equal(formatDuration(4 * 60_000), '4 min');
  assert.equal(formatDuration(2 * 3_600_000), '2 h');
  assert.equal(formatDuration(130 * 60_000), '2 h 10 min');
  assert.equal(formatDuration(75 * 3_600_000), '3 d');
});

test('A date without a time stays on its day in every time zone', () => {
  assert.match(formatDate('2025-03-01'), /2025/);
  assert.match(formatDate('2025-03-01'), /\b1\b/);
  assert.equal(formatDate('spring 2025'), 'spring 2025');
});

test('Reasons are shown as words and sentiment as a name', () => {
  assert.equal(humanize('refund_request'), 'Refund request');
  assert.deepEqual([0.29, 0.3, 0.65].map(sentimentName), ['upset', 'neutral', 'pleased']);
});

test('Channels and deliveries are shown as people call them', () => {
  assert.deepEqual(['web', 'email', 'whatsapp', 'fax_line'].map(channelName), ['Web', 'Email', 'WhatsApp', 'Fax line']);
  assert.equal(deliveryName('failed'), 'Not delivered');
  assert.equal(deliveryError('outside_window'), 'the customer wrote too long ago for WhatsApp');
  assert.equal(deliveryError('the number is not on WhatsApp (Twilio 63003)'), 'the number is not on WhatsApp (Twilio 63003)');
});

test('Sizes read as people say them', () => {
  assert.deepEqual([0, Number.NaN, 999, 1_536, 1_536_000, 10_485_760].map(formatSize), [undefined, undefined, '999 B', '1.5 kB', '1.5 MB', '10 MB']);
});
