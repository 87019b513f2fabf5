'use client';

import Link from 'next/link';
import { useRef, useState } from 'react';
import { sentenceOf } from '@/lib/api';
import { attemptFor, newUuid, type Attempt } from '@/lib/idempotency';
import { askForPerson, startConversation } from '@/lib/support-api';
import type { Receipt } from '@/lib/types';
import { Composer } from '../chat/composer';
import { Icon } from '../shared/icon';
import { SupportForm } from './support-form';
import styles from './support-start.module.css';

/** Said in the customer's name when the first thing they do is press the button. */
const ASK_FOR_PERSON = 'I would like to talk to a person.';

interface Props {
  notice?: string;
  onStarted(receipt: Receipt): void;
}

export function SupportStart({ notice, onStarted }: Props) {
  const [mode, setMode] = useState<'form' | 'chat'>('form');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const attempt = useRef<Attempt>(undefined);

  async function start(text: string, forPerson: boolean): Promise<boolean> {
    setBusy(true);
    setProblem(undefined);
    attempt.current = attemptFor(attempt.current, { text });
    try {
      const receipt = await startConversation(text, attempt.current.key);
      if (forPerson) {
        // The wish is also written in the message: should this call fail, the rules still see it.
        await askForPerson(receipt.conversation_token, newUuid()).catch(() => undefined);
      }
      onStarted(receipt);
      return true;
    } catch (error) {
      setProblem(sentenceOf(error));
      setBusy(false);
      return false;
    }
  }

  return (
    <>
      <section className={styles.hero}>
        <h1 className={styles.title}>How can we help?</h1>
        <p className={styles.lead}>
          Our assistant answers from the documentation and shows its sources. A person is one click away.
        </p>
        {notice ? (
          <p className="alert alert--info" role="status">
            {notice}
          </p>
        ) : null}
      </section>

      <div className={styles.choices}>
        {mode === 'form' ? (
          <button type="button" className="button" onClick={() => setMode('chat')}>
            <Icon name="chat" /> Just chat
          </button>
        ) : (
          <button type="button" className="button" onClick={() => setMode('form')}>
            <Icon name="ticket" /> Fill in the form
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void start(ASK_FOR_PERSON, true)}
        >
          <Icon name="person" /> Talk to a person
        </button>
        {problem ? (
          <p className="alert" role="alert">
            {problem}
          </p>
        ) : null}
      </div>

      {mode === 'form' ? (
        <section className={`card ${styles.panel}`} aria-labelledby="form-title">
          <h2 id="form-title">Send us a request</h2>
          <p className="soft">
            You get a ticket id at once, and the answer appears here while you watch.
          </p>
          <SupportForm onSubmitted={onStarted} />
        </section>
      ) : (
        <section className={`card ${styles.panel}`} aria-labelledby="chat-title">
          <h2 id="chat-title">Ask right away</h2>
          <p className="soft">Write your question; no name or address needed.</p>
          <Composer
            label="Your message"
            placeholder="For example: how do I reset my password?"
            onSend={(text) => start(text, false)}
            disabled={busy}
            autoFocus
          />
        </section>
      )}

      <p className={styles.lookup}>
        Already have a ticket? <Link href="/ticket/" prefetch={false}>Look up its status</Link>
      </p>
    </>
  );
}
