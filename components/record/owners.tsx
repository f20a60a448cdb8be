import type { ReactNode } from "react";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { contactLinks, type ContactLink } from "#components/record/contact-links.ts";
import type { Names } from "#components/record/names.ts";
import { stateWords } from "#components/record/state-mark.tsx";
import type { View } from "#components/record/view.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";

const icons: Readonly<Record<Exclude<ContactLink["kind"], "dingtalk" | "feishu">, IconName>> = {
  phone: "phone",
  email: "mail",
};

/** Who has to do with the step the verdict names, each with a way to reach them. Roles, never culprits. */
export const OwnerList = ({
  journey,
  names,
  view,
}: {
  readonly journey: JourneyAnswer;
  readonly names: Names;
  readonly view: View;
}): ReactNode => {
  const t = view.record;
  const { owners } = journey.verdict;
  const roles = (["provides", "processes", "monitors"] as const).flatMap((role) => {
    const team = owners[role];
    return team === undefined ? [] : [{ role, team }];
  });
  const subject = t("owners.emailSubject", { record: journey.primary ?? "", state: stateWords(journey, view) });
  return (
    <aside aria-labelledby="owners-title" id="owners">
      <h2 id="owners-title" className="text-13 font-medium text-ink-3">
        {t("owners.title")}
      </h2>
      {roles.length === 0 ? <p className="mt-2 text-13 text-ink-2">{t("owners.none")}</p> : null}
      <ul>
        {roles.map(({ role, team }) => {
          const links = contactLinks(names.contacts(team), subject);
          return (
            <li key={role} className="flex min-h-12 flex-wrap items-center gap-x-3 border-b border-line py-1">
              <span className="w-17 text-13 text-ink-3 [&:lang(zh)]:w-11">{t(`owners.${role}`)}</span>
              <span className="min-w-24 flex-1 leading-snug [overflow-wrap:anywhere]">
                <b>{names.team(team)}</b>
                {links.length === 0 ? (
                  <small className="block text-12 text-ink-3">{t("owners.noContact")}</small>
                ) : null}
              </span>
              <span className="ml-auto flex gap-0.5 no-print">
                {links.map(({ kind, href }) => (
                  <a
                    key={kind}
                    className="icon-btn text-12 text-accent"
                    href={href}
                    aria-label={t(`owners.${kind}`, { team: view.named(names.team(team)).trimEnd() })}
                  >
                    {kind === "dingtalk" || kind === "feishu" ? t(`owners.${kind}Short`) : <Icon name={icons[kind]} />}
                  </a>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
    </aside>
  );
};
