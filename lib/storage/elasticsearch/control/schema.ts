import { type IndexSchema, kept, keyword, long } from "#lib/storage/elasticsearch/index-schema.ts";

/** Everything people and commands change: small documents, addressed by id. */
export const controlSchema: IndexSchema = {
  name: "control",
  version: 1,
  span: "one",
  properties: {
    id: keyword,
    kind: keyword,
    /** The last change of its ledger that it holds; of a ledger, how many it has had. */
    number: long,
    /** Of a closing, and of the notes on a journey. */
    flow: keyword,
    /** Of a request: when it was asked, epoch ms. */
    at: long,
    /** Of a ledger: one while a change is decided and not yet everywhere. */
    pending: long,
    /** Of the ledger of definitions: what those who follow them ask for. */
    revision: long,
    closings: long,
    kept,
  },
};

/** Entries of all chains, by the month of their `at`; whole months are let go. */
export const auditSchema: IndexSchema = {
  name: "audit",
  version: 1,
  span: "month",
  properties: {
    process: keyword,
    sequence: long,
    at: long,
    by: keyword,
    action: keyword,
    object: kept,
    result: kept,
    detail: kept,
    hash: kept,
  },
};
