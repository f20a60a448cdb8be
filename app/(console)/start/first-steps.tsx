import type { ReactNode } from "react";
import { FirstMinutes } from "#components/first/first-minutes.tsx";
import { firstMessages } from "#components/message/client-messages.ts";
import { PageTexts } from "#components/message/text-provider.tsx";
import { checkFlow } from "#app/_actions/check-flow.ts";
import { connectSource } from "#app/_actions/connect-source.ts";
import { declareFlow } from "#app/_actions/declare-flow.ts";
import { readFirstMinutes } from "#app/_data/read-first-minutes.ts";
import type { Viewer } from "#app/_data/session.ts";
import { SamplePart } from "./sample-part.tsx";

/** The first steps as they stand now, with what they may do; on their own page, and on home while there is no record. */
export const FirstSteps = async ({ viewer }: { readonly viewer: Viewer }): Promise<ReactNode> => (
  <PageTexts messages={firstMessages(viewer.language)}>
    <FirstMinutes
      progress={await readFirstMinutes(viewer)}
      connect={connectSource}
      check={checkFlow}
      declare={declareFlow}
    >
      <SamplePart viewer={viewer} isOffered />
    </FirstMinutes>
  </PageTexts>
);
