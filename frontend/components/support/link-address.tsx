'use client';

import { useEffect, useRef, useState, type FormEvent } from 'react';
import { ApiProblem, sentenceOf } from '@/lib/api';
import { type Address, outcomeSentence, readAddress, readCode } from '@/lib/link-address';
import { askForCode, giveCode } from '@/lib/support-api';
import { FormField } from './form-field';
import styles from './link-address.module.css';

interface Props {
  token: string;
  /** What became of a code that led here. */
  linked?: string;
  /** Whether it is open from now on. */
  isOpen?: boolean;
  /** The address is theirs: the page goes on with this token. */
  onLinked(token: string, sentence: string): void;
}

/** "Is this you on another channel?": an address, then the code that was sent there. */
export function LinkAddress({ token, linked, isOpen, onLinked }: Props) {
  const [address, setAddress] = useState<Address>();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [done, setDone] = useState<string | undefined>(linked || undefined);
  const details = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    if (isOpen && details.current) details.current.open = true;
  }, [isOpen]);

  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      const tooMany = failure instanceof ApiProblem && failure.status === 429;
      setError(tooMany ? 'No more codes can be sent there now. Please try again in an hour.' : sentenceOf(failure));
    } finally {
      setBusy(false);
    }
  }

  function ask(event: FormEvent): void {
    event.preventDefault();
    const read = readAddress(text);
    if (typeof read === 'string') {
      setError(read);
      return;
    }
    void run(async () => {
      await askForCode(token, read.kind, read.value);
      setAddress(read);
      setText('');
      setDone(undefined);
    });
  }

  function verify(event: FormEvent): void {
    event.preventDefault();
    const code = readCode(text);
    if (code === undefined || !address) {
      setError('The code has six digits.');
      return;
    }
    void run(async () => {
      const { outcome, conversation_token: next } = await giveCode(token, code);
      const sentence = outcomeSentence(outcome, address.value);
      if (outcome === 'wrong') {
        setError(sentence);
        return;
      }
      if (next && next !== token) {
        onLinked(next, sentence);
        return;
      }
      setDone(sentence);
      startAgain();
    });
  }

  function startAgain(): void {
    setAddress(undefined);
    setText('');
    setError(undefined);
  }

  return (
    <details className={styles.link} ref={details}>
      <summary>Is this you on another channel?</summary>
      <p className="soft">Link your email or phone, and it is all one conversation.</p>
      {done ? (
        <p className="alert alert--info" role="status">
          {done}
        </p>
      ) : null}
      {address === undefined ? (
        <form className={styles.form} onSubmit={ask} noValidate>
          <FormField id="link-address" label="Email or phone" error={error}>
            {(attributes) => (
              <input
                {...attributes}
                dir="auto"
                autoComplete="email"
                maxLength={320}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </FormField>
          <button type="submit" className="button button--small" disabled={busy} aria-busy={busy}>
            Send a code
          </button>
        </form>
      ) : (
        <form className={styles.form} onSubmit={verify} noValidate>
          <FormField id="link-code" label="Code" error={error} hint={`Sent to ${address.value}`}>
            {(attributes) => (
              <input
                {...attributes}
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={12}
                autoFocus
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </FormField>
          <div className={styles.buttons}>
            <button type="submit" className="button button--small button--primary" disabled={busy} aria-busy={busy}>
              Link it
            </button>
            <button type="button" className="button button--small" onClick={startAgain}>
              Another address
            </button>
          </div>
        </form>
      )}
    </details>
  );
}
