'use client';

import { useState, type FormEvent } from 'react';
import { countDays, lastDays, type Period, periodProblem } from '@/lib/report-days';
import styles from './period-picker.module.css';

const USUAL = [7, 30, 90] as const;

interface Props {
  period: Period;
  /** The day that goes on where the business is. */
  today: string;
  onChoose(period: Period): void;
}

/** The last so many days, or any two days. */
export function PeriodPicker({ period, today, onChoose }: Props) {
  const [from, setFrom] = useState(period.from);
  const [to, setTo] = useState(period.to);
  const [problem, setProblem] = useState<string>();

  function submit(event: FormEvent): void {
    event.preventDefault();
    const wrong = periodProblem({ from, to });
    setProblem(wrong);
    if (!wrong) onChoose({ from, to });
  }

  return (
    <form className={styles.picker} aria-label="Period" onSubmit={submit} noValidate>
      <div className={styles.usual} role="group" aria-label="Last days">
        {USUAL.map((days) => (
          <button
            key={days}
            type="button"
            aria-pressed={period.to === today && countDays(period) === days}
            onClick={() => onChoose(lastDays(days, today))}
          >
            {days} days
          </button>
        ))}
      </div>
      <input type="date" aria-label="From" max={today} value={from} onChange={(event) => setFrom(event.target.value)} />
      <input type="date" aria-label="To" max={today} value={to} onChange={(event) => setTo(event.target.value)} />
      <button type="submit" className="button button--small">
        Show
      </button>
      {problem ? (
        <p className="alert" role="alert">
          {problem}
        </p>
      ) : null}
    </form>
  );
}
