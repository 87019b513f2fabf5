import { daysOf, type Period } from './report-days';
import type { ChannelReport, DayReport, ReasonReport } from './report-types';

/** What several days come to. Medians and percentiles of days cannot be added up: they are told by day only. */
export interface Summary {
  messages: number;
  ticketsOpened: number;
  ticketsClosed: number;
  resolvedByAssistant: number;
  escalations: number;
  /** 0 to 1; undefined where nothing was answered. */
  inTime?: number;
  /** 0 to 1; undefined where no message has any. */
  sentiment?: number;
  cost: number;
  helpful: number;
  notHelpful: number;
}

export interface ChannelSum {
  channel: string;
  messages: number;
  ticketsOpened: number;
  ticketsClosed: number;
  resolvedByAssistant: number;
  escalations: number;
  inTime?: number;
  sentiment?: number;
}

export interface ReasonSum {
  reason: string;
  escalations: number;
  channels: Record<string, number>;
  ticketsClosed: number;
  sentiment?: number;
}

export function summaryOf(reports: readonly DayReport[]): Summary {
  return {
    messages: sum(reports, (day) => messagesOf(day)),
    ticketsOpened: sum(reports, (day) => day.tickets_opened),
    ticketsClosed: sum(reports, (day) => day.tickets_closed),
    resolvedByAssistant: sum(reports, (day) => day.resolved_by_assistant),
    escalations: sum(reports, (day) => escalationsOf(day)),
    inTime: mean(reports, (day) => day.first_response_in_time_share, (day) => day.first_responses),
    sentiment: mean(reports, (day) => day.mean_sentiment, (day) => day.rated_messages),
    cost: sum(reports, (day) => day.model.cost),
    helpful: sum(reports, (day) => day.feedback.helpful),
    notHelpful: sum(reports, (day) => day.feedback.not_helpful),
  };
}

/** All channels of a period, the busiest first. */
export function channelSums(reports: readonly DayReport[]): ChannelSum[] {
  return groups(reports.flatMap((day) => day.channels), (row) => row.channel)
    .map(([channel, rows]) => ({
      channel,
      messages: sum(rows, (row: ChannelReport) => row.messages),
      ticketsOpened: sum(rows, (row) => row.tickets_opened),
      ticketsClosed: sum(rows, (row) => row.tickets_closed),
      resolvedByAssistant: sum(rows, (row) => row.resolved_by_assistant),
      escalations: sum(rows, (row) => row.escalations),
      inTime: mean(rows, (row) => row.first_response_in_time_share, (row) => row.first_responses),
      sentiment: mean(rows, (row) => row.mean_sentiment, (row) => row.rated_messages),
    }))
    .sort((a, b) => b.messages - a.messages || a.channel.localeCompare(b.channel));
}

/** All reasons of a period, the most frequent first. */
export function reasonSums(reports: readonly DayReport[]): ReasonSum[] {
  return groups(reports.flatMap((day) => day.reasons), (row) => row.reason)
    .map(([reason, rows]) => ({
      reason,
      escalations: sum(rows, (row: ReasonReport) => row.escalations),
      channels: addUp(rows.map((row) => row.channels)),
      ticketsClosed: sum(rows, (row) => row.tickets_closed),
      sentiment: mean(rows, (row) => row.mean_sentiment, (row) => row.rated_messages),
    }))
    .sort((a, b) => b.escalations - a.escalations || a.reason.localeCompare(b.reason));
}

/** Each day of a period with its report, where there is one. */
export function byDay(reports: readonly DayReport[], period: Period): (DayReport | undefined)[] {
  const known = new Map(reports.map((report) => [report.day, report]));
  return daysOf(period).map((day) => known.get(day));
}

export function messagesOf(day: DayReport): number {
  return Object.values(day.messages).reduce((all, count) => all + count, 0);
}

export function escalationsOf(day: DayReport): number {
  return Object.values(day.escalations).reduce((all, count) => all + count, 0);
}

function sum<T>(rows: readonly T[], value: (row: T) => number): number {
  return rows.reduce((all, row) => all + value(row), 0);
}

/** The mean of what is known, each by its weight. */
function mean<T>(rows: readonly T[], value: (row: T) => number | null | undefined, weight: (row: T) => number): number | undefined {
  let [total, weights] = [0, 0];
  for (const row of rows) {
    const known = value(row);
    if (known === null || known === undefined) continue;
    total += known * weight(row);
    weights += weight(row);
  }
  return weights > 0 ? total / weights : undefined;
}

function groups<T>(rows: readonly T[], key: (row: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row]);
  return [...found];
}

function addUp(counts: readonly Record<string, number>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const one of counts) for (const [name, count] of Object.entries(one)) all[name] = (all[name] ?? 0) + count;
  return all;
}
