"use client";

import Link from "next/link";
import { useState, type ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import { LinkNote } from "#components/users/link-note.tsx";
import type { HandedLink, UserActions, UserLine } from "#components/users/user-answer.ts";
import { UserRow } from "#components/users/user-row.tsx";

export const UserList = ({
  users,
  actions,
}: {
  readonly users: readonly UserLine[];
  readonly actions: UserActions;
}): ReactNode => {
  const t = useTranslations("users");
  const [made, setMade] = useState<HandedLink | null>(null);
  return (
    <>
      <PageLive of="users" />
      <SettingsHead title={t("title")} intro={t("intro")}>
        <Link className="btn btn-primary" href="/users/new" prefetch={false}>
          {t("create")}
        </Link>
      </SettingsHead>
      {made === null ? null : <LinkNote made={made} />}
      <table className="list-table mt-4">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col">{t("role")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col">{t("lastSignIn")}</th>
            <th scope="col" className="text-right">
              {t("actions")}
            </th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserRow key={user.id} user={user} actions={actions} onLink={setMade} />
          ))}
        </tbody>
      </table>
    </>
  );
};
