import { z } from "zod";
import {
  flowDetailSchema,
  flowsAnswerSchema,
  latencyAnswerSchema,
  latencyQuery,
  noQuery,
} from "#lib/api/flows-schema.ts";
import { deadLettersAnswerSchema, deadLettersQuery, sourcesAnswerSchema } from "#lib/api/intake-schema.ts";
import {
  failuresAnswerSchema,
  failuresQuery,
  journeysAnswerSchema,
  journeysExportQuery,
  journeysQuery,
} from "#lib/api/journeys-schema.ts";
import { lookUpAnswerSchema, lookUpBody, recordBody, recordQuery, streamQuery } from "#lib/api/look-up-schema.ts";
import type { ProblemCode } from "#lib/api/problem.ts";
import { recordAnswerSchema } from "#lib/api/record-schema.ts";

/** One route of the read API, as the OpenAPI document tells it. */
export interface Operation {
  readonly id: string;
  readonly method: "get" | "post";
  readonly path: string;
  readonly summary: string;
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  /** Absent: a text of the type that `answerType` names. */
  readonly answer?: z.ZodType;
  readonly answerType?: "text/event-stream" | "text/csv";
  /** Beside those that every route may answer. */
  readonly problems: readonly ProblemCode[];
  /** For everybody: neither token nor sign-in is asked for. */
  readonly isOpen?: true;
}

export const operations: readonly Operation[] = [
  {
    id: "findRecord",
    method: "get",
    path: "/api/v1/records/{keyType}/{keyValue}",
    summary: "Every journey that a key leads to; `_` as type searches every type that is no searchable one",
    query: noQuery,
    answer: recordAnswerSchema,
    problems: ["invalid_parameter", "record_not_found"],
  },
  {
    id: "findRecordByQuery",
    method: "get",
    path: "/api/v1/records",
    summary: "The same, for values that an address cannot hold well",
    query: recordQuery,
    answer: recordAnswerSchema,
    problems: ["invalid_parameter", "record_not_found"],
  },
  {
    id: "findRecordByBody",
    method: "post",
    path: "/api/v1/records",
    summary: "The same, for values of searchable types too",
    query: noQuery,
    body: recordBody,
    answer: recordAnswerSchema,
    problems: ["invalid_parameter", "invalid_body", "record_not_found", "too_large", "unsupported_media_type"],
  },
  {
    id: "lookUpRecords",
    method: "post",
    path: "/api/v1/records/lookup",
    summary: "Up to 500 pasted keys, one line each",
    query: noQuery,
    body: lookUpBody,
    answer: lookUpAnswerSchema,
    problems: ["invalid_parameter", "invalid_body", "too_large", "unsupported_media_type"],
  },
  {
    id: "listJourneys",
    method: "get",
    path: "/api/v1/journeys",
    summary: "Journeys, newest start first; pages are stable while journeys come and go",
    query: journeysQuery,
    answer: journeysAnswerSchema,
    problems: ["invalid_parameter", "invalid_cursor"],
  },
  {
    id: "exportJourneys",
    method: "get",
    path: "/api/v1/journeys.csv",
    summary:
      "The same list for a spreadsheet: up to 100,000 journeys, names in the caller's language and times in their zone, no text a formula; its last line says where it was cut",
    query: journeysExportQuery,
    answerType: "text/csv",
    problems: ["invalid_parameter"],
  },
  {
    id: "listFlows",
    method: "get",
    path: "/api/v1/flows",
    summary: "Flows as declared, with their journeys counted by state",
    query: noQuery,
    answer: flowsAnswerSchema,
    problems: ["invalid_parameter"],
  },
  {
    id: "readFlow",
    method: "get",
    path: "/api/v1/flows/{flow}",
    summary: "One flow with its text, objectives and versions",
    query: noQuery,
    answer: flowDetailSchema,
    problems: ["invalid_parameter", "flow_not_found"],
  },
  {
    id: "readLatency",
    method: "get",
    path: "/api/v1/flows/{flow}/latency",
    summary: "p50, p95 and p99 of each hop and end to end; the last 24 hours where no period is given",
    query: latencyQuery,
    answer: latencyAnswerSchema,
    problems: ["invalid_parameter", "flow_not_found"],
  },
  {
    id: "countFailures",
    method: "get",
    path: "/api/v1/failures",
    summary: "Journeys failed or overdue, by what they have in common; `attempts=true` counts failed events",
    query: failuresQuery,
    answer: failuresAnswerSchema,
    problems: ["invalid_parameter"],
  },
  {
    id: "listSources",
    method: "get",
    path: "/api/v1/sources",
    summary: "Sources and how far each has been seen",
    query: noQuery,
    answer: sourcesAnswerSchema,
    problems: ["invalid_parameter"],
  },
  {
    id: "listDeadLetters",
    method: "get",
    path: "/api/v1/deadletters",
    summary: "Rejected events, newest first",
    query: deadLettersQuery,
    answer: deadLettersAnswerSchema,
    problems: ["invalid_parameter", "invalid_cursor"],
  },
  {
    id: "readSchema",
    method: "get",
    path: "/api/v1/schemas/{name}",
    summary:
      "JSON Schemas of the files in the flows folder: flow.json, systems.json, teams.json, sources.json, privacy.json",
    query: noQuery,
    answer: z.looseObject({ $schema: z.string(), $id: z.string() }),
    problems: ["not_found"],
    isOpen: true,
  },
  {
    id: "watchRecord",
    method: "get",
    path: "/api/v1/stream",
    summary:
      "Server-sent events: `changed` whenever the record would be answered differently; without a record, the overview",
    query: streamQuery,
    answerType: "text/event-stream",
    problems: ["invalid_parameter", "unavailable"],
  },
];
