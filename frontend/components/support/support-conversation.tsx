'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { ApiProblem, sentenceOf } from '@/lib/api';
import { newUuid } from '@/lib/idempotency';
import { GOES_ON_ELSEWHERE } from '@/lib/link-address';
import { seenThrough } from '@/lib/seen';
import { askForPerson, CONVERSATION_EVENTS, getConversation, sendFeedback, sendMessage } from '@/lib/support-api';
import type { ConversationSnapshot, Receipt, Ticket } from '@/lib/types';
import { type ConversationSource, useLiveConversation } from '@/lib/use-live-conversation';
import { useSeenMarks } from '@/lib/use-seen-marks';
import { Composer } from '../chat/composer';
import { LiveStatus } from '../chat/live-status';
import { Transcript } from '../chat/transcript';
import { ConnectionState } from '../shared/connection-state';
import { HeldBy } from '../shared/held-by';
import { Icon } from '../shared/icon';
import { LinkAddress } from './link-address';
import { ReceiptCard } from './receipt-card';
import { TicketCard } from './ticket-card';
import styles from './support-conversation.module.css';

interface Props {
  token: string;
  /** Set right after submitting; gone after a reload. */
  receipt?: Receipt;
  /** What became of a code, where this page goes on with the token that it was given for it. */
  linked?: string;
  onLinked(token: string, sentence: string): void;
  onStartOver(reason?: string): void;
}

export function SupportConversation({ token, receipt, linked, onLinked, onStartOver }: Props) {
  const [fresh] = useState(receipt !== undefined);
  const source = useMemo<ConversationSource<ConversationSnapshot>>(
    () => ({
      self: 'customer',
      load: (signal) => getConversation(token, signal),
      send: async (text, key) => {
        const accepted = await sendMessage(token, text, key);
        // It was the code for an address: this page goes on with what it was given for that.
        if (accepted.conversation_token) onLinked(accepted.conversation_token, '');
        return accepted;
      },
      events: { url: CONVERSATION_EVENTS, headers: { Authorization: `Bearer ${token}` } },
      fresh,
    }),
    [token, fresh, onLinked],
  );
  const conversation = useLiveConversation(source);
  const { view, snapshot, connection, refused, trouble, applyState, rated } = conversation;
  const { state } = view;
  useSeenMarks(token, seenThrough(view.messages), snapshot?.follow_after);
  const [asking, setAsking] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (refused) onStartOver('Your earlier conversation can no longer be opened here. You can start a new one.');
  }, [refused, onStartOver]);

  const rate = useCallback(
    async (id: string, helpful: boolean) => {
      setProblem(undefined);
      try {
        await sendFeedback(token, id, helpful);
        rated(id, helpful);
      } catch (error) {
        setProblem(sentenceOf(error));
      }
    },
    [token, rated],
  );

  async function talkToPerson(): Promise<void> {
    setAsking(true);
    setProblem(undefined);
    try {
      applyState((await askForPerson(token, newUuid())).state);
    } catch (error) {
      if (error instanceof ApiProblem && (error.status === 401 || error.status === 409)) conversation.reload();
      setProblem(sentenceOf(error));
    } finally {
      setAsking(false);
    }
  }

  function startOver(): void {
    if (window.confirm('Start over? This browser forgets the conversation; our team keeps it.')) onStartOver();
  }

  const elsewhere = state?.goes_on_elsewhere ?? false;
  const withPerson = state !== undefined && state.held_by !== 'assistant';
  const tickets = ticketsOf(snapshot, state?.ticket);

  return (
    <div className={styles.layout} data-receipt={receipt ? '' : undefined}>
      <section className={`card ${styles.chat}`} aria-label="Support chat">
        <header className={styles.head}>
          <div className={styles.who}>
            {elsewhere ? (
              <span className="soft">Earlier conversation</span>
            ) : state ? (
              <HeldBy state={state} />
            ) : (
              <span className="soft">Opening your conversation…</span>
            )}
            <ConnectionState connection={connection} />
          </div>
          <button
            type="button"
            className="button button--small"
            disabled={asking || withPerson || elsewhere}
            aria-busy={asking}
            onClick={() => void talkToPerson()}
          >
            <Icon name="person" size={16} /> Talk to a person
          </button>
        </header>

        <Transcript view={view} onRetry={conversation.retry} onDiscard={conversation.discard} onRate={rate}>
          <LiveStatus working={state?.working ?? false} status={view.status} />
        </Transcript>

        <footer className={styles.foot}>
          {trouble ?? problem ? (
            <p className="alert" role="alert">
              {trouble ?? problem}
            </p>
          ) : null}
          {elsewhere ? (
            <div className="alert alert--info" role="status">
              <p>{GOES_ON_ELSEWHERE}</p>
              <p className={styles.ways}>
                <button type="button" className="button button--small button--primary" onClick={() => setConfirming(true)}>
                  Confirm your address
                </button>{' '}
                <button type="button" className="button button--small" onClick={() => onStartOver()}>
                  Begin a new conversation
                </button>
              </p>
            </div>
          ) : (
            <Composer
              label="Your message"
              placeholder={withPerson ? 'Write to our team…' : 'Ask a question…'}
              onSend={conversation.send}
              disabled={state === undefined}
            />
          )}
        </footer>
      </section>

      <aside className={styles.side} aria-label="Your tickets">
        {receipt ? (
          <div className={styles.receipt}>
            <ReceiptCard receipt={receipt} />
          </div>
        ) : null}
        {tickets
          .filter((ticket) => ticket.id !== receipt?.ticket_id)
          .map((ticket) => (
            <TicketCard key={ticket.id} ticket={ticket} />
          ))}
        <LinkAddress token={token} linked={linked} isOpen={confirming || Boolean(linked)} onLinked={onLinked} />
        <p className={styles.over}>
          <button type="button" className="link" onClick={startOver}>
            Start over
          </button>
        </p>
      </aside>
    </div>
  );
}

/** The state's ticket is newer than the snapshot's list. */
function ticketsOf(snapshot: ConversationSnapshot | undefined, current?: Ticket | null): Ticket[] {
  const listed = snapshot?.tickets ?? [];
  if (!current) return listed;
  return [current, ...listed.filter((ticket) => ticket.id !== current.id)];
}
