import { noQuery } from "#lib/api/flows-schema.ts";
import { parseQuery } from "#lib/api/query.ts";
import { viewerOfRequest } from "#app/_data/session.ts";
import { answerRecord } from "#app/api/_route/answer-record.ts";
import { apiRoute } from "#app/api/_route/api-route.ts";
import { toRecordQuestion } from "#app/api/_route/record-question.ts";
import { otherMethods } from "#app/api/_route/other-methods.ts";

interface Params {
  readonly keyType: string;
  readonly keyValue: string;
}

export const GET = apiRoute<Params>(async (request, { keyType, keyValue }) => {
  const viewer = await viewerOfRequest(request);
  parseQuery(noQuery, new URL(request.url).searchParams);
  return answerRecord(viewer, toRecordQuestion(keyType, keyValue, false));
});

export const { POST, PUT, PATCH, DELETE } = otherMethods("GET");
