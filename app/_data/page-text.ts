import "server-only";
import { createTranslator } from "use-intl/core";
import { messagesOf } from "#components/message/messages-of.ts";
import type { Messages } from "#components/message/en.ts";
import { pageSetting } from "#app/_data/page-setting.ts";

/** Texts of a namespace in the language of this page, for titles and other places outside components. */
export const pageText = async <Namespace extends keyof Messages>(namespace: Namespace) => {
  const { clock } = await pageSetting();
  return createTranslator({
    locale: clock.language,
    messages: messagesOf(clock.language),
    namespace,
    timeZone: clock.timeZone,
  });
};
