'use client';

import Link from 'next/link';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { ApiProblem, sentenceOf } from '@/lib/api';
import { approveArticle, editArticle, getArticle, rejectArticle } from '@/lib/article-api';
import { actOf, ARTICLE_STATUS, articleProblems, isEdited } from '@/lib/articles';
import { conversationPage } from '@/lib/links';
import { formatMoment } from '@/lib/time';
import type { Article, ArticleHistory, OperatorSession } from '@/lib/types';
import { FormField } from '../support/form-field';
import styles from './article-pane.module.css';

interface Props {
  id: string;
  session: OperatorSession;
  onChanged(article: Article): void;
  onExpired(): void;
}

/** One article: its words to mend, and what is to become of it. */
export function ArticlePane({ id, session, onChanged, onExpired }: Props) {
  const [history, setHistory] = useState<ArticleHistory>();
  const [question, setQuestion] = useState('');
  const [answer, setAnswer] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const show = useCallback((loaded: ArticleHistory) => {
    setHistory(loaded);
    setQuestion(loaded.article.question);
    setAnswer(loaded.article.answer);
  }, []);

  const fail = useCallback(
    (error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401) onExpired();
      else setProblem(sentenceOf(error));
    },
    [onExpired],
  );

  useEffect(() => {
    const page = new AbortController();
    getArticle(id, page.signal).then(show, (error: unknown) => {
      if (!page.signal.aborted) fail(error);
    });
    return () => page.abort();
  }, [id, show, fail]);

  async function act(change: (article: Article) => Promise<Article>): Promise<void> {
    if (!history) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const changed = await change(history.article);
      onChanged(changed);
      show(await getArticle(id));
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  }

  function save(event: FormEvent): void {
    event.preventDefault();
    void act((article) => editArticle(article, question.trim(), answer.trim(), session.csrf_token));
  }

  if (!history) {
    return problem ? (
      <p className="alert" role="alert">
        {problem}
      </p>
    ) : (
      <p role="status">Loading…</p>
    );
  }

  const { article, revisions } = history;
  const problems = articleProblems(question, answer);
  const edited = isEdited(article, question, answer);
  const sound = !problems.question && !problems.answer;

  return (
    <section className={`card ${styles.pane}`} aria-label="Article" data-testid="article">
      <p className={styles.facts}>
        <span className={article.status === 'approved' ? 'badge badge--good' : 'badge'}>{ARTICLE_STATUS[article.status]}</span>
        <Link href={conversationPage(article.conversation_id)} prefetch={false}>
          The conversation
        </Link>
      </p>
      {article.status === 'proposed' ? (
        <p className="alert alert--info">
          Read it as a stranger would: names that nobody gave us, places and numbers may still be in it.
        </p>
      ) : null}
      <form className={styles.form} onSubmit={save}>
        <FormField id="article-question" label="Question" error={problems.question}>
          {(attributes) => (
            <textarea {...attributes} dir="auto" rows={2} value={question} onChange={(event) => setQuestion(event.target.value)} />
          )}
        </FormField>
        <FormField id="article-answer" label="Answer" error={problems.answer}>
          {(attributes) => (
            <textarea {...attributes} dir="auto" rows={10} value={answer} onChange={(event) => setAnswer(event.target.value)} />
          )}
        </FormField>
        {problem ? (
          <p className="alert" role="alert">
            {problem}
          </p>
        ) : null}
        <div className={styles.buttons}>
          <button type="submit" className="button button--small" disabled={busy || !edited || !sound}>
            Save
          </button>
          {article.status === 'approved' ? null : (
            <button
              type="button"
              className="button button--small button--primary"
              disabled={busy || edited}
              onClick={() => void act((read) => approveArticle(read, session.csrf_token))}
            >
              Approve
            </button>
          )}
          {article.status === 'rejected' ? null : (
            <button
              type="button"
              className="button button--small"
              disabled={busy || edited}
              onClick={() => void act((read) => rejectArticle(read, session.csrf_token))}
            >
              {article.status === 'approved' ? 'Withdraw' : 'Reject'}
            </button>
          )}
          {edited ? <span className="soft">Save your words before you decide.</span> : null}
        </div>
      </form>
      <details className={styles.history}>
        <summary>{revisions.length === 1 ? '1 revision' : `${revisions.length} revisions`}</summary>
        <ol>
          {revisions.map((revision, index) => (
            <li key={revision.revision} value={revision.revision}>
              {actOf(revision, revisions[index - 1])}, <time dateTime={revision.at}>{formatMoment(revision.at)}</time>
              <details>
                <summary className="soft">As it was then</summary>
                <p className={styles.words} dir="auto">
                  <strong>{revision.question}</strong>
                </p>
                <p className={styles.words} dir="auto">
                  {revision.answer}
                </p>
              </details>
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
