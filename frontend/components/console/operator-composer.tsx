'use client';

import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import styles from './operator-composer.module.css';

interface Props {
  canReply: boolean;
  onReply(text: string): void;
  /** Answers whether the note was kept. */
  onNote(text: string): Promise<boolean>;
}

/** A reply goes to the customer and a note never does, so the two look different and are sent apart. */
export function OperatorComposer({ canReply, onReply, onNote }: Props) {
  const [noting, setNoting] = useState(false);
  const [texts, setTexts] = useState({ reply: '', note: '' });
  const [saving, setSaving] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);

  // Having taken the conversation over, an operator wants to write.
  const couldReply = useRef(canReply);
  useEffect(() => {
    if (canReply && !couldReply.current) box.current?.focus();
    couldReply.current = canReply;
  }, [canReply]);

  const kind = noting ? 'note' : 'reply';
  const text = texts[kind];
  const blocked = saving || text.trim() === '' || (!noting && !canReply);

  function write(next: string): void {
    setTexts((current) => ({ ...current, [kind]: next }));
  }

  async function send(): Promise<void> {
    if (blocked) return;
    if (!noting) {
      onReply(text.trim());
      write('');
      return;
    }
    setSaving(true);
    if (await onNote(text.trim())) setTexts((current) => ({ ...current, note: '' }));
    setSaving(false);
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    void send();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape') box.current?.blur(); // Back to j and k.
  }

  return (
    <form className={styles.composer} data-kind={kind} onSubmit={onSubmit}>
      <div className={styles.tabs} role="group" aria-label="Write a">
        <button type="button" aria-pressed={!noting} onClick={() => setNoting(false)}>
          Reply
        </button>
        <button type="button" aria-pressed={noting} onClick={() => setNoting(true)}>
          Private note
        </button>
      </div>
      <textarea
        ref={box}
        className={styles.box}
        aria-label={noting ? 'Private note' : 'Reply to the customer'}
        placeholder={placeholderFor(noting, canReply)}
        disabled={!noting && !canReply}
        dir="auto"
        rows={2}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className={styles.send}>
        <span className={styles.hint}>
          <kbd>Ctrl</kbd>+<kbd>Enter</kbd> sends
        </span>
        <button type="submit" className="button button--small button--primary" disabled={blocked}>
          {noting ? 'Add note' : 'Send reply'}
        </button>
      </div>
    </form>
  );
}

function placeholderFor(noting: boolean, canReply: boolean): string {
  if (noting) return 'Only your team sees this…';
  return canReply ? 'Write to the customer…' : 'Take the conversation over to reply.';
}
