import { call } from './api';
import type { Article, ArticleHistory, ArticlePage, ArticleStatus, GapPage } from './types';

const PAGE_SIZE = 50;

/** For how many days gaps are shown. */
export const GAP_DAYS = 14;

export function listArticles(status: ArticleStatus, cursor?: string | null, signal?: AbortSignal) {
  const query = new URLSearchParams({ status, limit: String(PAGE_SIZE) });
  if (cursor) query.set('cursor', cursor);
  return call<ArticlePage>(`/api/articles?${query}`, { signal });
}

function articlePath(id: string): string {
  return `/api/articles/${encodeURIComponent(id)}`;
}

export function getArticle(id: string, signal?: AbortSignal) {
  return call<ArticleHistory>(articlePath(id), { signal });
}

export function editArticle(article: Article, question: string, answer: string, csrfToken: string) {
  return call<Article>(articlePath(article.id), {
    method: 'PUT',
    body: { question, answer, revision: article.revision },
    csrfToken,
  });
}

export function approveArticle(article: Article, csrfToken: string) {
  return call<Article>(`${articlePath(article.id)}/approval`, {
    method: 'PUT',
    body: { revision: article.revision },
    csrfToken,
  });
}

export function rejectArticle(article: Article, csrfToken: string) {
  return call<Article>(`${articlePath(article.id)}/approval?revision=${article.revision}`, {
    method: 'DELETE',
    csrfToken,
  });
}

export function listGaps(cursor?: string | null, signal?: AbortSignal) {
  const query = new URLSearchParams({ days: String(GAP_DAYS), limit: String(PAGE_SIZE) });
  if (cursor) query.set('cursor', cursor);
  return call<GapPage>(`/api/gaps?${query}`, { signal });
}
