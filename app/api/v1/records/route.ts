import { recordBody, recordQuery } from "#lib/api/look-up-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { answerRecord } from "#app/api/_route/answer-record.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { readBody } from "#app/api/_route/read-body.ts";
import { toRecordQuestion } from "#app/api/_route/record-question.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

export const GET = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const { type, value } = parseQuery(recordQuery, new URL(request.url).searchParams);
  return answerRecord(viewer, toRecordQuestion(type, value, false));
});

/** For values of searchable types, which never stand in an address. */
export const POST = apiRoute(async (request) => {
  const viewer = await viewerOfRequest(request);
  const { type, value } = await readBody(request, recordBody);
  return answerRecord(viewer, toRecordQuestion(type, value, true));
});

export const { PUT, PATCH, DELETE } = otherMethods("GET", "POST");
