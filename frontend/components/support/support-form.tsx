'use client';

import { useRef, useState, type ChangeEvent, type FormEvent } from 'react';
import { ApiProblem, sentenceOf } from '@/lib/api';
import { attemptFor, type Attempt } from '@/lib/idempotency';
import { submitRequest } from '@/lib/support-api';
import type { Receipt, SupportRequest } from '@/lib/types';
import {
  CATEGORIES,
  type Field,
  type FieldErrors,
  FIELDS,
  MESSAGE_MAX,
  placeServerErrors,
  PRIORITIES,
  validateField,
  validateRequest,
} from '@/lib/validation';
import { FormField } from './form-field';
import styles from './support-form.module.css';

type Values = Record<Field, string>;

const EMPTY: Values = {
  name: '',
  email: '',
  subject: '',
  category: 'general',
  priority: 'medium',
  message: '',
};

export function SupportForm({ onSubmitted }: { onSubmitted(receipt: Receipt): void }) {
  const [values, setValues] = useState(EMPTY);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<string>();
  const [submitting, setSubmitting] = useState(false);
  const attempt = useRef<Attempt>(undefined);
  const form = useRef<HTMLFormElement>(null);

  function change(event: ChangeEvent<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>): void {
    const field = event.target.name as Field;
    const value = event.target.value;
    setValues((current) => ({ ...current, [field]: value }));
    // An error goes away as soon as it is mended; a new one waits until the field is left.
    if (errors[field] !== undefined) {
      setErrors((current) => ({ ...current, [field]: validateField(field, value) }));
    }
  }

  function check(field: Field): void {
    if (values[field] === '') return; // Passing by an empty field is not a mistake yet.
    setErrors((current) => ({ ...current, [field]: validateField(field, values[field]) }));
  }

  function showErrors(found: FieldErrors): void {
    setErrors(found);
    const first = FIELDS.find((field) => found[field] !== undefined);
    const control = first ? form.current?.elements.namedItem(first) : undefined;
    if (control instanceof HTMLElement) control.focus();
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (submitting) return;
    setProblem(undefined);

    const found = validateRequest(values);
    if (Object.keys(found).length > 0) {
      showErrors(found);
      return;
    }

    const request = Object.fromEntries(
      FIELDS.map((field) => [field, values[field].trim()]),
    ) as unknown as SupportRequest;
    attempt.current = attemptFor(attempt.current, request);
    setSubmitting(true);
    try {
      onSubmitted(await submitRequest(request, attempt.current.key));
    } catch (error) {
      setSubmitting(false);
      if (!(error instanceof ApiProblem) || Object.keys(error.errors).length === 0) {
        setProblem(sentenceOf(error));
        return;
      }
      const { fields, others } = placeServerErrors(error.errors);
      if (others.length > 0) setProblem(others.join(' '));
      showErrors(fields);
    }
  }

  const length = values.message.trim().length;

  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate aria-label="Support request">
      <FormField id="name" label="Name" error={errors.name}>
        {(attributes) => (
          <input
            {...attributes}
            name="name"
            autoComplete="name"
            dir="auto"
            required
            value={values.name}
            onChange={change}
            onBlur={() => check('name')}
          />
        )}
      </FormField>
      <FormField id="email" label="Email" error={errors.email}>
        {(attributes) => (
          <input
            {...attributes}
            name="email"
            type="email"
            autoComplete="email"
            required
            value={values.email}
            onChange={change}
            onBlur={() => check('email')}
          />
        )}
      </FormField>
      <div className={styles.wide}>
        <FormField id="subject" label="Subject" error={errors.subject}>
          {(attributes) => (
            <input
              {...attributes}
              name="subject"
              dir="auto"
              required
              value={values.subject}
              onChange={change}
              onBlur={() => check('subject')}
            />
          )}
        </FormField>
      </div>
      <FormField id="category" label="Category" error={errors.category}>
        {(attributes) => (
          <select {...attributes} name="category" value={values.category} onChange={change}>
            {Object.entries(CATEGORIES).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField id="priority" label="Priority" error={errors.priority}>
        {(attributes) => (
          <select {...attributes} name="priority" value={values.priority} onChange={change}>
            {Object.entries(PRIORITIES).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <div className={styles.wide}>
        <FormField
          id="message"
          label="Message"
          error={errors.message}
          hint={`${length.toLocaleString('en')} / ${MESSAGE_MAX.toLocaleString('en')}`}
        >
          {(attributes) => (
            <textarea
              {...attributes}
              name="message"
              dir="auto"
              rows={6}
              required
              value={values.message}
              onChange={change}
              onBlur={() => check('message')}
            />
          )}
        </FormField>
      </div>
      <div className={styles.submit}>
        {problem ? (
          <p className="alert" role="alert">
            {problem}
          </p>
        ) : null}
        <button type="submit" className="button button--primary" disabled={submitting} aria-busy={submitting}>
          {submitting ? 'Sending…' : 'Send request'}
        </button>
      </div>
    </form>
  );
}
