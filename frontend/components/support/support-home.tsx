'use client';

import { useCallback, useState } from 'react';
import { forgetToken, keepToken, useConversationToken } from '@/lib/conversation-token';
import type { Receipt } from '@/lib/types';
import { SupportConversation } from './support-conversation';
import { SupportStart } from './support-start';
import styles from './support-home.module.css';

/** Either the way into a conversation, or the conversation that this browser already has. */
export function SupportHome() {
  const token = useConversationToken();
  const [receipt, setReceipt] = useState<Receipt>();
  const [farewell, setFarewell] = useState<string>();
  const [linked, setLinked] = useState<{ token: string; sentence: string }>();

  const begin = useCallback((received: Receipt) => {
    setReceipt(received);
    setFarewell(undefined);
    keepToken(received.conversation_token);
  }, []);

  const goOn = useCallback((next: string, sentence: string) => {
    setLinked({ token: next, sentence });
    keepToken(next);
  }, []);

  const startOver = useCallback((reason?: string) => {
    setReceipt(undefined);
    setFarewell(reason);
    forgetToken();
  }, []);

  if (token === undefined) {
    return (
      <p className={styles.loading} role="status">
        Loading…
      </p>
    );
  }
  if (token === null) return <SupportStart notice={farewell} onStarted={begin} />;
  return (
    <SupportConversation
      key={token}
      token={token}
      receipt={receipt?.conversation_token === token ? receipt : undefined}
      linked={linked?.token === token ? linked.sentence : undefined}
      onLinked={goOn}
      onStartOver={startOver}
    />
  );
}
