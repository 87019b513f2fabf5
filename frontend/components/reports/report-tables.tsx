import type { ReactNode } from 'react';
import { type ChannelSum, escalationsOf, messagesOf, type ReasonSum } from '@/lib/report-summary';
import type { DayReport } from '@/lib/report-types';
import { counted, feeling, money, percent, waited } from '@/lib/report-words';
import { formatDate } from '@/lib/time';
import { channelName, humanize } from '@/lib/words';
import styles from './report-tables.module.css';

export function ChannelTable({ channels }: { channels: ChannelSum[] }) {
  return (
    <Table
      title="By channel"
      columns={['Channel', 'Messages', 'Tickets opened', 'Tickets closed', 'By the assistant', 'Escalations', 'First replies in time', 'Sentiment']}
      empty="Nobody wrote in these days."
      rows={channels.map((row) => ({
        key: row.channel,
        cells: [
          channelName(row.channel),
          counted(row.messages),
          counted(row.ticketsOpened),
          counted(row.ticketsClosed),
          counted(row.resolvedByAssistant),
          counted(row.escalations),
          percent(row.inTime),
          feeling(row.sentiment),
        ],
      }))}
    />
  );
}

export function ReasonTable({ reasons }: { reasons: ReasonSum[] }) {
  return (
    <Table
      title="Why people were asked"
      columns={['Reason', 'Escalations', 'Channels', 'Tickets closed', 'Sentiment']}
      empty="Nobody was asked in these days."
      rows={reasons.map((row) => ({
        key: row.reason,
        cells: [
          humanize(row.reason),
          counted(row.escalations),
          Object.entries(row.channels)
            .map(([channel, count]) => `${channelName(channel)} ${counted(count)}`)
            .join(', '),
          counted(row.ticketsClosed),
          feeling(row.sentiment),
        ],
      }))}
    />
  );
}

export function DayTable({ reports }: { reports: DayReport[] }) {
  return (
    <Table
      title="By day"
      columns={['Day', 'Messages', 'Opened', 'Closed', 'By the assistant', 'Escalations', 'First reply, median', '19 of 20', 'Sentiment', 'Upset', 'Cost', 'Gaps']}
      empty="No day of this period has a report yet."
      rows={[...reports].reverse().map((day) => ({
        key: day.day,
        cells: [
          `${formatDate(day.day)}${day.is_whole ? '' : ', so far'}`,
          counted(messagesOf(day)),
          counted(day.tickets_opened),
          counted(day.tickets_closed),
          counted(day.resolved_by_assistant),
          counted(escalationsOf(day)),
          waited(day.median_first_response_seconds),
          waited(day.p95_first_response_seconds),
          feeling(day.mean_sentiment),
          percent(day.low_sentiment_share),
          money(day.model.cost),
          day.gaps ? counted(day.gaps.gaps) : '–',
        ],
      }))}
    />
  );
}

interface TableProps {
  title: string;
  columns: string[];
  rows: { key: string; cells: ReactNode[] }[];
  empty: string;
}

function Table({ title, columns, rows, empty }: TableProps) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p className="soft">{empty}</p>
      ) : (
        // Wide tables scroll by themselves, and the keyboard must reach what scrolls.
        <div className={styles.scroll} role="region" aria-label={title} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells: [name, ...cells] }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, index) => (
                    <td key={columns[index + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
