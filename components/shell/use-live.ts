"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { watchStream } from "#components/record/watch-stream.ts";
import { followForms, isBeingUsed, isHalfWritten } from "#components/shell/half-done.ts";

/** Ages and the trend's hours move on without any change. */
const renewMs = 60_000;
/** A reading that would disturb somebody is tried again so soon. */
const waitMs = 1_000;

/** `held`: changes wait until what somebody writes is sent or left. `stale`: the console does not tell of changes now. */
export type Liveness = "on" | "held" | "stale";

/**
 * Calls `readAgain` when what the stream watches has changed, at most every `shortestMs`, and every minute; not while nobody looks. With
 * `isGentle` it waits while somebody would lose something by it: a dialog, a selection, a form half written.
 */
export const useLive = (
  streamUrl: string,
  readAgain: () => void,
  { shortestMs, isGentle }: { readonly shortestMs: number; readonly isGentle: boolean },
): Liveness => {
  const [isStale, setStale] = useState(false);
  const [isHeld, setHeld] = useState(false);
  const read = useEffectEvent(readAgain);
  const waitAfter = useEffectEvent((lastAt: number) => Math.max(0, lastAt + shortestMs - performance.now()));
  useEffect(() => {
    let lastAt = -Infinity;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      waiting = undefined;
      if (document.hidden) return;
      const isWritten = isGentle && isHalfWritten();
      setHeld(isWritten);
      if (isWritten || (isGentle && isBeingUsed())) {
        waiting = setTimeout(refresh, waitMs);
        return;
      }
      lastAt = performance.now();
      read();
    };
    const ask = (): void => {
      waiting ??= setTimeout(refresh, waitAfter(lastAt));
    };
    const look = (): void => {
      if (!document.hidden) ask();
    };
    const leaveForms = followForms();
    const stop = watchStream(streamUrl, { onChange: ask, onStale: setStale });
    const timer = setInterval(look, renewMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      stop();
      leaveForms();
      clearInterval(timer);
      clearTimeout(waiting);
      document.removeEventListener("visibilitychange", look);
    };
  }, [streamUrl, isGentle]);
  return isStale ? "stale" : isHeld ? "held" : "on";
};
