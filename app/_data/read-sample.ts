import "server-only";
import { mayDo } from "#lib/access/permission.ts";
import { sampleSetting, sampleStateOf, type SampleState } from "#lib/sample/sample-state.ts";
import { currentConsole } from "#app/_data/console.ts";
import type { Viewer } from "#app/_data/session.ts";

export interface Sample {
  readonly sample: SampleState;
  /** Whether this person may load and remove it. */
  readonly mayChange: boolean;
}

/** Whether the sample company is loaded, or on its way in or out. */
export const readSample = async (viewer: Viewer): Promise<Sample> => {
  const { definitions, requests } = currentConsole().control;
  const asked = await requests.findNewest(["load_sample", "remove_sample"]);
  return {
    sample: sampleStateOf(asked, await definitions.findSetting(sampleSetting)),
    mayChange: mayDo(viewer.role, "sample.manage"),
  };
};
