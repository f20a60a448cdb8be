import { casework as enCasework } from "#components/message/en/casework.ts";
import { compare as enCompare } from "#components/message/en/compare.ts";
import { fields as enFields } from "#components/message/en/fields.ts";
import { journey as enJourney } from "#components/message/en/journey.ts";
import { record as enRecord } from "#components/message/en/record.ts";
import { state as enState } from "#components/message/en/state.ts";
import { casework as zhCasework } from "#components/message/zh/casework.ts";
import { compare as zhCompare } from "#components/message/zh/compare.ts";
import { fields as zhFields } from "#components/message/zh/fields.ts";
import { journey as zhJourney } from "#components/message/zh/journey.ts";
import { record as zhRecord } from "#components/message/zh/record.ts";
import { state as zhState } from "#components/message/zh/state.ts";
import type { Language } from "#lib/time-text/duration-text.ts";

const en = {
  casework: enCasework,
  compare: enCompare,
  fields: enFields,
  journey: enJourney,
  record: enRecord,
  state: enState,
};

export type RecordMessages = typeof en;

/** Typed by the English texts: one that is missing here does not compile. */
const zh: RecordMessages = {
  casework: zhCasework,
  compare: zhCompare,
  fields: zhFields,
  journey: zhJourney,
  record: zhRecord,
  state: zhState,
};

/**
 * What a record's page says. It is drawn on the server, so its texts stay out of the catalogue that browsers load
 * (components/message/en.ts); where one is needed there it is handed over as a text.
 */
export const recordMessages = (language: Language): RecordMessages => (language === "zh" ? zh : en);
