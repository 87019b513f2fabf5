import type { Article, ArticleRevision, ArticleStatus, Gap } from './types';

/** The silo's own limits, so that the page says it first. */
const QUESTION_SHORTEST = 5;
const QUESTION_LONGEST = 300;
const ANSWER_SHORTEST = 10;
const ANSWER_LONGEST = 5_000;

export const ARTICLE_STATUS: Record<ArticleStatus, string> = {
  proposed: 'Proposed',
  approved: 'Approved',
  rejected: 'Rejected',
};

/** What stands between an article's words and being sent. */
export function articleProblems(question: string, answer: string): { question?: string; answer?: string } {
  return {
    question: lengthProblem('The question', question, QUESTION_SHORTEST, QUESTION_LONGEST),
    answer: lengthProblem('The answer', answer, ANSWER_SHORTEST, ANSWER_LONGEST),
  };
}

function lengthProblem(what: string, text: string, shortest: number, longest: number): string | undefined {
  const { length } = text.trim();
  if (length < shortest) return `${what} needs at least ${shortest} characters.`;
  return length > longest ? `${what} may have ${longest.toLocaleString('en')} characters, and has ${length.toLocaleString('en')}.` : undefined;
}

export function isEdited(article: Article, question: string, answer: string): boolean {
  return question.trim() !== article.question || answer.trim() !== article.answer;
}

/** What was done in one act, seen from the one before. */
export function actOf(revision: ArticleRevision, before: ArticleRevision | undefined): string {
  if (!before || !revision.by) return 'Proposed from a resolved ticket';
  const edited = revision.question !== before.question || revision.answer !== before.answer;
  if (revision.status === before.status) return edited ? `Edited by ${revision.by}` : `Kept by ${revision.by}`;
  const decided = `${ARTICLE_STATUS[revision.status] ?? revision.status} by ${revision.by}`;
  return edited ? `${decided}, with other words` : decided;
}

/** What a gap is about; where too few asked for words of theirs to be kept, how many did. */
export function gapTitle(gap: Gap): string {
  return gap.terms.length > 0 ? gap.terms.join(' · ') : gap.customers === 1 ? 'Asked by one customer' : `Asked by ${gap.customers} customers`;
}

export function gapCount(gap: Gap): string {
  const customers = gap.customers === 1 ? '1 customer' : `${gap.customers} customers`;
  return gap.messages === gap.customers ? customers : `${customers}, ${gap.messages} messages`;
}

/** Gaps day by day, in the order in which they came. */
export function gapsByDay(gaps: readonly Gap[]): { day: string; gaps: Gap[] }[] {
  const days: { day: string; gaps: Gap[] }[] = [];
  for (const gap of gaps) {
    const last = days[days.length - 1];
    if (last?.day === gap.day) last.gaps.push(gap);
    else days.push({ day: gap.day, gaps: [gap] });
  }
  return days;
}
