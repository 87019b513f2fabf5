/** RFC 9457 problem details, as the silo answers every refusal. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors: Record<string, string[]> = {},
    readonly retryAfterSeconds?: number,
    readonly members: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'ApiProblem';
  }
}

/** No answer came: offline, the silo is restarting, or it took too long. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('We could not reach the server. Check your connection and try again.', { cause });
    this.name = 'Unreachable';
  }
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** The customer's conversation token. */
  token?: string;
  idempotencyKey?: string;
  csrfToken?: string;
  signal?: AbortSignal;
}

/** Twice this is as long as people wait. A silo that is gone is noticed within it, and the second try meets another one. */
const CALL_TIMEOUT_MS = 10_000;

/** A refusal that says to come back sooner than this is waited out; a longer one is for the person to decide. */
const LONGEST_WAIT_MS = 5_000;

const FIRST_WAIT_MS = 250;

/** Calls, and once more where no answer came or the silo could not store anything, if it may be called twice. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  try {
    return await callOnce<T>(path, options);
  } catch (error) {
    const wait = waitBeforeSecondTry(error, options);
    if (wait === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (options.signal?.aborted) throw error;
    return callOnce<T>(path, options);
  }
}

/** How long to wait before a call is made again; undefined where it must not be. */
export function waitBeforeSecondTry(error: unknown, options: CallOptions): number | undefined {
  const isRepeatable = (options.method ?? 'GET') !== 'POST' || options.idempotencyKey !== undefined;
  if (!isRepeatable || options.signal?.aborted) return undefined;
  if (error instanceof Unreachable) return FIRST_WAIT_MS;
  if (!(error instanceof ApiProblem) || error.status !== 503) return undefined;
  const asked = (error.retryAfterSeconds ?? 0) * 1_000;
  return asked > LONGEST_WAIT_MS ? undefined : Math.max(asked, FIRST_WAIT_MS);
}

async function callOnce<T>(path: string, options: CallOptions): Promise<T> {
  const request = new AbortController();
  const timeout = setTimeout(() => request.abort(), CALL_TIMEOUT_MS);
  const abort = () => request.abort();
  options.signal?.addEventListener('abort', abort);
  if (options.signal?.aborted) abort();

  try {
    const response = await fetch(path, {
      method: options.method ?? 'GET',
      headers: headersFor(options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      cache: 'no-store',
      credentials: 'same-origin',
      signal: request.signal,
    });
    const text = await response.text();
    if (!response.ok) throw problemFrom(response, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch (error) {
    if (error instanceof ApiProblem) throw error;
    throw new Unreachable(error);
  } finally {
    clearTimeout(timeout);
    options.signal?.removeEventListener('abort', abort);
  }
}

function headersFor(options: CallOptions): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (options.body !== undefined) headers['Content-Type'] = 'application/json';
  if (options.token) headers.Authorization = `Bearer ${options.token}`;
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  if (options.csrfToken) headers['X-CSRF-Token'] = options.csrfToken;
  return headers;
}

function problemFrom(response: Response, text: string): ApiProblem {
  const members = parseObject(text);
  const seconds = Number(response.headers.get('Retry-After'));
  const retryAfter = Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
  return new ApiProblem(
    response.status,
    sentenceFor(response.status, members, retryAfter),
    readErrors(members.errors),
    retryAfter,
    members,
  );
}

function sentenceFor(status: number, members: Record<string, unknown>, retryAfter?: number): string {
  const again = retryAfter === undefined ? 'in a moment' : `in ${retryAfter} s`;
  if (status === 429) return `That was a little too fast. Please try again ${again}.`;
  if (status === 413) return 'That is too long to send. Please shorten it.';
  if (status >= 500) return `Something went wrong on our side. Please try again ${again}.`;
  for (const candidate of [members.detail, members.title]) {
    if (typeof candidate === 'string' && candidate !== '') return candidate;
  }
  return `The server refused this (${status}).`;
}

function readErrors(value: unknown): Record<string, string[]> {
  if (typeof value !== 'object' || value === null) return {};
  const errors: Record<string, string[]> = {};
  for (const [field, sentences] of Object.entries(value)) {
    const list: unknown[] = Array.isArray(sentences) ? sentences : [sentences];
    errors[field] = list.filter((sentence) => typeof sentence === 'string');
  }
  return errors;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // A proxy's HTML error page says nothing that a customer should read.
  }
}

/** One sentence for the person in front of the page, whatever went wrong. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) {
    const first = Object.values(error.errors).flat()[0];
    return first ?? error.message;
  }
  return error instanceof Error ? error.message : 'Something went wrong. Please try again.';
}
