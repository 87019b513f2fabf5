'use client';

import { useCallback, useEffect, useState } from 'react';
import { ApiProblem, sentenceOf } from '@/lib/api';
import { listArticles } from '@/lib/article-api';
import { formatMoment } from '@/lib/time';
import type { Article, ArticleStatus, OperatorSession } from '@/lib/types';
import { ArticlePane } from './article-pane';
import styles from './article-list.module.css';

interface Props {
  status: ArticleStatus;
  session: OperatorSession;
  onExpired(): void;
}

const NONE: Record<ArticleStatus, string> = {
  proposed: 'Nothing is proposed. What operators answer in resolved tickets is proposed here within a minute.',
  approved: 'Nothing is approved yet.',
  rejected: 'Nothing was rejected.',
};

/** Articles that stand alike, and the chosen one to read and decide. */
export function ArticleList({ status, session, onExpired }: Props) {
  const [articles, setArticles] = useState<Article[]>();
  const [cursor, setCursor] = useState<string | null>();
  const [chosen, setChosen] = useState<string>();
  const [problem, setProblem] = useState<string>();

  const fail = useCallback(
    (error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401) onExpired();
      else setProblem(sentenceOf(error));
    },
    [onExpired],
  );

  useEffect(() => {
    const page = new AbortController();
    listArticles(status, undefined, page.signal).then(
      (first) => {
        setArticles(first.articles);
        setCursor(first.cursor);
      },
      (error: unknown) => {
        if (!page.signal.aborted) fail(error);
      },
    );
    return () => page.abort();
  }, [status, fail]);

  async function more(): Promise<void> {
    setProblem(undefined);
    try {
      const next = await listArticles(status, cursor);
      setArticles((known) => [...(known ?? []), ...next.articles]);
      setCursor(next.cursor);
    } catch (error) {
      fail(error);
    }
  }

  const onChanged = useCallback(
    (changed: Article) => {
      // What was decided stands in another list from now on.
      setArticles((known) =>
        changed.status === status
          ? known?.map((article) => (article.id === changed.id ? changed : article))
          : known?.filter((article) => article.id !== changed.id),
      );
      if (changed.status !== status) setChosen(undefined);
    },
    [status],
  );

  return (
    <div className={styles.layout}>
      <nav aria-label="Articles" className={styles.side}>
        {problem ? (
          <p className="alert" role="alert">
            {problem}
          </p>
        ) : null}
        <ul className={styles.list} data-testid="articles" aria-busy={articles === undefined}>
          {articles?.map((article) => (
            <li key={article.id}>
              <button
                type="button"
                className={styles.item}
                data-testid="article-item"
                aria-current={article.id === chosen}
                onClick={() => setChosen(article.id)}
              >
                <span className={styles.question} dir="auto">
                  {article.question}
                </span>
                <span className="soft">
                  {article.changed_by ? `${article.changed_by}, ` : ''}
                  {formatMoment(article.changed_at)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {articles?.length === 0 ? <p className="soft">{NONE[status]}</p> : null}
        {cursor ? (
          <button type="button" className="button button--small" onClick={() => void more()}>
            Show more
          </button>
        ) : null}
      </nav>
      {chosen ? (
        <ArticlePane key={chosen} id={chosen} session={session} onChanged={onChanged} onExpired={onExpired} />
      ) : null}
    </div>
  );
}
