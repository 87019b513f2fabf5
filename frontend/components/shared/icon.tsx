const PATHS = {
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8a7 7 0 0 1 14 0',
  assistant: 'M12 3v3M6 9h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-6a2 2 0 0 1 2-2Zm3 4v2m6-2v2',
  send: 'M4 12h15m0 0-6-6m6 6-6 6',
  chat: 'M4 5h16v11H9l-5 4V5Z',
  document: 'M7 3h7l4 4v14H7V3Zm7 0v4h4M10 12h5m-5 4h5',
  ticket: 'M4 7h16v3a2 2 0 0 0 0 4v3H4v-3a2 2 0 0 0 0-4V7Zm10 0v10',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  alert: 'M12 4 2.5 20h19L12 4Zm0 6v4m0 3v.01',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3 2',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2h-15L6 16Zm4 4h4',
  back: 'M19 12H5m0 0 6-6m-6 6 6 6',
  clip: 'm19 11-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.2a3 3 0 0 1 4.2 4.2L9.5 16a1.5 1.5 0 0 1-2.1-2.1L14 7.3',
  checks: 'm2.5 12.5 4 4L15 8m-4.5 7.5 1 1L21 7',
  note: 'M5 4h14v10l-6 6H5V4Zm14 10h-6v6',
  good: 'M7 11v9H4v-9h3Zm0 0 4-8c1.4 0 2.3 1 2.1 2.4L12.5 9H18a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 16.8 20H7',
  poor: 'M7 13V4H4v9h3Zm0 0 4 8c1.4 0 2.3-1 2.1-2.4L12.5 15H18a2 2 0 0 0 2-2.3l-1.2-7A2 2 0 0 0 16.8 4H7',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the words beside an icon carry the meaning. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
