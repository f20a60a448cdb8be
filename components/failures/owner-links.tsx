import type { ReactNode } from "react";
import { contactLinks, type ContactLink } from "#components/record/contact-links.ts";
import type { View } from "#components/failures/view.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { GroupDetail, GroupLine } from "#lib/failure/failures-view.ts";

/** Roles with a way to reach them; never culprits. */
export const OwnerLinks = ({
  group,
  owners,
  view,
}: {
  readonly group: GroupLine;
  readonly owners: GroupDetail["owners"];
  readonly view: View;
}): ReactNode => {
  const { t } = view;
  const subject = t("reach.subject", { count: group.count, cause: view.causeText(group) });
  const nameOf = (kind: ContactLink["kind"], team: string): string =>
    kind === "phone" || kind === "email"
      ? t(`reach.${kind}`, { team })
      : t("reach.chat", { team, place: t(`reach.${kind}`) });
  if (owners.length === 0) return <p className="text-13 text-ink-2">{t("detail.ownersNone")}</p>;
  return (
    <ul>
      {owners.map(({ role, team, contacts }) => {
        const links = contactLinks(contacts, subject);
        return (
          <li key={role} className="flex min-h-10 flex-wrap items-center gap-x-3 border-b border-line text-13">
            <span className="w-17 text-ink-3">{t(`role.${role}`)}</span>
            <b className="wrap-anywhere">{team}</b>
            <span className="ml-auto flex gap-0.5 no-print">
              {links.length === 0 ? <small className="text-12 text-ink-3">{t("reach.none")}</small> : null}
              {links.map(({ kind, href }) => (
                <a key={kind} className="icon-btn text-12 text-accent" href={href} aria-label={nameOf(kind, team)}>
                  {kind === "phone" || kind === "email" ? (
                    <Icon name={kind === "phone" ? "phone" : "mail"} />
                  ) : (
                    t(`reach.${kind}`)
                  )}
                </a>
              ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
};
