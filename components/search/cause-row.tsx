"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { contactLinks, type ContactLink } from "#components/record/contact-links.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Cause, CauseOwner } from "#lib/search/overview.ts";
import { timeText } from "#lib/time-text/time-text.ts";

const Contact = ({ link, team }: { readonly link: ContactLink; readonly team: string }): ReactNode => {
  const t = useTranslations("search.contact");
  const { kind, href } = link;
  return (
    <a
      className="relative z-1 -my-1.5 ml-1.5 inline-grid h-8 min-w-8 place-items-center text-12 text-accent max-wide:-my-2.5 max-wide:h-11 max-wide:min-w-11"
      href={href}
      aria-label={t(kind, { team })}
    >
      {kind === "phone" || kind === "email" ? (
        <Icon name={kind === "phone" ? "phone" : "mail"} size={14} />
      ) : (
        t(`${kind}Short`)
      )}
    </a>
  );
};

const Owner = ({ owner, subject }: { readonly owner: CauseOwner; readonly subject: string }): ReactNode => {
  const t = useTranslations("search");
  return (
    <span className="text-right text-13 text-ink-2 max-wide:col-start-3 max-wide:text-left">
      <span className="whitespace-nowrap">{owner.team}</span>
      <small className="block text-12 whitespace-nowrap text-ink-3 max-wide:ml-2 max-wide:inline">
        {t(owner.role)}
        {contactLinks(owner.contacts, subject).map((link) => (
          <Contact key={link.kind} link={link} team={owner.team} />
        ))}
      </small>
    </span>
  );
};

/** Records that broke alike: how many, why, where, since when, the newest, and whose. The row opens their list. */
export const CauseRow = ({ cause }: { readonly cause: Cause }): ReactNode => {
  const t = useTranslations("search");
  const reasons = useTranslations("reason");
  const states = useTranslations("state");
  const clock = useClock();
  const { owner, newest } = cause;
  const [first, last] = [timeText(cause.firstAt, clock), timeText(cause.lastAt, clock)];
  const reason = reasons(cause.reason);
  const hop = cause.fromName === null ? cause.stepName : `${cause.fromName} → ${cause.stepName}`;
  const subject = `${[reason, cause.field ?? ""].join(" ").trim()} · ${hop} · ${cause.count}`;
  return (
    <li className="relative grid grid-cols-[22px_minmax(32px,auto)_minmax(0,1fr)_auto] items-start gap-x-2 border-b border-line py-[11px] hover:bg-hover max-wide:grid-cols-[20px_minmax(28px,auto)_minmax(0,1fr)]">
      <span className="pt-0.5">
        <Glyph name={cause.state} />
        <span className="sr-only">{states(cause.state)}</span>
      </span>
      <span
        className={`pr-1.5 text-right text-16 leading-[1.35] font-bold ${cause.state === "unknown" ? "text-unknown" : ""}`}
      >
        {cause.count.toLocaleString("en")}
      </span>
      <span className="min-w-0">
        <Link href={cause.href} prefetch={false} className="row-link block min-h-6 font-bold">
          {reason}
          {cause.field === null ? null : (
            <>
              {" "}
              <code className="font-medium wrap-anywhere">{cause.field}</code>
            </>
          )}
          <span className="font-regular text-ink-2">
            {" · "}
            {hop}
          </span>
        </Link>
        <span className="block text-13 text-ink-3">
          {cause.flowName} · {cause.count === 1 ? first : t("since", { first, last })}{" "}
          <Link
            href={newest.path}
            prefetch={false}
            className="relative z-1 inline-block min-h-6 text-ink-2 underline decoration-1 underline-offset-3 wrap-anywhere"
          >
            {newest.primary}
          </Link>
        </span>
      </span>
      {owner === null ? null : <Owner owner={owner} subject={subject} />}
    </li>
  );
};
