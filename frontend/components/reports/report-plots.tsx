import { daysOf, type Period } from '@/lib/report-days';
import { escalationsOf } from '@/lib/report-summary';
import type { DayReport } from '@/lib/report-types';
import { counted, feeling, money, waited } from '@/lib/report-words';
import { channelName } from '@/lib/words';
import { BarPlot } from './bar-plot';
import { LinePlot } from './line-plot';
import styles from './plot.module.css';

/** What is counted comes in whole numbers: a scale that ended below would name halves. */
const FEWEST_COUNTED = 4;

interface Props {
  period: Period;
  /** One for each day of the period. */
  days: (DayReport | undefined)[];
  channels: string[];
}

export function ReportPlots({ period, days, channels }: Props) {
  const names = daysOf(period);
  const spent = days.some((day) => (day?.model.cost ?? 0) > 0);
  return (
    <div className={styles.plots}>
      <BarPlot
        title="Messages by channel"
        days={names}
        series={channels.map(channelName)}
        stacks={days.map((day) => channels.map((channel) => day?.messages[channel] ?? 0))}
        least={FEWEST_COUNTED}
        format={counted}
      />
      <BarPlot
        title="Tickets closed"
        days={names}
        series={['By the assistant, verified', 'By the assistant, unverified', 'With a person']}
        stacks={days.map((day) => (day ? closed(day) : [0, 0, 0]))}
        least={FEWEST_COUNTED}
        format={counted}
      />
      <BarPlot
        title="Escalations"
        days={names}
        series={['Escalations']}
        stacks={days.map((day) => [day ? escalationsOf(day) : 0])}
        least={FEWEST_COUNTED}
        format={counted}
      />
      <LinePlot
        title="Time to the first reply"
        days={names}
        lines={[
          { name: 'Median', values: days.map((day) => day?.median_first_response_seconds ?? undefined) },
          { name: '19 of 20', values: days.map((day) => day?.p95_first_response_seconds ?? undefined) },
        ]}
        format={waited}
      />
      <LinePlot
        title="Sentiment"
        days={names}
        lines={[{ name: 'Mean, 0 upset to 1 pleased', values: days.map((day) => day?.mean_sentiment ?? undefined) }]}
        least={1}
        format={feeling}
      />
      {spent ? (
        <BarPlot title="Cost of the model" days={names} series={['Cost']} stacks={days.map((day) => [day?.model.cost ?? 0])} format={money} />
      ) : null}
    </div>
  );
}

function closed(day: DayReport): number[] {
  const alone = day.resolved_by_assistant + day.closed_unverified;
  return [day.resolved_by_assistant, day.closed_unverified, Math.max(day.tickets_closed - alone, 0)];
}
