'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem, sentenceOf } from './api';
import { delayAfter } from './backoff';
import { type Connection, openEventStream } from './events';
import { listConversations, QUEUE_EVENTS, type QueueFilter } from './operator-api';
import type { ConversationSummary, QueueChange } from './types';

export interface Queue {
  conversations: ConversationSummary[] | undefined;
  connection: Connection;
  trouble?: string;
  /** Set while there are older conversations to load. */
  more?: () => void;
  refresh(): void;
}

/** Several changes in one moment need one look at the list. */
const REFRESH_DELAY_MS = 150;

export function useQueue(
  filter: QueueFilter,
  onChange: (change: QueueChange) => void,
  onExpired: () => void,
): Queue {
  const [conversations, setConversations] = useState<ConversationSummary[]>();
  const [older, setOlder] = useState<ConversationSummary[]>([]);
  const [cursor, setCursor] = useState<string | null>();
  const [connection, setConnection] = useState<Connection>('connecting');
  const [trouble, setTrouble] = useState<string>();
  const refreshRef = useRef<() => void>(() => {});
  const handlers = useRef({ onChange, onExpired });

  useEffect(() => {
    handlers.current = { onChange, onExpired };
  }, [onChange, onExpired]);

  useEffect(() => {
    const page = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let latest = 0;
    setConversations(undefined);
    setOlder([]);

    async function load(): Promise<void> {
      const turn = ++latest;
      try {
        const loaded = await listConversations(filter, undefined, page.signal);
        if (page.signal.aborted || turn !== latest) return;
        failures = 0;
        setTrouble(undefined);
        setConversations(loaded.conversations);
        setOlder([]);
        setCursor(loaded.cursor);
      } catch (error) {
        if (page.signal.aborted || turn !== latest) return;
        if (error instanceof ApiProblem && error.status === 401) {
          handlers.current.onExpired();
          return;
        }
        setTrouble(sentenceOf(error));
        schedule(delayAfter(++failures));
      }
    }

    function schedule(milliseconds: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), milliseconds);
    }

    refreshRef.current = () => schedule(REFRESH_DELAY_MS);
    void load();
    return () => {
      page.abort();
      clearTimeout(timer);
      refreshRef.current = () => {};
    };
  }, [filter]);

  useEffect(
    () =>
      openEventStream({
        url: QUEUE_EVENTS,
        onConnection: (next) => {
          setConnection(next);
          if (next === 'refused') refreshRef.current();
        },
        onOpen: (again) => {
          if (again) refreshRef.current();
        },
        onEvent: (event) => {
          if (event.event !== 'queue') return;
          refreshRef.current();
          try {
            handlers.current.onChange(JSON.parse(event.data) as QueueChange);
          } catch {
            // The list is refreshed in any case.
          }
        },
      }),
    [],
  );

  const refresh = useCallback(() => refreshRef.current(), []);
  const more = useCallback(async () => {
    if (!cursor) return;
    try {
      const loaded = await listConversations(filter, cursor);
      setOlder((current) => [...current, ...loaded.conversations]);
      setCursor(loaded.cursor);
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
  }, [cursor, filter]);

  return {
    conversations: conversations && [...conversations, ...older],
    connection,
    trouble,
    more: cursor ? () => void more() : undefined,
    refresh,
  };
}
