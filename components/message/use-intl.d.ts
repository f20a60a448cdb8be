import type { Messages } from "#components/message/en.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

declare module "use-intl" {
  interface AppConfig {
    Messages: Messages;
    Locale: Language;
  }
}
