import assert from 'node:assert/strict';
import test from 'node:test';
import { csvAddress } from '../lib/report-api';
import { addDays, countDays, daysOf, isDay, lastDays, periodProblem } from '../lib/report-days';
import { linePath, namedPlaces, PLOT, scaleOf, stackBars } from '../lib/report-plot';
import { byDay, channelSums, reasonSums, summaryOf } from '../lib/report-summary';
import type { ChannelReport, DayReport } from '../lib/report-types';
import { feeling, money, percent, waited } from '../lib/report-words';

const none = { drafts: 0, calls: 0, input_tokens: 0, cached_tokens: 0, output_tokens: 0, cost: 0 };

const day = (name: string, more: Partial<DayReport> = {}): DayReport => ({
  day: name,
  time_zone: 'UTC',
  made_at: `${name}T23:59:59Z`,
  is_whole: true,
  messages: {},
  rated_messages: 0,
  tickets_opened: 0,
  tickets_closed: 0,
  resolved_by_assistant: 0,
  closed_unverified: 0,
  escalations: {},
  first_responses: 0,
  channels: [],
  reasons: [],
  model: { ...none, models: [] },
  feedback: { helpful: 0, not_helpful: 0 },
  ...more,
});

const channel = (name: string, messages: number, more: Partial<ChannelReport> = {}): ChannelReport => ({
  channel: name,
  messages,
  rated_messages: messages,
  tickets_opened: 0,
  tickets_closed: 0,
  resolved_by_assistant: 0,
  closed_unverified: 0,
  escalations: 0,
  first_responses: 0,
  ...more,
});

test('Days are counted by the calendar, over months, leap days and changes of clocks', () => {
  assert.equal(addDays('2028-02-28', 1), '2028-02-29');
  assert.equal(addDays('2026-03-29', 1), '2026-03-30');
  assert.equal(countDays({ from: '2026-10-24', to: '2026-10-26' }), 3);
  assert.deepEqual(daysOf({ from: '2026-12-31', to: '2027-01-01' }), ['2026-12-31', '2027-01-01']);
  assert.deepEqual(lastDays(7, '2026-01-03'), { from: '2025-12-28', to: '2026-01-03' });
});

test('Only what is a day is one', () => {
  assert.ok(isDay('2026-01-31'));
  for (const value of ['', '2026-02-30', '2026-1-1', 'today', '2026-01-31T00:00']) assert.ok(!isDay(value), value);
});

test('A period that the server would refuse is refused on the page with a reason', () => {
  assert.equal(periodProblem({ from: '2026-01-01', to: '2026-01-01' }), undefined);
  assert.equal(periodProblem({ from: '2026-01-01', to: '2026-04-02' }), undefined);
  assert.match(String(periodProblem({ from: '2026-01-01', to: '2026-04-03' })), /92 days/);
  assert.match(String(periodProblem({ from: '2026-01-02', to: '2026-01-01' })), /after/);
  assert.match(String(periodProblem({ from: '', to: '2026-01-01' })), /Choose/);
  assert.equal(csvAddress({ from: '2026-01-01', to: '2026-01-31' }), '/api/reports?from=2026-01-01&to=2026-01-31&format=csv');
});

test('A scale begins at zero and ends at a round number above all values', () => {
  assert.deepEqual(scaleOf([3, 7]).ticks.map((tick) => tick.value), [0, 2, 4, 6, 8]);
  assert.deepEqual(scaleOf([0.4], 1).ticks.map((tick) => tick.value), [0, 0.5, 1]);
  assert.equal(scaleOf([]).top, 1);
  assert.equal(scaleOf([0, 0]).top, 1);
  for (const largest of [0.003, 1, 9, 10, 11, 99, 1_234, 5e6]) {
    const scale = scaleOf([largest]);
    assert.ok(scale.top >= largest && scale.top <= largest * 2.5, `${scale.top} for ${largest}`);
    assert.ok(scale.ticks.length <= 6);
    assert.equal(scale.y(0), PLOT.height - PLOT.bottom);
    assert.ok(scale.y(largest) >= PLOT.top);
  }
});

test('Bars of a day stand on each other without a gap and stay inside', () => {
  const scale = scaleOf([6, 0, 4]);
  const bars = stackBars([[1, 5], [0, 0], [4, 0]], scale);
  assert.deepEqual(bars.map(({ place, series }) => [place, series]), [[0, 0], [0, 1], [2, 0]]);
  const [low, high] = bars;
  assert.ok(low && high);
  assert.equal(low.y + low.height, PLOT.height - PLOT.bottom);
  assert.ok(Math.abs(high.y + high.height - low.y) < 1e-9);
  for (const bar of bars) assert.ok(bar.x >= PLOT.left && bar.x + bar.width <= PLOT.width - PLOT.right && bar.y >= PLOT.top);
});

