/**
 * Committed text is replayed word by word. Whole words, because cutting inside one would break
 * joined scripts such as Arabic; a bound, because nobody should wait for a long answer twice.
 */
const WORD_MS = 28;
const LONGEST_REPLAY_MS = 2_200;

export function replayDuration(text: string): number {
  return Math.min(LONGEST_REPLAY_MS, wordEnds(text).length * WORD_MS);
}

/** How many characters are visible after this share (0–1) of the replay. */
export function visibleLength(text: string, share: number): number {
  if (share >= 1) return text.length;
  const ends = wordEnds(text);
  const words = Math.floor(Math.max(share, 0) * ends.length);
  return words === 0 ? 0 : (ends[words - 1] ?? text.length);
}

function wordEnds(text: string): number[] {
  return Array.from(text.matchAll(/\S+/g), (word) => word.index + word[0].length);
}
