import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchStream } from "#components/record/watch-stream.ts";

/** The browser's EventSource as far as it is used, driven by hand. */
class DrivenSource extends EventTarget {
  static readonly CLOSED = 2;
  static readonly opened: DrivenSource[] = [];
  readyState = 0;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    DrivenSource.opened.push(this);
  }
  tell(type: string, readyState = this.readyState): void {
    this.readyState = readyState;
    this.dispatchEvent(new Event(type));
  }
  close(): void {
    this.readyState = DrivenSource.CLOSED;
  }
}

const newest = (): DrivenSource => {
  const source = DrivenSource.opened.at(-1);
  if (source === undefined) throw new Error("Nothing was opened");
  return source;
};

describe("following a record", () => {
  const onChange = vi.fn<() => void>();
  const onStale = vi.fn<(isStale: boolean) => void>();
  let stop = (): void => undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("EventSource", DrivenSource);
    DrivenSource.opened.length = 0;
    onChange.mockReset();
    onStale.mockReset();
    stop = watchStream("/api/v1/stream?type=order_no&value=SO-1", { onChange, onStale });
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("reads the page again when the record is another", () => {
    newest().tell("open", 1);
    newest().tell("changed");
    expect(onChange).toHaveBeenCalledTimes(1);
    expect(onStale).not.toHaveBeenCalled();
  });

  it("says nothing of a break that is soon over", () => {
    newest().tell("open", 1);
    newest().tell("error", 0);
    vi.advanceTimersByTime(2_000);
    newest().tell("open", 1);
    vi.advanceTimersByTime(20_000);
    expect(onStale).not.toHaveBeenCalled();
  });

  it("says that it is not live any more, and reads the page again once it is", () => {
    newest().tell("open", 1);
    newest().tell("error", 0);
    vi.advanceTimersByTime(6_000);
    expect(onStale.mock.calls).toEqual([[true]]);
    newest().tell("open", 1);
    expect(onStale.mock.calls).toEqual([[true], [false]]);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it("asks less and less often where the browser has given up", () => {
    const waits = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const [index, wait] of waits.entries()) {
      newest().tell("error", DrivenSource.CLOSED);
      vi.advanceTimersByTime(wait - 1);
      expect(DrivenSource.opened).toHaveLength(index + 1);
      vi.advanceTimersByTime(1);
      expect(DrivenSource.opened).toHaveLength(index + 2);
    }
  });

  it("opens nothing more once it is stopped", () => {
    newest().tell("error", DrivenSource.CLOSED);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(DrivenSource.opened).toHaveLength(1);
  });
});
