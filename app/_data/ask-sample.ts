import "server-only";
import type { SampleState } from "#lib/sample/sample-state.ts";
import { currentConsole } from "#app/_data/console.ts";
import { readSample } from "#app/_data/read-sample.ts";
import type { Viewer } from "#app/_data/session.ts";

/** Asks the worker, unless it is at it already; asking is audited with the request. */
export const askSample = async (viewer: Viewer, kind: "load_sample" | "remove_sample"): Promise<SampleState> => {
  const { control, now } = currentConsole();
  const { sample } = await readSample(viewer);
  const isBusy = sample.state === "loading" || sample.state === "removing";
  if (!isBusy) await control.requests.add({ kind, input: {}, by: viewer.by, createdAt: now() });
  return (await readSample(viewer)).sample;
};
