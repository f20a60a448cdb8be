"use server";

import { revalidatePath } from "next/cache";
import type { SampleState } from "#lib/sample/sample-state.ts";
import { askSample } from "#app/_data/ask-sample.ts";
import { requireViewer } from "#app/_data/session.ts";

/** Has the worker load the sample company; answers at once, while it is being loaded. */
export const loadSample = async (): Promise<SampleState> => {
  const sample = await askSample(await requireViewer("sample.manage"), "load_sample");
  revalidatePath("/", "layout");
  return sample;
};
