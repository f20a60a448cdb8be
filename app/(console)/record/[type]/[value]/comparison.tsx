import { Suspense, type ReactNode } from "react";
import { CompareSection } from "#components/record/compare-section.tsx";
import type { RecordLinks } from "#components/record/record-links.ts";
import { viewOf } from "#components/record/view.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import type { Clock } from "#lib/time-text/time-text.ts";
import { compareRecord } from "#app/_data/compare-record.ts";
import type { Viewer } from "#app/_data/session.ts";

type Section = React.ComponentProps<typeof CompareSection>;

const Compared = async ({
  viewer,
  ...props
}: Omit<Section, "compared"> & { readonly viewer: Viewer }): Promise<ReactNode> => {
  const { journey, asked } = props;
  const { primary } = journey;
  if (primary === null) return null;
  return <CompareSection {...props} compared={await compareRecord(viewer, { ...journey, primary }, asked)} />;
};

/** The comparison that the address asks for, where it does; the page does not wait for it. */
export const Comparison = ({
  viewer,
  journey,
  wanted,
  links,
  clock,
  mayReadPayloads,
}: {
  readonly viewer: Viewer;
  readonly journey: JourneyAnswer | undefined;
  /** A key, or `auto`. */
  readonly wanted: string | undefined;
  readonly links: RecordLinks;
  readonly clock: Clock;
  readonly mayReadPayloads: boolean;
}): ReactNode => {
  if (journey === undefined || wanted === undefined) return null;
  const section = {
    journey,
    mayReadPayloads,
    asked: wanted === "auto" ? null : wanted,
    otherHref: (primary: string) => links.record(journey.flow, primary),
    closeHref: links.compareNot,
    ask: links.compareForm,
    view: viewOf(clock),
  };
  return (
    <Suspense fallback={<CompareSection {...section} compared={null} />}>
      <Compared {...section} viewer={viewer} />
    </Suspense>
  );
};
