import assert from 'node:assert/strict';
import test from 'node:test';
import { actOf, articleProblems, gapCount, gapsByDay, gapTitle, isEdited } from '../lib/articles';
import type { Article, ArticleRevision, Gap } from '../lib/types';

const article: Article = {
  id: '0198c7d2a1b47e0f9c3d5e6f708192a3',
  question: 'How do I move a board?',
  answer: 'Open its menu and choose Move.',
  status: 'proposed',
  revision: 1,
  ticket_id: '01HZX3V9Q8N7M6K5J4H3G2F1E0',
  conversation_id: '0198c7d2a1b47e0f9c3d5e6f708192a4',
  proposed_at: '2026-03-03T09:00:00Z',
  changed_at: '2026-03-03T09:00:00Z',
};

const revision = (number: number, change: Partial<ArticleRevision> = {}): ArticleRevision => ({
  revision: number,
  question: article.question,
  answer: article.answer,
  status: 'proposed',
  at: article.proposed_at,
  ...change,
});

const gap = (change: Partial<Gap> = {}): Gap => ({ day: '2026-03-03', terms: [], customers: 1, messages: 1, examples: [], ...change });

test('Words that are too short or too long are told before they are sent', () => {
  assert.deepEqual(articleProblems(article.question, article.answer), { question: undefined, answer: undefined });
  assert.equal(articleProblems('  Why?  ', article.answer).question, 'The question needs at least 5 characters.');
  assert.equal(articleProblems(article.question, 'No.').answer, 'The answer needs at least 10 characters.');
  assert.equal(articleProblems('x'.repeat(301), article.answer).question, 'The question may have 300 characters, and has 301.');
  assert.equal(articleProblems(article.question, 'x'.repeat(5_001)).answer, 'The answer may have 5,000 characters, and has 5,001.');
});

test('Spaces around the words are no edit', () => {
  assert.equal(isEdited(article, ` ${article.question}\n`, article.answer), false);
  assert.equal(isEdited(article, article.question, 'Drag it.'), true);
});

test('Each revision says what was done and by whom', () => {
  const proposed = revision(1);
  const edited = revision(2, { answer: 'Drag it.', by: 'Ana' });
  const approved = revision(3, { answer: 'Drag it.', by: 'Ben', status: 'approved' });
  const both = revision(4, { answer: 'Drop it.', by: 'Ana', status: 'rejected' });
  assert.deepEqual(
    [actOf(proposed, undefined), actOf(edited, proposed), actOf(approved, edited), actOf(both, approved)],
    ['Proposed from a resolved ticket', 'Edited by Ana', 'Approved by Ben', 'Rejected by Ana, with other words'],
  );
});

test('A gap is called by what several customers said, else by how many asked', () => {
  assert.equal(gapTitle(gap({ terms: ['dark', 'theme'], customers: 4 })), 'dark · theme');
  assert.equal(gapTitle(gap({ customers: 2 })), 'Asked by 2 customers');
  assert.equal(gapTitle(gap()), 'Asked by one customer');
  assert.equal(gapCount(gap()), '1 customer');
  assert.equal(gapCount(gap({ customers: 3, messages: 5 })), '3 customers, 5 messages');
});

test('Gaps are shown day by day in their order', () => {
  const days = gapsByDay([gap({ day: '2026-03-03', customers: 3 }), gap({ day: '2026-03-03' }), gap({ day: '2026-03-02' })]);
  assert.deepEqual(days.map(({ day, gaps }) => [day, gaps.length]), [['2026-03-03', 2], ['2026-03-02', 1]]);
  assert.deepEqual(gapsByDay([]), []);
});