test('A line is broken where nothing is known', () => {
  const scale = scaleOf([1]);
  const path = linePath([1, 0.5, undefined, 1, undefined, undefined], scale);
  assert.equal(path.match(/M/g)?.length, 2);
  assert.equal(path.match(/L/g)?.length, 1);
  assert.match(path, /h3$/);
  assert.equal(linePath([undefined], scale), '');
});

test('The last day is always named, and few enough others', () => {
  for (const places of [0, 1, 2, 8, 9, 30, 92]) {
    const named = namedPlaces(places);
    assert.ok(named.length <= 8);
    assert.equal(named.at(-1), places === 0 ? undefined : places - 1);
    assert.ok(named.every((place) => place >= 0));
  }
});

test('Several days come to sums, and shares to means by what they are shares of', () => {
  const summary = summaryOf([
    day('2026-01-01', { messages: { web: 3, email: 1 }, rated_messages: 4, mean_sentiment: 0.5, first_responses: 1, first_response_in_time_share: 0, escalations: { legal: 2 }, feedback: { helpful: 3, not_helpful: 1 } }),
    day('2026-01-02', { messages: { web: 16 }, rated_messages: 12, mean_sentiment: 0.9, first_responses: 3, first_response_in_time_share: 1, model: { ...none, cost: 0.25, models: [] } }),
    day('2026-01-03'),
  ]);
  assert.deepEqual([summary.messages, summary.escalations, summary.cost, summary.helpful, summary.notHelpful], [20, 2, 0.25, 3, 1]);
  assert.equal(summary.inTime, 0.75);
  assert.ok(Math.abs((summary.sentiment ?? 0) - 0.8) < 1e-9);
  assert.equal(summaryOf([day('2026-01-01')]).inTime, undefined);
});

test('Channels and reasons of several days are put together, the largest first', () => {
  const reports = [
    day('2026-01-01', {
      channels: [channel('web', 2, { tickets_opened: 1, rated_messages: 1, mean_sentiment: 1 }), channel('whatsapp', 5)],
      reasons: [{ reason: 'legal', escalations: 1, channels: { web: 1 }, messages: 9, rated_messages: 1, mean_sentiment: 0.2, tickets_closed: 0, closed_verified: 0 }],
    }),
    day('2026-01-02', {
      channels: [channel('web', 9, { tickets_opened: 2, rated_messages: 3, mean_sentiment: 0.2 })],
      reasons: [
        { reason: 'legal', escalations: 1, channels: { email: 1 }, messages: 3, rated_messages: 3, mean_sentiment: 0.6, tickets_closed: 2, closed_verified: 1 },
        { reason: 'security', escalations: 5, channels: { web: 5 }, messages: 0, rated_messages: 0, tickets_closed: 0, closed_verified: 0 },
      ],
    }),
  ];
  assert.deepEqual(channelSums(reports).map((row) => [row.channel, row.messages, row.ticketsOpened]), [['web', 11, 3], ['whatsapp', 5, 0]]);
  assert.ok(Math.abs((channelSums(reports)[0]?.sentiment ?? 0) - 0.4) < 1e-9);
  const [security, legal] = reasonSums(reports);
  assert.equal(security?.reason, 'security');
  assert.equal(security?.sentiment, undefined);
  assert.deepEqual(legal?.channels, { web: 1, email: 1 });
  assert.ok(Math.abs((legal?.sentiment ?? 0) - 0.5) < 1e-9);
});

test('Each day of a period has its place, with or without a report', () => {
  const placed = byDay([day('2026-01-03'), day('2026-01-01')], { from: '2026-01-01', to: '2026-01-03' });
  assert.deepEqual(placed.map((report) => report?.day), ['2026-01-01', undefined, '2026-01-03']);
});

test('Figures read as people say them', () => {
  assert.deepEqual([undefined, 0, 0.999, 1].map(percent), ['–', '0 %', '100 %', '100 %']);
  assert.deepEqual([null, 0, 0.84, 9.96, 59.6, 185, 7_800, 3_599.6].map(waited), ['–', '0 s', '0.8 s', '10 s', '1 min', '3 min 5 s', '2 h 10 min', '1 h']);
  assert.deepEqual([0, 0.0123, 12.5, 1234].map(money), ['0.00', '0.0123', '12.50', '1,234.00']);
  assert.deepEqual([undefined, 0.456].map(feeling), ['–', '0.46']);
});
