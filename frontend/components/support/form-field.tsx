'use client';

import type { ReactNode } from 'react';
import styles from './form-field.module.css';

interface Props {
  id: string;
  label: string;
  error?: string;
  hint?: ReactNode;
  /** Given the attributes that tie the control to its label, hint and error. */
  children(attributes: {
    id: string;
    'aria-invalid': boolean;
    'aria-describedby': string | undefined;
  }): ReactNode;
}

export function FormField({ id, label, error, hint, children }: Props) {
  const errorId = `${id}-error`;
  const hintId = `${id}-hint`;
  const describedBy = [error ? errorId : '', hint ? hintId : ''].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': describedBy || undefined,
      })}
      <div className={styles.below}>
        {error ? (
          <p id={errorId} className={styles.error}>
            {error}
          </p>
        ) : (
          <span />
        )}
        {hint ? (
          <span id={hintId} className={styles.hint}>
            {hint}
          </span>
        ) : null}
      </div>
    </div>
  );
}
