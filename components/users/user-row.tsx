"use client";

import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Time } from "#components/ui/time.tsx";
import type { HandedLink, UserActions, UserLine } from "#components/users/user-answer.ts";
import { roles, type Role } from "#lib/access/role.ts";

/** An account with what can be done to it. Of one's own only the list tells: nobody locks themselves out by a slip. */
export const UserRow = ({
  user,
  actions,
  onLink,
}: {
  readonly user: UserLine;
  readonly actions: UserActions;
  readonly onLink: (made: HandedLink) => void;
}): ReactNode => {
  const t = useTranslations("users");
  const shell = useTranslations("shell");
  const [asked, setAsked] = useState<Role | null>(null);
  const { id, name, role, state } = user;

  const sentenceOf = ({ result }: { readonly result: string }): string | null =>
    result === "lastAdministrator" || result === "gone" ? t(result) : null;
  const reset = async (): Promise<string | null> => {
    const answer = await actions.resetPassword({ id });
    if (answer.result === "made") onLink(answer);
    return sentenceOf(answer);
  };

  return (
    <tr>
      <td className="font-medium">
        {name} {user.isYou ? <span className="font-regular text-ink-3">({t("you")})</span> : null}
      </td>
      <td className="cell-wide">
        {user.isYou ? (
          shell(`role.${role}`)
        ) : (
          <select
            className="field field-small"
            aria-label={t("roleOf", { name })}
            value={role}
            onChange={(event) => setAsked(roles.find((each) => each === event.target.value) ?? null)}
          >
            {roles.map((each) => (
              <option key={each} value={each}>
                {shell(`role.${each}`)}
              </option>
            ))}
          </select>
        )}
        {asked === null ? null : (
          <ConfirmDialog
            title={t("changeRoleTitle", { name, role: shell(`role.${asked}`) })}
            body={t("changeRoleBody", { name })}
            confirm={t("changeRole")}
            act={async () => sentenceOf(await actions.changeRole({ id, role: asked }))}
            onClose={() => setAsked(null)}
          />
        )}
      </td>
      <td className="cell-state">
        <span className={state === "active" ? "text-ink-2" : state === "disabled" ? "text-failed" : "text-late"}>
          {t(state)}
        </span>
      </td>
      <td className="cell-wide text-ink-2">
        {user.lastSignInAt === null ? t("neverSignedIn") : <Time at={user.lastSignInAt} />}
      </td>
      <td className="cell-wide">
        {user.isYou ? null : (
          <span className="flex flex-wrap justify-end gap-2 max-wide:mt-2 max-wide:justify-start">
            <ConfirmButton
              text={t("reset")}
              label={`${t("reset")}: ${name}`}
              title={t("resetTitle", { name })}
              body={t("resetBody", { name })}
              confirm={t("resetDo")}
              act={reset}
            />
            {state === "disabled" ? (
              <button
                type="button"
                className="btn"
                aria-label={`${t("enable")}: ${name}`}
                onClick={() => void actions.setDisabled({ id, disabled: false })}
              >
                {t("enable")}
              </button>
            ) : (
              <ConfirmButton
                text={t("disable")}
                label={`${t("disable")}: ${name}`}
                title={t("disableTitle", { name })}
                body={t("disableBody", { name })}
                confirm={t("disable")}
                act={async () => sentenceOf(await actions.setDisabled({ id, disabled: true }))}
              />
            )}
          </span>
        )}
      </td>
    </tr>
  );
};
