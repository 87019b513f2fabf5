import { type Backoff, DEFAULT_BACKOFF, delayAfter } from './backoff';
import { createSseParser, type ServerSentEvent } from './sse';

/** `refused` is final: the server said that this page may not read the stream. */
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'refused';

export interface EventStreamOptions {
  url: string;
  headers?: Record<string, string>;
  /** Resume after this event; undefined asks for whatever the server starts with. */
  lastEventId?: string;
  onEvent(event: ServerSentEvent): void;
  onConnection(connection: Connection): void;
  /** Called each time the stream opens; `again` is false only for the first time. */
  onOpen?(again: boolean): void;
  backoff?: Backoff;
  silenceLimitMs?: number;
}

/** The server sends a heartbeat every 15 s; two missed in a row mean that the line is dead. */
const SILENCE_LIMIT_MS = 40_000;
/** A stream that lived this long was healthy: the next failure starts counting from one again. */
const HEALTHY_AFTER_MS = 10_000;
const FINAL_REFUSALS: readonly number[] = [401, 403, 404, 410];

/** Keeps one server-sent event stream open until the returned function is called. */
export function openEventStream(options: EventStreamOptions): () => void {
  const silenceLimit = options.silenceLimitMs ?? SILENCE_LIMIT_MS;
  let backoff = options.backoff ?? DEFAULT_BACKOFF;
  let lastEventId = options.lastEventId;
  let closed = false;
  let failures = 0;
  let opens = 0;
  let current: AbortController | undefined;
  let wake: (() => void) | undefined;

  /** Reads until the stream ends; returns the pause that the server asked for, if it did. */
  async function readOnce(): Promise<{ final: boolean; retryAfterMs?: number }> {
    const request = new AbortController();
    current = request;
    let watchdog = setTimeout(() => request.abort(), silenceLimit);
    const heard = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => request.abort(), silenceLimit);
    };

    try {
      const response = await fetch(options.url, {
        headers: {
          Accept: 'text/event-stream',
          ...options.headers,
          ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }),
        },
        cache: 'no-store',
        credentials: 'same-origin',
        signal: request.signal,
      });
      if (!response.ok || !response.body) {
        const seconds = Number(response.headers.get('Retry-After'));
        return {
          final: FINAL_REFUSALS.includes(response.status),
          retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined,
        };
      }

      heard();
      options.onConnection('live');
      options.onOpen?.(opens++ > 0);
      const openedAt = Date.now();
      const parser = createSseParser(
        {
          onEvent: (event) => {
            if (event.lastEventId !== '') lastEventId = event.lastEventId;
            if (!closed) options.onEvent(event);
          },
          onRetry: (milliseconds) => {
            backoff = { ...backoff, firstDelayMs: Math.max(milliseconds, 100) };
          },
        },
        lastEventId,
      );
      const reader = response.body.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return { final: false };
        heard();
        if (failures > 0 && Date.now() - openedAt > HEALTHY_AFTER_MS) failures = 0;
        parser.feed(decoder.decode(value, { stream: true }));
      }
    } finally {
      clearTimeout(watchdog);
      request.abort();
    }
  }

  async function run(): Promise<void> {
    options.onConnection('connecting');
    while (!closed) {
      const outcome = await readOnce().catch(() => ({ final: false, retryAfterMs: undefined }));
      if (closed) return;
      if (outcome.final) {
        options.onConnection('refused');
        return;
      }
      failures++;
      options.onConnection('reconnecting');
      await pause(Math.max(delayAfter(failures, backoff), outcome.retryAfterMs ?? 0));
    }
  }

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  // A laptop that wakes up, or a phone that finds its network again, should not wait out the pause.
  const retryNow = () => wake?.();
  globalThis.addEventListener?.('online', retryNow);

  void run();

  return () => {
    closed = true;
    globalThis.removeEventListener?.('online', retryNow);
    current?.abort();
    wake?.();
  };
}
