import type { Warning } from "#lib/journey/judgement.ts";
import type { Key } from "#lib/key/key.ts";

/** Said of a journey one of whose keys stands beside more than 1,000 records. */
export const tooCommonWarning = ({ type, value }: Key): Warning => ({
  kind: "too_common",
  hop: null,
  text: {
    en: `${type} ${value} stands beside more than 1,000 records: too many for a business key, so it links nothing.`,
    zh: `${type} ${value} 对应 1,000 多条记录，太多了，不能当作业务号码，不再用它关联。`,
  },
});
