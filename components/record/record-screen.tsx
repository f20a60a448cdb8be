import type { ReactNode } from "react";
import { liveTexts, recordKeys } from "#components/record/page-texts.ts";
import { RecordKeys } from "#components/record/record-keys.tsx";
import { RecordLive } from "#components/record/record-live.tsx";
import { RecordPage, type RecordPageProps } from "#components/record/record-page.tsx";
import { viewOf } from "#components/record/view.ts";

/** A record's page with what needs a script: it follows the record, and listens to keys. */
export const RecordScreen = (props: Omit<RecordPageProps, "live"> & { readonly streamUrl: string }): ReactNode => {
  const { answer, shown, clock, streamUrl } = props;
  const view = viewOf({ ...clock, now: Date.parse(answer.record.asOf) });
  const journey = answer.journeys[shown];
  const verdict = JSON.stringify([journey?.state, journey?.verdict.step, journey?.verdict.reason, journey?.closed?.at]);
  const { asOf } = answer.record;
  return (
    <>
      <RecordPage
        {...props}
        live={<RecordLive streamUrl={streamUrl} verdict={verdict} asOf={asOf} texts={liveTexts(answer, shown, view)} />}
      />
      <RecordKeys keys={recordKeys(view)} backHref="/" />
    </>
  );
};
