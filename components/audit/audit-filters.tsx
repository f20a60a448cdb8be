import Link from "next/link";
import type { ReactNode } from "react";
import { actionText, auditHref, type AuditQuestion, type AuditView } from "#components/audit/audit-view.ts";
import { PeriodMenu } from "#components/period/period-menu.tsx";
import { ChoiceLink } from "#components/ui/choice-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Popover } from "#components/ui/popover.tsx";
import { auditActions } from "#lib/audit/audit-action.ts";
import type { Clock } from "#lib/time-text/time-text.ts";

/** Who, what and when, each a part of the address. */
export const AuditFilterBar = ({
  asked,
  clock,
  view,
}: {
  readonly asked: AuditQuestion;
  readonly clock: Clock;
  readonly view: AuditView;
}): ReactNode => {
  const { t } = view;
  const { given } = asked;
  const { by, action } = given;
  const { from: _from, to: _to, range: _range, cursor: _cursor, ...kept } = given;
  return (
    <nav aria-label={t("filters")} className="mt-4 flex flex-wrap items-center gap-2">
      <PeriodMenu
        chosen={asked.range}
        period={asked.period}
        clock={clock}
        path="/audit"
        kept={kept}
        href={(change) => auditHref(given, change)}
        anyText={t("anyTime")}
      />
      <Popover text={action === undefined ? t("anyAction") : actionText(action, view)} isSet={action !== undefined}>
        <ChoiceLink isChosen={action === undefined} href={auditHref(given, { action: null })}>
          {t("anyAction")}
        </ChoiceLink>
        {auditActions.map((each) => (
          <ChoiceLink key={each} isChosen={each === action} href={auditHref(given, { action: each })}>
            {actionText(each, view)}
          </ChoiceLink>
        ))}
      </Popover>
      {by === undefined ? (
        <form action="/audit" className="flex gap-2">
          {Object.entries({ ...given })
            .filter(([name]) => name !== "cursor" && name !== "by")
            .map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
          <input
            className="field field-small w-56 max-wide:w-44"
            name="by"
            aria-label={t("whoLabel")}
            placeholder={t("anyone")}
            autoComplete="off"
          />
          <button type="submit" className="btn">
            {t("show")}
          </button>
        </form>
      ) : (
        <Link className="chip" aria-current="true" href={auditHref(given, { by: null })}>
          {by}
          <Icon name="cross" size={12} />
        </Link>
      )}
    </nav>
  );
};
