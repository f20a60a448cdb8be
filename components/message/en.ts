import { access } from "#components/message/en/access.ts";
import { audit } from "#components/message/en/audit.ts";
import { dataSettings } from "#components/message/en/data-settings.ts";
import { deadLetters } from "#components/message/en/dead-letters.ts";
import { failures } from "#components/message/en/failures.ts";
import { first } from "#components/message/en/first.ts";
import { flows } from "#components/message/en/flows.ts";
import { journeys } from "#components/message/en/journeys.ts";
import { lookUp } from "#components/message/en/look-up.ts";
import { period } from "#components/message/en/period.ts";
import { reason } from "#components/message/en/reason.ts";
import { search } from "#components/message/en/search.ts";
import { settings } from "#components/message/en/settings.ts";
import { shell } from "#components/message/en/shell.ts";
import { sources } from "#components/message/en/sources.ts";
import { state } from "#components/message/en/state.ts";
import { tokens } from "#components/message/en/tokens.ts";
import { users } from "#components/message/en/users.ts";

/** Everything the console says, by namespace; a namespace is a file of its own in each language. */
export const en = {
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

export type Messages = typeof en;
