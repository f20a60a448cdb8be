import { access } from "#components/message/en/access.ts";
import { fields } from "#components/message/en/fields.ts";
import { journey } from "#components/message/en/journey.ts";
import { journeys } from "#components/message/en/journeys.ts";
import { reason } from "#components/message/en/reason.ts";
import { record } from "#components/message/en/record.ts";
import { search } from "#components/message/en/search.ts";
import { shell } from "#components/message/en/shell.ts";
import { state } from "#components/message/en/state.ts";

/** Everything the console says, by namespace; a namespace is a file of its own in each language. */
export const en = { access, fields, journey, journeys, reason, record, search, shell, state };

export type Messages = typeof en;
