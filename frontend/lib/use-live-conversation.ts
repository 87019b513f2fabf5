'use client';

import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { ApiProblem, sentenceOf } from './api';
import { delayAfter } from './backoff';
import { emptyView, reduceConversation, type ConversationView } from './conversation-view';
import { type Connection, openEventStream } from './events';
import { newUuid } from './idempotency';
import { lastSequence } from './transcript';
import type { AcceptedMessage, ConversationState, DeliveryNews, Message, Snapshot } from './types';

export interface ConversationSource<S extends Snapshot> {
  self: ConversationView['self'];
  load(signal: AbortSignal): Promise<S>;
  send?(text: string, idempotencyKey: string): Promise<AcceptedMessage>;
  events: { url: string; headers?: Record<string, string> };
  /** The conversation was begun on this page just now. */
  fresh?: boolean;
  /** Load the snapshot again when the state changes: it holds more than state and messages. */
  reloadOnState?: boolean;
}

export interface LiveConversation<S extends Snapshot> {
  view: ConversationView;
  snapshot?: S;
  connection: Connection;
  /** Set when the server says that this page may not see the conversation (401, 403, 404). */
  refused?: ApiProblem;
  /** Set while the first load fails; it is tried again by itself. */
  trouble?: string;
  send(text: string): void;
  retry(key: string): void;
  discard(key: string): void;
  reload(): void;
  applyState(state: ConversationState): void;
  /** The server knows what this page's reader says of an answer. */
  rated(id: string, helpful: boolean): void;
}

const REFUSALS: readonly number[] = [401, 403, 404, 410];
const RELOAD_DELAY_MS = 250;

/** Loads a conversation, keeps it live, and sends messages into it in order. */
export function useLiveConversation<S extends Snapshot>(
  source: ConversationSource<S> | null,
): LiveConversation<S> {
  const [view, dispatch] = useReducer(reduceConversation, source?.self ?? 'customer', emptyView);
  const [snapshot, setSnapshot] = useState<S>();
  const [connection, setConnection] = useState<Connection>('connecting');
  const [refused, setRefused] = useState<ApiProblem>();
  const [trouble, setTrouble] = useState<string>();
  const reloadRef = useRef<() => void>(() => {});
  const viewRef = useRef(view);
  const sendQueue = useRef<Promise<void>>(Promise.resolve());

  useEffect(() => {
    viewRef.current = view;
  }, [view]);

  useEffect(() => {
    dispatch({ type: 'reset', self: source?.self ?? 'customer' });
    setSnapshot(undefined);
    setRefused(undefined);
    setTrouble(undefined);
    setConnection('connecting');
    if (!source) return;

    const page = new AbortController();
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let closeStream: (() => void) | undefined;

    async function load(): Promise<void> {
      if (!source) return;
      try {
        const loaded = await source.load(page.signal);
        if (page.signal.aborted) return;
        failures = 0;
        setTrouble(undefined);
        setSnapshot(loaded);
        dispatch({ type: 'snapshot', snapshot: loaded, fresh: source.fresh ?? false });
        closeStream ??= openStream(loaded.follow_after ?? String(lastSequence(loaded.messages)));
      } catch (error) {
        if (page.signal.aborted) return;
        if (error instanceof ApiProblem && REFUSALS.includes(error.status)) {
          closeStream?.();
          setRefused(error);
          return;
        }
        failures++;
        setTrouble(sentenceOf(error));
        schedule(delayAfter(failures));
      }
    }

    function schedule(milliseconds: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), milliseconds);
    }

    function openStream(after: string): () => void {
      return openEventStream({
        url: source!.events.url,
        headers: source!.events.headers,
        lastEventId: after,
        onConnection: (next) => {
          setConnection(next);
          // The snapshot's answer says why, in words.
          if (next === 'refused') schedule(0);
        },
        // State has no sequence to resume from: what changed while the line was cut is loaded.
        onOpen: (again) => {
          if (again) schedule(0);
        },
        onEvent: (event) => {
          const data: unknown = parse(event.data);
          if (data === undefined) return;
          switch (event.event) {
            case 'message':
              dispatch({ type: 'message', message: data as Message });
              break;
            case 'deliveries':
              dispatch({ type: 'deliveries', news: data as DeliveryNews });
              break;
            case 'state':
              dispatch({ type: 'state', state: data as ConversationState });
              if (source!.reloadOnState) schedule(RELOAD_DELAY_MS);
              break;
            case 'moved':
              // The person was recognised as one we know, or no longer is: another conversation is theirs to follow.
              closeStream?.();
              closeStream = undefined;
              dispatch({ type: 'moved' });
              schedule(0);
              break;
            case 'earlier':
              schedule(RELOAD_DELAY_MS);
              break;
            case 'status':
              dispatch({ type: 'status', text: (data as { text: string }).text });
              break;
          }
        },
      });
    }

    reloadRef.current = () => schedule(0);
    void load();

    return () => {
      page.abort();
      clearTimeout(timer);
      closeStream?.();
      reloadRef.current = () => {};
    };
  }, [source]);

  const post = useCallback(
    (key: string, text: string) => {
      const send = source?.send;
      if (!send) return;
      // One at a time: two quick messages must not overtake each other.
      sendQueue.current = sendQueue.current.then(async () => {
        try {
          const accepted = await send(text, key);
          dispatch({ type: 'sent', key, messageId: accepted.message_id });
        } catch (error) {
          dispatch({ type: 'failed', key, problem: sentenceOf(error) });
          if (error instanceof ApiProblem && error.status === 409) reloadRef.current();
        }
      });
    },
    [source],
  );

  const send = useCallback(
    (text: string) => {
      const key = newUuid();
      dispatch({
        type: 'send',
        pending: {
          key,
          text,
          at: new Date().toISOString(),
          delivery: 'sending',
          afterSequence: lastSequence(viewRef.current.messages),
        },
      });
      post(key, text);
    },
    [post],
  );

  const retry = useCallback(
    (key: string) => {
      const waiting = viewRef.current.pending.find((pending) => pending.key === key);
      if (!waiting) return;
      dispatch({ type: 'sending', key });
      post(key, waiting.text);
    },
    [post],
  );

  const discard = useCallback((key: string) => dispatch({ type: 'discard', key }), []);
  const reload = useCallback(() => reloadRef.current(), []);
  const applyState = useCallback(
    (state: ConversationState) => dispatch({ type: 'state', state }),
    [],
  );
  const rated = useCallback(
    (id: string, helpful: boolean) => dispatch({ type: 'rated', id, helpful }),
    [],
  );

  return useMemo(
    () => ({ view, snapshot, connection, refused, trouble, send, retry, discard, reload, applyState, rated }),
    [view, snapshot, connection, refused, trouble, send, retry, discard, reload, applyState, rated],
  );
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
