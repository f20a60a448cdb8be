/** Shorter breaks are not worth a word: the server ends a stream every minute, and the browser comes back by itself. */
const staleAfterMs = 5_000;
const firstBackOffMs = 1_000;
const longestBackOffMs = 30_000;

export interface StreamListener {
  readonly onChange: () => void;
  readonly onStale: (isStale: boolean) => void;
}

/**
 * Listens to the console's stream of one record. The browser reconnects after a break; where it gives up (an answer that is no
 * stream) we ask again, less and less often. After a break nobody knows what was missed, so the page is read again.
 * Returns how to stop.
 */
export function watchStream(url: string, { onChange, onStale }: StreamListener): () => void {
  let source: EventSource | null = null;
  let backOffMs = firstBackOffMs;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let wasStale = false;

  const setStale = (isStale: boolean): void => {
    if (isStale === wasStale) return;
    wasStale = isStale;
    onStale(isStale);
    if (!isStale) onChange();
  };
  const isBack = (): void => {
    backOffMs = firstBackOffMs;
    clearTimeout(overdue);
    overdue = undefined;
    setStale(false);
  };
  const isGone = (): void => {
    overdue ??= setTimeout(() => setStale(true), staleAfterMs);
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(retry);
    retry = setTimeout(open, backOffMs);
    backOffMs = Math.min(backOffMs * 2, longestBackOffMs);
  };
  const open = (): void => {
    source?.close();
    source = new EventSource(url);
    source.addEventListener("open", isBack);
    source.addEventListener("error", isGone);
    source.addEventListener("changed", onChange);
  };
  open();
  return () => {
    clearTimeout(retry);
    clearTimeout(overdue);
    source?.close();
  };
}
