import { call } from './api';
import type { Period } from './report-days';
import type { PeriodReport } from './report-types';

/** The reports of a period, or of the last days: only the server knows which day it is where the business is. */
export function getReports(period: Period | undefined, signal?: AbortSignal) {
  return call<PeriodReport>(period ? `/api/reports?${query(period)}` : '/api/reports', { signal });
}

/** Where the browser saves the same as a table. */
export function csvAddress(period: Period): string {
  return `/api/reports?${query(period)}&format=csv`;
}

function query({ from, to }: Period): string {
  return new URLSearchParams({ from, to }).toString();
}
