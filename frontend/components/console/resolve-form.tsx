'use client';

import { useState, type FormEvent } from 'react';
import { FormField } from '../support/form-field';
import styles from './resolve-form.module.css';

interface Props {
  busy: boolean;
  onResolve(notes: string): Promise<void>;
  onCancel(): void;
}

export function ResolveForm({ busy, onResolve, onCancel }: Props) {
  const [notes, setNotes] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    void onResolve(notes.trim());
  }

  return (
    <form className={styles.resolve} onSubmit={submit} aria-label="Resolve">
      <FormField id="resolution-notes" label="Resolution notes">
        {(attributes) => (
          <textarea
            {...attributes}
            dir="auto"
            rows={2}
            autoFocus
            placeholder="What solved it? The next person who has this question will thank you."
            value={notes}
            onChange={(event) => setNotes(event.target.value)}
          />
        )}
      </FormField>
      <div className={styles.buttons}>
        <button type="submit" className="button button--small button--primary" disabled={busy}>
          Mark as resolved
        </button>
        <button type="button" className="button button--small" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
