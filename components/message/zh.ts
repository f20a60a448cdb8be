import type { Messages } from "#components/message/en.ts";
import { access } from "#components/message/zh/access.ts";
import { audit } from "#components/message/zh/audit.ts";
import { dataSettings } from "#components/message/zh/data-settings.ts";
import { deadLetters } from "#components/message/zh/dead-letters.ts";
import { failures } from "#components/message/zh/failures.ts";
import { first } from "#components/message/zh/first.ts";
import { flows } from "#components/message/zh/flows.ts";
import { journeys } from "#components/message/zh/journeys.ts";
import { lookUp } from "#components/message/zh/look-up.ts";
import { period } from "#components/message/zh/period.ts";
import { reason } from "#components/message/zh/reason.ts";
import { search } from "#components/message/zh/search.ts";
import { settings } from "#components/message/zh/settings.ts";
import { shell } from "#components/message/zh/shell.ts";
import { sources } from "#components/message/zh/sources.ts";
import { state } from "#components/message/zh/state.ts";
import { tokens } from "#components/message/zh/tokens.ts";
import { users } from "#components/message/zh/users.ts";

/** Typed by the English catalogue: a text that is missing here does not compile. */
export const zh: Messages = {
  access,
  audit,
  dataSettings,
  deadLetters,
  failures,
  first,
  flows,
  journeys,
  lookUp,
  period,
  reason,
  search,
  settings,
  shell,
  sources,
  state,
  tokens,
  users,
};
