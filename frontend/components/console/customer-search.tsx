'use client';

import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { ApiProblem, sentenceOf } from '@/lib/api';
import { searchCustomers } from '@/lib/operator-api';
import type { CustomerSummary } from '@/lib/types';
import { FoundCustomers } from './found-customers';
import styles from './customer-search.module.css';

interface Props {
  chosen: string | null;
  onOpen(id: string): void;
  onExpired(): void;
}

/** Finds a customer who need not be in the queue, and opens their conversation. */
export function CustomerSearch({ chosen, onOpen, onExpired }: Props) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<CustomerSummary[]>();
  const [problem, setProblem] = useState<string>();
  const asked = useRef<AbortController>(undefined);

  useEffect(() => () => asked.current?.abort(), []);

  async function search(event: FormEvent): Promise<void> {
    event.preventDefault();
    asked.current?.abort(); // Only what was asked last is shown.
    if (query.trim() === '') {
      clear();
      return;
    }
    const current = new AbortController();
    asked.current = current;
    setProblem(undefined);
    try {
      const { customers } = await searchCustomers(query.trim(), current.signal);
      if (!current.signal.aborted) setFound(customers);
    } catch (error) {
      if (current.signal.aborted) return;
      if (error instanceof ApiProblem && error.status === 401) onExpired();
      else setProblem(sentenceOf(error));
    }
  }

  function clear(): void {
    asked.current?.abort();
    setQuery('');
    setFound(undefined);
    setProblem(undefined);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') clear();
  }

  return (
    <div className={styles.customers}>
      <form className={styles.form} role="search" aria-label="Find a customer" onSubmit={(event) => void search(event)}>
        <input
          type="search"
          className={styles.field}
          aria-label="Find a customer by name, email or phone"
          placeholder="Name, email or phone"
          dir="auto"
          maxLength={320}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="button button--small" disabled={query.trim() === ''}>
          Find
        </button>
      </form>
      {problem ? (
        <p className="alert" role="alert">
          {problem}
        </p>
      ) : null}
      {found ? (
        <section className={styles.found} aria-label="Search">
          <FoundCustomers customers={found} chosen={chosen} onChoose={(customer) => onOpen(customer.id)} />
          <button type="button" className={`button button--small ${styles.close}`} onClick={clear}>
            Close search
          </button>
        </section>
      ) : null}
    </div>
  );
}
