import Link from "next/link";
import type { ReactNode } from "react";
import type { ListView } from "#components/journeys/list-view.ts";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Time } from "#components/ui/time.tsx";
import type { JourneyLine } from "#lib/search/journey-list.ts";
import { recordPath } from "#lib/search/search-answer.ts";
import { durationText } from "#lib/time-text/duration-text.ts";

/** One record; on phones two lines: the record and its state, then why or where and when. */
export const JourneyRow = ({ line, view }: { readonly line: JourneyLine; readonly view: ListView }): ReactNode => {
  const { fromName, stepName, reason, field, lateByMs } = line;
  const where = stepName === null ? null : fromName === null ? stepName : `${fromName} → ${stepName}`;
  return (
    <tr>
      <td className="row-key">
        <Link className="row-link font-medium" href={recordPath(line.primaryType, line.primary)} prefetch={false}>
          {line.primary}
        </Link>
      </td>
      <td className="cell-state">
        <StateBadge
          state={line.state}
          {...(lateByMs === null ? {} : { extra: durationText(lateByMs, view.clock.language) })}
        />
      </td>
      <td className="text-ink-2 max-wide:hidden">{where ?? "–"}</td>
      <td className="row-second text-ink-2">
        {where === null ? (
          <span className="wide:hidden">{line.flowName}</span>
        ) : (
          <span className="wide:hidden">{stepName} · </span>
        )}
        {reason === null ? (
          <span className="max-wide:hidden">–</span>
        ) : (
          <span>
            {view.reasons(reason)} {field === null ? null : <code>{field}</code>}
          </span>
        )}
      </td>
      <td className="text-ink-2 max-wide:hidden">{line.flowName}</td>
      <td className="cell-right text-right">
        <Time at={line.startedAt} />
      </td>
    </tr>
  );
};
