export interface ServerSentEvent {
  event: string;
  data: string;
  /** The id of this event, or of the last one before it that had any. */
  lastEventId: string;
}

export interface SseParserHandlers {
  onEvent(event: ServerSentEvent): void;
  onRetry?(milliseconds: number): void;
}

/**
 * Reads a text/event-stream piece by piece, as the HTML standard describes it. The browser's own
 * EventSource cannot send an Authorization header, which is why the pages bring their own reader.
 */
export function createSseParser(handlers: SseParserHandlers, initialLastEventId = '') {
  let rest = '';
  let atStart = true;
  let eventType = '';
  let data: string[] = [];
  let lastEventId = initialLastEventId;

  function dispatch(): void {
    if (data.length > 0) {
      handlers.onEvent({ event: eventType || 'message', data: data.join('\n'), lastEventId });
    }
    eventType = '';
    data = [];
  }

  function readLine(line: string): void {
    if (line === '') {
      dispatch();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return; // A comment: the server's heartbeat.
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' ')) value = value.slice(1);

    switch (field) {
      case 'event':
        eventType = value;
        break;
      case 'data':
        data.push(value);
        break;
      case 'id':
        if (!value.includes('\0')) lastEventId = value;
        break;
      case 'retry':
        if (/^\d+$/.test(value)) handlers.onRetry?.(Number(value));
        break;
    }
  }

  return {
    feed(piece: string): void {
      if (piece === '') return;
      if (atStart) {
        atStart = false;
        if (piece.startsWith('\uFEFF')) piece = piece.slice(1);
      }
      rest += piece;

      for (;;) {
        const end = rest.search(/[\r\n]/);
        if (end < 0) return;
        // A CR at the very end may be the first half of a CRLF that was cut in two.
        if (rest[end] === '\r' && end === rest.length - 1) return;
        const width = rest.startsWith('\r\n', end) ? 2 : 1;
        const line = rest.slice(0, end);
        rest = rest.slice(end + width);
        readLine(line);
      }
    },
  };
}
