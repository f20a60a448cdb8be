import { describe, expect, it } from "vitest";
import { emptyWorld } from "#ingest/collector/world.ts";
import { openSourceBoard } from "#ingest/projection/source-board.ts";
import { toFlowId, toSourceId, toStepId } from "#lib/id/id.ts";
import type { Sources } from "#lib/storage/sources.ts";

const now = 1_000_000;
const [oms, wms] = [toSourceId("oms"), toSourceId("wms")];
const [flow, step] = [toFlowId("orders"), toStepId("paid")];

const open = async () => {
  const nothing: Sources = {
    list: async () => [],
    listReporters: async () => [],
    listHeard: async () => [],
    acceptHeartbeat: async () => undefined,
    forget: async () => undefined,
  };
  return openSourceBoard(nothing, emptyWorld);
};

describe("what other workers have heard", () => {
  it("moves watermarks forward, never back, and is not written as this worker's own", async () => {
    const board = await open();
    board.noteEvent(oms, 500, 600);
    board.takeChange();
    board.noteOthers(
      [
        { source: oms, newestEventAt: 400, heartbeatAt: 700, lastSeenAt: 710 },
        { source: wms, newestEventAt: 900, lastSeenAt: 910 },
      ],
      [],
    );
    expect(board.watermark(oms, now)).toBe(700);
    expect(board.watermark(wms, now)).toBe(900);
    board.noteOthers([{ source: oms, newestEventAt: 1, lastSeenAt: 2 }], []);
    expect(board.watermark(oms, now)).toBe(700);
    expect(board.takeChange()).toEqual({ sources: [], reporters: [] });
    board.noteEvent(oms, 800, 810);
    expect(board.takeChange().sources).toMatchObject([{ source: oms, acceptedTotal: 2, newestEventAt: 800 }]);
  });

  it("is looked at again each time: a journey may have been judged meanwhile by one who did not know it yet", async () => {
    const board = await open();
    const heard = [{ source: oms, newestEventAt: 400, lastSeenAt: 410 }];
    board.noteOthers(heard, []);
    expect(board.takeMoved(now)).toMatchObject([{ source: oms, watermark: 400 }]);
    board.noteOthers(heard, []);
    expect(board.takeMoved(now)).toMatchObject([{ source: oms, watermark: 400 }]);
  });

  it("changes whose eyes a step has, once", async () => {
    const board = await open();
    const reporters = [{ flow, step, source: oms, newestEventAt: 400 }];
    board.noteOthers([], reporters);
    expect(board.takeChangedSteps()).toEqual([{ flow, step }]);
    board.noteOthers([], reporters);
    expect(board.takeChangedSteps()).toEqual([]);
    expect(board.takeChange().reporters).toEqual([]);
  });
});
