"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useClock } from "#components/message/text-provider.tsx";
import type { Suggestion } from "#components/search/suggestion.ts";
import { Glyph } from "#components/ui/glyph.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { titleIn } from "#lib/people/title-in.ts";

/** One record, or one key without a record, under the search field. */
export const SuggestionRow = ({ suggestion }: { readonly suggestion: Suggestion }): ReactNode => {
  const t = useTranslations("search");
  const { language } = useClock();
  if (suggestion.kind === "loose") {
    const { type, value, tooCommon } = suggestion.loose;
    return (
      <>
        <Glyph name="waiting" size={14} />
        <span className="min-w-0 flex-1 truncate font-medium">{value}</span>
        <span className="text-12 text-ink-3">
          {tooCommon === null ? t("results.waiting") : t("results.tooCommon", { type, value, count: tooCommon })}
        </span>
      </>
    );
  }
  const { hit } = suggestion;
  const isAlias = hit.type !== hit.primaryType;
  return (
    <>
      <span className="w-32 flex-none">
        <StateBadge state={hit.state} />
      </span>
      <b className="max-w-[50%] flex-none truncate font-medium">{hit.primary}</b>
      {isAlias && hit.value !== "" ? (
        <span className="min-w-0 truncate text-12 text-ink-3">
          {hit.type} {hit.value}
        </span>
      ) : null}
      <span className="ml-auto truncate pl-3 text-12 text-ink-3 max-wide:hidden">
        {titleIn(hit.flowTitle, language, hit.flow)}
      </span>
    </>
  );
};
