import Link from "next/link";
import type { ReactNode } from "react";
import { recordsHref, type FlowView } from "#components/flows/flow-view.ts";
import type { FlowStop } from "#lib/flow/flow-figures.ts";

const states = ["failed", "overdue", "unknown"] as const;
const tones = { failed: "text-failed", overdue: "text-overdue", unknown: "text-unknown" } as const;

/** Records in trouble at a step now, each figure the way to its list. */
export const StopTrouble = ({
  flow,
  stop,
  view,
}: {
  readonly flow: string;
  readonly stop: FlowStop;
  readonly view: FlowView;
}): ReactNode => (
  <>
    {states.map((state) =>
      stop[state] === 0 ? null : (
        <Link
          key={state}
          className={`block w-fit min-h-6 text-13 underline underline-offset-3 ${tones[state]}`}
          href={recordsHref({ flow, step: stop.id, state })}
          prefetch={false}
        >
          {view.t(state, { count: stop[state] })}
        </Link>
      ),
    )}
  </>
);
