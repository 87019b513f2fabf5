'use client';

import { useEffect, useRef, useState } from 'react';
import { ApiProblem, sentenceOf } from './api';
import { getReports } from './report-api';
import type { Period } from './report-days';
import type { PeriodReport } from './report-types';

export interface LoadedReports {
  /** What was told last; it stays while another period is being asked for. */
  told?: PeriodReport;
  loading: boolean;
  problem?: string;
}

export function useReports(period: Period | undefined, onExpired: () => void): LoadedReports {
  const [state, setState] = useState<LoadedReports>({ loading: true });
  const expired = useRef(onExpired);
  const [from, to] = [period?.from, period?.to];

  useEffect(() => {
    expired.current = onExpired;
  }, [onExpired]);

  useEffect(() => {
    const asked = new AbortController();
    setState((before) => ({ ...before, loading: true, problem: undefined }));
    getReports(from && to ? { from, to } : undefined, asked.signal).then(
      (told) => {
        if (!asked.signal.aborted) setState({ told, loading: false });
      },
      (error: unknown) => {
        if (asked.signal.aborted) return;
        if (error instanceof ApiProblem && error.status === 401) expired.current();
        else setState((before) => ({ ...before, loading: false, problem: sentenceOf(error) }));
      },
    );
    return () => asked.abort();
  }, [from, to]);

  return state;
}
