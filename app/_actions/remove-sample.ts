"use server";

import { revalidatePath } from "next/cache";
import type { SampleState } from "#lib/sample/sample-state.ts";
import { askSample } from "#app/_data/ask-sample.ts";
import { requireViewer } from "#app/_data/session.ts";

/** Has the worker remove the sample company with everything of it; answers at once, while it is being removed. */
export const removeSample = async (): Promise<SampleState> => {
  const sample = await askSample(await requireViewer("sample.manage"), "remove_sample");
  revalidatePath("/", "layout");
  return sample;
};
