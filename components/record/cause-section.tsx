import type { ReactNode } from "react";
import { othersAlike } from "#lib/record/others-alike.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { CopyButton } from "#components/record/copy-button.tsx";
import type { Names } from "#components/record/names.ts";
import { ownerRoles, ownerText } from "#components/record/owner-text.ts";
import type { AlikePlace } from "#components/record/record-head.tsx";
import type { RecordLinks } from "#components/record/record-links.ts";
import type { View } from "#components/record/view.ts";

const Neighbour = ({ to, label }: { readonly to: AlikePlace["next"]; readonly label: string }): ReactNode =>
  to === null ? null : (
    <a className="link" href={to.href}>
      {label}
    </a>
  );

/** How many fail the same way and since when, the way through them, and what to tell each owner. */
export const CauseSection = ({
  journey,
  alike,
  names,
  view,
  links,
}: {
  readonly journey: JourneyAnswer;
  readonly alike: AlikePlace | null;
  readonly names: Names;
  readonly view: View;
  readonly links: RecordLinks;
}): ReactNode => {
  const { verdict, closed } = journey;
  if (verdict.step === null) return null;
  const t = view.casework;
  const texts = ownerRoles.flatMap((role) => {
    const text = closed === undefined ? ownerText(journey, role, links.permalink, view) : null;
    return text === null ? [] : [{ role, text, team: names.team(verdict.owners[role] ?? "") }];
  });
  const copyTexts = { copiedLabel: view.record("actions.copied"), failedLabel: view.record("actions.copyFailed") };
  return (
    <section aria-labelledby="cause-title" id="cause" className="mt-8 scroll-mt-16">
      <div className="section-head">
        <h2 id="cause-title" tabIndex={-1}>
          {t("cause.title")}
        </h2>
        <span className="flex flex-wrap gap-x-4 text-13 text-ink-2">
          {othersAlike(journey) < 1 || verdict.alike === undefined ? (
            t("cause.alone")
          ) : (
            <>
              <span>{t("cause.count", { count: verdict.alike.count, since: view.time(verdict.alike.since) })}</span>
              {alike === null ? null : <span>{t("cause.place", { place: alike.place })}</span>}
              {links.alike === null ? null : (
                <a className="link no-print" href={links.alike}>
                  {t("cause.list")}
                </a>
              )}
            </>
          )}
        </span>
        {alike === null ? null : (
          <span className="no-print ml-auto flex flex-wrap gap-x-4 text-13">
            <Neighbour
              to={alike.previous}
              label={alike.previous === null ? "" : view.record("alike.previous", { record: alike.previous.record })}
            />
            <Neighbour
              to={alike.next}
              label={alike.next === null ? "" : view.record("alike.next", { record: alike.next.record })}
            />
          </span>
        )}
      </div>
      {texts.length === 0 ? null : (
        <>
          <h3 className="no-print mt-3 text-13 font-medium text-ink-3">{t("cause.tell")}</h3>
          <ul className="no-print mt-1 grid gap-x-8 gap-y-3 wide:grid-cols-3">
            {texts.map(({ role, team, text }) => (
              <li
                key={role}
                className="grid grid-cols-[minmax(0,1fr)_auto] content-start gap-x-2 border-l-2 border-line pl-3 text-13"
              >
                <b className="self-center text-12 font-medium text-ink-3">
                  {view.record(`owners.${role}`)} · {team}
                </b>
                <span>
                  <CopyButton
                    text={text}
                    label={t("cause.copyFor", { team: view.named(team).trim() })}
                    iconOnly
                    {...copyTexts}
                  />
                </span>
                <p
                  className="col-span-2 whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]"
                  data-owner-text={role}
                >
                  {text}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
