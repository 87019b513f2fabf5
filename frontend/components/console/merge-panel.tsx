'use client';

import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { sentenceOf } from '@/lib/api';
import { customerName } from '@/lib/customer';
import { listMerges, mergeCustomers, searchCustomers, undoMerge } from '@/lib/operator-api';
import { formatMoment } from '@/lib/time';
import type { CustomerMerge, CustomerSummary } from '@/lib/types';
import { FormField } from '../support/form-field';
import { CustomerAddresses } from './customer-addresses';
import { FoundCustomers } from './found-customers';
import styles from './merge-panel.module.css';

interface Props {
  customer: CustomerSummary;
  csrfToken: string;
  onChanged(): void;
  onCancel(): void;
}

/** Says that two customers are one person, and takes it back. */
export function MergePanel({ customer, csrfToken, onChanged, onCancel }: Props) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<CustomerSummary[]>();
  const [other, setOther] = useState<CustomerSummary>();
  const [reason, setReason] = useState('');
  const [merges, setMerges] = useState<CustomerMerge[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const load = useCallback(
    async (signal?: AbortSignal) => setMerges((await listMerges(customer.id, signal)).merges),
    [customer.id],
  );

  useEffect(() => {
    const page = new AbortController();
    load(page.signal).catch((error: unknown) => {
      if (!page.signal.aborted) setProblem(sentenceOf(error));
    });
    return () => page.abort();
  }, [load]);

  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  }

  function search(event: FormEvent): void {
    event.preventDefault();
    void run(async () => setFound((await searchCustomers(query.trim())).customers));
  }

  function merge(event: FormEvent): void {
    event.preventDefault();
    if (!other) return;
    void run(async () => {
      await mergeCustomers(customer.id, other.id, reason.trim(), csrfToken);
      setOther(undefined);
      setFound(undefined);
      setReason('');
      await load();
      onChanged();
    });
  }

  function undo(done: CustomerMerge): void {
    if (!window.confirm('Undo this merge? Each gets back what was theirs; what was said stays where it was said.')) return;
    void run(async () => {
      await undoMerge(customer.id, done.id, csrfToken);
      await load();
      onChanged();
    });
  }

  return (
    <section className={styles.panel} aria-label="Merge customers">
      {other === undefined ? (
        <form className={styles.search} onSubmit={search} role="search">
          <FormField id="merge-query" label="Who is the same person?" hint="Name, email or phone">
            {(attributes) => (
              <input {...attributes} dir="auto" autoFocus maxLength={320} value={query} onChange={(event) => setQuery(event.target.value)} />
            )}
          </FormField>
          <button type="submit" className="button button--small" disabled={busy || query.trim() === ''}>
            Search
          </button>
          <button type="button" className="button button--small" onClick={onCancel}>
            Close
          </button>
        </form>
      ) : (
        <form onSubmit={merge} aria-label="Confirm the merge">
          <p>
            <strong dir="auto">{customerName(customer)}</strong> and <strong dir="auto">{customerName(other)}</strong> become one customer:
            each of them will see what the other wrote. The other is:
          </p>
          <CustomerAddresses customer={other} />
          <p className="mono soft">{other.id}</p>
          <FormField id="merge-reason" label="How do you know?">
            {(attributes) => (
              <input {...attributes} dir="auto" autoFocus maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
            )}
          </FormField>
          <div className={styles.buttons}>
            <button type="submit" className="button button--small button--primary" disabled={busy || reason.trim().length < 3}>
              Merge
            </button>
            <button type="button" className="button button--small" onClick={() => setOther(undefined)}>
              Back
            </button>
          </div>
        </form>
      )}
      {problem ? (
        <p className="alert" role="alert">
          {problem}
        </p>
      ) : null}
      {other === undefined && found ? (
        <FoundCustomers customers={found} without={[customer.id, customer.merged_into]} onChoose={setOther} />
      ) : null}
      {merges.length > 0 ? (
        <ul className={styles.merges} aria-label="Merges">
          {merges.map((done) => (
            <li key={done.id}>
              <span>
                {done.from === customer.id ? 'Merged into another' : 'Another was merged into this one'}, {formatMoment(done.at)}, by{' '}
                {done.by}: <span dir="auto">{done.reason}</span>
              </span>{' '}
              {done.undone_at ? (
                <span className="soft">undone by {done.undone_by ?? 'somebody'}</span>
              ) : (
                <button type="button" className="link" disabled={busy} onClick={() => undo(done)}>
                  Undo
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
