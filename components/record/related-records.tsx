import type { ReactNode } from "react";
import { othersAlike } from "#lib/record/others-alike.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { StateMark } from "#components/record/state-mark.tsx";
import type { View } from "#components/record/view.ts";

/** Records that share a key with this one, and those that fail alike. */
export const RelatedRecords = ({
  journey,
  view,
  recordHref,
  alikeHref,
}: {
  readonly journey: JourneyAnswer;
  readonly view: View;
  readonly recordHref: (flow: string, primary: string) => string;
  readonly alikeHref: string | null;
}): ReactNode => {
  const t = view.record;
  const rows = journey.links.flatMap((link) => link.related.map((related) => ({ ...related, link })));
  const others = othersAlike(journey);
  return (
    <section aria-labelledby="related-title" id="related" className="mt-8">
      <div className="section-head">
        <h2 id="related-title">{t("related.title")}</h2>
      </div>
      {rows.length === 0 && others <= 0 ? <p className="py-2.5 text-13 text-ink-2">{t("related.none")}</p> : null}
      <ul>
        {rows.map(({ flow, primary, state, link }) => (
          <li
            key={`${link.type} ${link.value} ${flow} ${primary}`}
            className="flex min-h-11 flex-wrap items-center gap-x-4 border-b border-line py-2 text-13"
          >
            <a className="link [overflow-wrap:anywhere]" href={recordHref(flow, primary)}>
              {primary}
            </a>
            <span className="min-w-40 flex-1 text-ink-2 [overflow-wrap:anywhere]">
              {t("related.shares", { type: link.type, value: link.value })}
            </span>
            <StateMark state={state} view={view} />
          </li>
        ))}
        {journey.links
          .filter((link) => link.relatedTotal > link.related.length)
          .map((link) => (
            <li
              key={`more ${link.type} ${link.value}`}
              className="border-b border-line py-2 text-13 text-ink-2 [overflow-wrap:anywhere]"
            >
              {t("related.shares", { type: link.type, value: link.value })}:{" "}
              {t("related.more", { count: link.relatedTotal - link.related.length })}
            </li>
          ))}
        {others > 0 && alikeHref !== null ? (
          <li className="flex min-h-11 items-center justify-between gap-4 border-b border-line py-2 text-13">
            <a className="link" href={alikeHref}>
              {t("related.alike", { count: others })}
            </a>
            <StateMark state={journey.state} view={view} />
          </li>
        ) : null}
      </ul>
    </section>
  );
};
