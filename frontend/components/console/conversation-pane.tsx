'use client';

import Link from 'next/link';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { ApiProblem, sentenceOf } from '@/lib/api';
import { customerName } from '@/lib/customer';
import { newUuid } from '@/lib/idempotency';
import { conversationPage } from '@/lib/links';
import { addNote, claim, conversationPath, getOperatorConversation, handBack, reply, resolve } from '@/lib/operator-api';
import type { ConversationState, OperatorSession, OperatorSnapshot } from '@/lib/types';
import { type ConversationSource, useLiveConversation } from '@/lib/use-live-conversation';
import { LiveStatus } from '../chat/live-status';
import { Transcript } from '../chat/transcript';
import { ConnectionState } from '../shared/connection-state';
import { HeldBy } from '../shared/held-by';
import { Icon } from '../shared/icon';
import { ConversationFacts } from './conversation-facts';
import { CustomerAddresses } from './customer-addresses';
import { MergePanel } from './merge-panel';
import { OperatorComposer } from './operator-composer';
import { ResolveForm } from './resolve-form';
import styles from './conversation-pane.module.css';

interface Props {
  id: string;
  session: OperatorSession;
  onClose(): void;
  /** The queue may look different now. */
  onChanged(): void;
  onExpired(): void;
}

export function ConversationPane({ id, session, onClose, onChanged, onExpired }: Props) {
  const csrf = session.csrf_token;
  const source = useMemo<ConversationSource<OperatorSnapshot>>(
    () => ({
      self: 'operator',
      load: (signal) => getOperatorConversation(id, signal),
      send: (text, key) => reply(id, text, key, csrf),
      events: { url: `${conversationPath(id)}/events` },
      reloadOnState: true,
    }),
    [id, csrf],
  );
  const live = useLiveConversation(source);
  const { view, snapshot, refused, applyState, reload } = live;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [resolving, setResolving] = useState(false);
  const [merging, setMerging] = useState(false);

  useEffect(() => {
    if (refused?.status === 401) onExpired();
  }, [refused, onExpired]);

  /** Runs one of the operator's acts; true when it was done. */
  const act = useCallback(
    async (work: () => Promise<{ state: ConversationState } | unknown>): Promise<boolean> => {
      setBusy(true);
      setProblem(undefined);
      try {
        const answer = await work();
        if (hasState(answer)) applyState(answer.state);
        onChanged();
        return true;
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 401) onExpired();
        if (error instanceof ApiProblem && error.status === 409) reload();
        setProblem(sentenceOf(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [applyState, reload, onChanged, onExpired],
  );

  if (refused) {
    return (
      <section className={styles.gone}>
        <p>This conversation does not exist any more.</p>
        <button type="button" className="button" onClick={onClose}>
          Back to the queue
        </button>
      </section>
    );
  }
  if (!snapshot || !view.state) {
    return (
      <section className={styles.gone}>
        <p role="status">{live.trouble ?? 'Opening…'}</p>
      </section>
    );
  }

  const state = view.state;
  const mine = state.held_by === 'operator' && state.operator === session.operator.name;
  const taken = state.held_by === 'operator' && !mine;

  return (
    <section className={styles.pane} aria-label="Conversation with a customer">
      <header className={styles.head}>
        <button type="button" className={`button button--small ${styles.back}`} onClick={onClose}>
          <Icon name="back" size={16} /> Queue
        </button>
        <div className={styles.who}>
          <h1 className={styles.customer} dir="auto">
            {customerName(snapshot.customer)}
          </h1>
          <CustomerAddresses customer={snapshot.customer} />
        </div>
        <div className={styles.holder}>
          <HeldBy state={state} />
          <ConnectionState connection={live.connection} />
        </div>
        <div className={styles.actions}>
          {mine ? (
            <button
              type="button"
              className="button button--small"
              disabled={busy}
              onClick={() => void act(() => handBack(id, csrf))}
            >
              <Icon name="assistant" size={16} /> Hand back
            </button>
          ) : (
            <button
              type="button"
              className="button button--small button--primary"
              disabled={busy}
              onClick={() => void act(() => claim(id, csrf, taken))}
            >
              <Icon name="person" size={16} /> {taken ? `Take over from ${state.operator ?? 'the holder'}` : 'Take over'}
            </button>
          )}
          <button
            type="button"
            className="button button--small"
            disabled={busy || taken}
            aria-expanded={resolving}
            onClick={() => setResolving((open) => !open)}
          >
            <Icon name="check" size={16} /> Resolve
          </button>
          <button type="button" className="button button--small" aria-expanded={merging} onClick={() => setMerging((open) => !open)}>
            Merge…
          </button>
        </div>
      </header>

      {resolving ? (
        <ResolveForm
          busy={busy}
          onCancel={() => setResolving(false)}
          onResolve={async (notes) => {
            if (await act(() => resolve(id, notes, csrf))) setResolving(false);
          }}
        />
      ) : null}

      {merging ? (
        <MergePanel
          customer={snapshot.customer}
          csrfToken={csrf}
          onCancel={() => setMerging(false)}
          onChanged={() => {
            reload();
            onChanged();
          }}
        />
      ) : null}

      {snapshot.customer.merged_into ? (
        <p className="alert alert--info" role="status">
          This customer was merged into another one: new messages arrive{' '}
          <Link href={conversationPage(snapshot.customer.merged_into)} scroll={false} prefetch={false}>
            there
          </Link>
          .
        </p>
      ) : null}

      <ConversationFacts snapshot={snapshot} />

      <Transcript view={view} onRetry={live.retry} onDiscard={live.discard}>
        <LiveStatus working={state.working} status={view.status} />
      </Transcript>

      <footer className={styles.foot}>
        {taken ? (
          <p className="alert alert--info" role="status">
            {state.operator ?? 'Someone else'} has this conversation. You can still leave a private note.
          </p>
        ) : null}
        {problem && !taken ? (
          <p className="alert" role="alert">
            {problem}
          </p>
        ) : null}
        <OperatorComposer
          canReply={mine}
          onReply={live.send}
          onNote={(text) => act(() => addNote(id, text, newUuid(), csrf))}
        />
      </footer>
    </section>
  );
}

function hasState(answer: unknown): answer is { state: ConversationState } {
  return typeof answer === 'object' && answer !== null && 'state' in answer;
}
