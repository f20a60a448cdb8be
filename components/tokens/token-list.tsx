"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import { SettingsHead } from "#components/settings/settings-head.tsx";
import { PageLive } from "#components/shell/page-live.tsx";
import type { TokenLine } from "#components/tokens/token-answer.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { Time } from "#components/ui/time.tsx";
import { timeText } from "#lib/time-text/time-text.ts";

type Revoke = (input: { id: string }) => Promise<{ readonly result: "done" | "gone" }>;

const Row = ({ token, revoke }: { readonly token: TokenLine; readonly revoke: Revoke }): ReactNode => {
  const t = useTranslations("tokens");
  const shell = useTranslations("shell");
  const clock = useClock();
  const { name, scopes, sources, systems, expiresAt, revokedAt } = token;
  const isOver = revokedAt !== null || token.isExpired;
  const limits = [
    ...(scopes.includes("ingest")
      ? [
          sources.length === 0 ? t("anySource") : t("sources", { list: sources.join(", ") }),
          ...(systems.length === 0 ? [] : [t("systems", { list: systems.join(", ") })]),
        ]
      : []),
    ...(scopes.includes("read") ? [t("sees", { role: shell(`role.${token.role}`) })] : []),
  ];
  return (
    <tr className={isOver ? "text-ink-3" : ""}>
      <td className="font-medium">{name}</td>
      <td className="cell-wide">{scopes.map((scope) => t(`scope.${scope}`)).join(" · ")}</td>
      <td className="cell-wide text-ink-2">{limits.length === 0 ? "–" : limits.join(" · ")}</td>
      <td className="cell-left">{expiresAt === null ? t("never") : <Time at={expiresAt} />}</td>
      <td className="cell-right">{token.lastUsedAt === null ? t("neverUsed") : <Time at={token.lastUsedAt} />}</td>
      <td className="cell-wide text-right max-wide:text-left">
        {revokedAt === null && !token.isExpired ? (
          <ConfirmButton
            text={t("revoke")}
            label={`${t("revoke")}: ${name}`}
            title={t("revokeTitle", { name })}
            body={t("revokeBody")}
            confirm={t("revoke")}
            act={async () => ((await revoke({ id: token.id })).result === "gone" ? t("gone") : null)}
          />
        ) : (
          <span>
            {revokedAt === null ? t("state.expired") : t("state.revoked", { time: timeText(revokedAt, clock) })}
          </span>
        )}
      </td>
    </tr>
  );
};

/** Tokens in force first; those revoked or expired stay to be seen. */
export const TokenList = ({
  tokens,
  revoke,
}: {
  readonly tokens: readonly TokenLine[];
  readonly revoke: Revoke;
}): ReactNode => {
  const t = useTranslations("tokens");
  return (
    <>
      <PageLive of="tokens" />
      <SettingsHead title={t("title")} intro={t("intro")}>
        <Link className="btn btn-primary" href="/tokens/new" prefetch={false}>
          {t("create")}
        </Link>
      </SettingsHead>
      {tokens.length === 0 ? (
        <p className="mt-6 text-ink-2">{t("none")}</p>
      ) : (
        <table className="list-table mt-4">
          <caption className="sr-only">{t("title")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("name")}</th>
              <th scope="col">{t("scopes")}</th>
              <th scope="col">{t("limits")}</th>
              <th scope="col">{t("expires")}</th>
              <th scope="col">{t("lastUsed")}</th>
              <th scope="col">
                <span className="sr-only">{t("revoke")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <Row key={token.id} token={token} revoke={revoke} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};
