import { counted, feeling, money, percent } from '@/lib/report-words';
import type { Summary } from '@/lib/report-summary';
import { sentimentName } from '@/lib/words';
import styles from './report-summary.module.css';

/** The period in a few numbers. */
export function ReportSummary({ summary }: { summary: Summary }) {
  const { ticketsClosed, resolvedByAssistant, sentiment, helpful, notHelpful } = summary;
  return (
    <dl className={styles.summary} data-testid="report-summary">
      <Figure name="Messages" value={counted(summary.messages)} />
      <Figure name="Tickets opened" value={counted(summary.ticketsOpened)} />
      <Figure
        name="Resolved by the assistant"
        value={counted(resolvedByAssistant)}
        remark={`${percent(ticketsClosed > 0 ? resolvedByAssistant / ticketsClosed : undefined)} of ${counted(ticketsClosed)} closed`}
      />
      <Figure name="Escalations" value={counted(summary.escalations)} />
      <Figure name="First replies in time" value={percent(summary.inTime)} />
      <Figure name="Sentiment" value={feeling(sentiment)} remark={sentiment === undefined ? undefined : sentimentName(sentiment)} />
      <Figure name="Cost of the model" value={money(summary.cost)} />
      {helpful + notHelpful > 0 ? (
        <Figure name="Found helpful" value={percent(helpful / (helpful + notHelpful))} remark={`of ${counted(helpful + notHelpful)}`} />
      ) : null}
    </dl>
  );
}

function Figure({ name, value, remark }: { name: string; value: string; remark?: string }) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd className={styles.value}>{value}</dd>
      {remark ? <dd className="soft">{remark}</dd> : null}
    </div>
  );
}
