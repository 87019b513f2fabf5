'use client';

import { useState, type FormEvent } from 'react';
import { FormField } from '../support/form-field';
import styles from './sign-in.module.css';

interface Props {
  problem?: string;
  onSignIn(key: string): Promise<void>;
}

export function SignIn({ problem, onSignIn }: Props) {
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (key.trim() === '' || busy) return;
    setBusy(true);
    await onSignIn(key.trim());
    setBusy(false);
    setKey('');
  }

  return (
    <form className={`card ${styles.signIn}`} onSubmit={submit} noValidate>
      <h1>Sign in</h1>
      <p className="soft">For the people who answer. Your key was shown when you were added as an operator.</p>
      {problem ? (
        <p className="alert" role="alert">
          {problem}
        </p>
      ) : null}
      <FormField id="operator-key" label="Operator key">
        {(attributes) => (
          <input
            {...attributes}
            type="password"
            autoComplete="current-password"
            autoFocus
            required
            value={key}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </FormField>
      <button type="submit" className="button button--primary" disabled={busy} aria-busy={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </button>
    </form>
  );
}
