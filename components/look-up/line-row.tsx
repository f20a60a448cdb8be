"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { lineTexts } from "#components/look-up/line-texts.ts";
import { useClock } from "#components/message/text-provider.tsx";
import { Glyph } from "#components/ui/glyph.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Time } from "#components/ui/time.tsx";
import type { LookUpLine } from "#lib/search/look-up-line.ts";
import { durationText } from "#lib/time-text/duration-text.ts";

/** One pasted number: the record, its state, where it is or why not, when it was due. The whole row opens it. */
export const LineRow = ({ line }: { readonly line: LookUpLine }): ReactNode => {
  const lookUp = useTranslations("lookUp");
  const reason = useTranslations("reason");
  const state = useTranslations("state");
  const clock = useClock();
  const { record, shown, others } = line;
  const { where, why } = lineTexts(line, { lookUp, reason, state, clock });
  const also = [
    record?.primary === shown || record === null || record.primary === null ? null : record.primary,
    others === 0 ? null : lookUp("others", { count: others }),
  ].filter((text) => text !== null);
  const late =
    record === null || record.lateByMs === null || record.lateByMs <= 0
      ? null
      : durationText(record.lateByMs, clock.language);
  return (
    <tr>
      <td>
        {record === null || record.path === null ? (
          <span className="font-medium">{shown}</span>
        ) : (
          <Link className="row-link font-medium" href={record.path} prefetch={false}>
            {shown}
          </Link>
        )}
        {also.length === 0 ? null : <span className="block text-12 text-ink-3">{also.join(" · ")}</span>}
      </td>
      <td className="cell-state">
        {record === null ? (
          <span className="inline-flex items-center gap-1.5 text-13 whitespace-nowrap text-ink-2">
            <Glyph name="waiting" size={14} />
            {lookUp("missing")}
          </span>
        ) : (
          <>
            <StateBadge state={record.state} {...(late !== null && { extra: late })} />
            {record.isClosed ? <span className="block text-12 text-ink-3">{lookUp("closed")}</span> : null}
          </>
        )}
      </td>
      <td className="cell-wide">
        {where}
        {why === "" ? null : <span className="text-ink-2"> · {why}</span>}
      </td>
      <td className="cell-left text-ink-2">{record?.flowName}</td>
      <td className="cell-right text-right">
        {record === null || record.dueAt === null ? null : <Time at={record.dueAt} />}
      </td>
    </tr>
  );
};
