'use client';

import { useEffect, useState } from 'react';
import { keepToken, useConversationToken } from '@/lib/conversation-token';
import { isSameConversation, tokenOfLink, tokenToKeep } from '@/lib/private-link';
import { SupportHome } from './support-home';
import styles from './support-home.module.css';

/** The page that the private link in a mail leads to. Without a link it is the support page itself. */
export function LinkedConversation() {
  const known = useConversationToken();
  const [linked, setLinked] = useState<string | null>();

  useEffect(() => {
    const token = tokenOfLink(window.location.hash);
    // Nobody who looks over a shoulder, or at the history, should find it in the address.
    if (token) window.history.replaceState(null, '', window.location.pathname);
    setLinked((before) => before ?? token);
  }, []);

  useEffect(() => {
    if (!linked || known === undefined) return;
    if (known !== null && !isSameConversation(known, linked)) return;
    keepToken(known === null ? linked : tokenToKeep(known, linked));
    // Whoever starts over afterwards means it.
    setLinked(null);
  }, [linked, known]);

  if (linked === undefined || known === undefined || (linked && (known === null || isSameConversation(known, linked)))) {
    return (
      <p className={styles.loading} role="status">
        Loading…
      </p>
    );
  }
  if (linked) return <WhichConversation linked={linked} onChosen={() => setLinked(null)} />;
  return <SupportHome />;
}

/** A link from a stranger must not quietly take the place of one's own conversation. */
function WhichConversation({ linked, onChosen }: { linked: string; onChosen(): void }) {
  return (
    <section className="card" aria-labelledby="which-title">
      <h1 id="which-title">Which conversation?</h1>
      <p>
        This link opens another conversation than the one that this browser has. Open it only if the mail with the link
        was meant for you.
      </p>
      <p>
        <button
          type="button"
          className="button button--primary"
          onClick={() => {
            keepToken(linked);
            onChosen();
          }}
        >
          Open the one of the link
        </button>{' '}
        <button type="button" className="button" onClick={onChosen}>
          Stay with mine
        </button>
      </p>
    </section>
  );
}
