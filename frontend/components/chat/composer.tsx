'use client';

import { useId, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { MESSAGE_MAX } from '@/lib/validation';
import { Icon } from '../shared/icon';
import styles from './composer.module.css';

interface Props {
  label: string;
  placeholder: string;
  /** May answer false when nothing was sent: the text then comes back. */
  onSend(text: string): void | Promise<boolean>;
  disabled?: boolean;
  autoFocus?: boolean;
}

export function Composer({ label, placeholder, onSend, disabled = false, autoFocus = false }: Props) {
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const over = text.trim().length - MESSAGE_MAX;

  function send(): void {
    const trimmed = text.trim();
    if (trimmed === '' || disabled || over > 0) return;
    setText('');
    box.current?.focus();
    void Promise.resolve(onSend(trimmed)).then((sent) => {
      if (sent === false) setText((current) => current || trimmed);
    });
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    send();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Enter also confirms a word in Japanese, Chinese and Korean input: that is not "send".
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form className={styles.composer} onSubmit={onSubmit}>
      <textarea
        ref={box}
        className={styles.box}
        aria-label={label}
        aria-describedby={hint}
        placeholder={placeholder}
        value={text}
        dir="auto"
        rows={1}
        autoFocus={autoFocus}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <button
        type="submit"
        className="button button--primary"
        disabled={disabled || text.trim() === '' || over > 0}
      >
        <span>Send</span>
        <Icon name="send" size={16} />
      </button>
      <p id={hint} className={styles.hint} data-over={over > 0 || undefined}>
        {over > 0
          ? `Shorten this by ${over.toLocaleString('en')} characters.`
          : 'Enter sends, Shift+Enter starts a new line.'}
      </p>
    </form>
  );
}
