import type { ReactNode } from "react";
import { SampleNote } from "#components/first/sample-note.tsx";
import { firstMessages } from "#components/message/client-messages.ts";
import { PageTexts } from "#components/message/text-provider.tsx";
import { loadSample } from "#app/_actions/load-sample.ts";
import { removeSample } from "#app/_actions/remove-sample.ts";
import { readSample } from "#app/_data/read-sample.ts";
import type { Viewer } from "#app/_data/session.ts";

/** The sample company as it stands; `isOffered`: also where none is loaded. */
export const SamplePart = async ({
  viewer,
  isOffered,
}: {
  readonly viewer: Viewer;
  readonly isOffered: boolean;
}): Promise<ReactNode> => {
  const { sample, mayChange } = await readSample(viewer);
  if (sample.state === "absent" && !isOffered) return null;
  return (
    <PageTexts messages={firstMessages(viewer.language)}>
      <SampleNote sample={sample} mayChange={mayChange} load={loadSample} remove={removeSample} />
    </PageTexts>
  );
};
