'use client';

import { useMemo, useState } from 'react';
import { csvAddress } from '@/lib/report-api';
import type { Period } from '@/lib/report-days';
import { byDay, channelSums, reasonSums, summaryOf } from '@/lib/report-summary';
import { formatMoment } from '@/lib/time';
import type { OperatorSession } from '@/lib/types';
import { useReports } from '@/lib/use-reports';
import { OperatorHeader } from '../shared/operator-header';
import { ChannelTable, DayTable, ReasonTable } from './report-tables';
import { PeriodPicker } from './period-picker';
import { ReportPlots } from './report-plots';
import { ReportSummary } from './report-summary';
import styles from './report-desk.module.css';

interface Props {
  session: OperatorSession;
  onExpired(): void;
}

/** What happened on the days of a period, in numbers and in plots. */
export function ReportDesk({ session, onExpired }: Props) {
  const [chosen, setChosen] = useState<Period>();
  const [latest, setLatest] = useState<string>();
  const { told, loading, problem } = useReports(chosen, onExpired);
  // The last day of what is told without asking is today where the business is.
  if (told && latest === undefined) setLatest(told.to);

  const shown = useMemo(() => {
    if (!told) return undefined;
    const { reports } = told;
    return {
      days: byDay(reports, told),
      summary: summaryOf(reports),
      channels: channelSums(reports),
      reasons: reasonSums(reports),
      unfinished: reports.find((report) => !report.is_whole),
      zone: reports.at(-1)?.time_zone,
    };
  }, [told]);

  return (
    <>
      <OperatorHeader room="Reports" session={session} />
      <main className={`page ${styles.desk}`} aria-busy={loading}>
        <div className={styles.top}>
          <h1>Reports</h1>
          {told && latest ? (
            <>
              <PeriodPicker key={`${told.from} ${told.to}`} period={told} today={latest} onChoose={setChosen} />
              <a className="button button--small" href={csvAddress(told)} download>
                Save as CSV
              </a>
            </>
          ) : null}
        </div>
        {problem ? (
          <p className="alert" role="alert">
            {problem}
          </p>
        ) : null}
        {told && shown ? (
          <>
            <ReportSummary summary={shown.summary} />
            <ReportPlots period={told} days={shown.days} channels={shown.channels.map(({ channel }) => channel)} />
            <ChannelTable channels={shown.channels} />
            <ReasonTable reasons={shown.reasons} />
            <DayTable reports={told.reports} />
            <p className={`soft ${styles.remark}`}>
              {shown.zone ? `Days are those of ${shown.zone}. ` : ''}
              {shown.unfinished ? `The last day goes on: it was counted at ${formatMoment(shown.unfinished.made_at)}.` : ''}
            </p>
          </>
        ) : problem ? null : (
          <p role="status">Loading…</p>
        )}
      </main>
    </>
  );
}
