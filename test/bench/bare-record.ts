import type { estypes } from "@elastic/elasticsearch";
import { primaryUnit } from "#lib/crosswalk/unit.ts";
import { toFlowId, toKeyType } from "#lib/id/id.ts";
import { toKeyId } from "#lib/key/key.ts";
import type { Cluster } from "#lib/storage/elasticsearch/cluster.ts";
import { controlSchema } from "#lib/storage/elasticsearch/control/schema.ts";
import { eventSchema } from "#lib/storage/elasticsearch/event-document.ts";
import { journeyIdOf, journeySchema } from "#lib/storage/elasticsearch/journey-document.ts";
import { linkId, linkSchema } from "#lib/storage/elasticsearch/link-document.ts";
import { sourceSchema } from "#lib/storage/elasticsearch/source-document.ts";
import { unitDocumentId, unitSchema } from "#lib/storage/elasticsearch/unit-document.ts";
import { orderNumber, paymentNumber } from "#test/bench/order-events.ts";

const flow = toFlowId("order-to-cash");
const order = toKeyType("order_no");
const payment = toKeyType("payment_no");

/**
 * The bare query for one order: the documents that its record is made of, by the client itself with the fewest calls. First by id, in one
 * call: the ledger of declarations, the order's unit, its links and its row. These say which keys it has: then, at the same time, their links by
 * id, and in one call of several searches its events, the sources' progress and who reports its steps. Nothing is judged; answers are JSON.
 */
export const readBareRecord = async (cluster: Cluster, index: number): Promise<void> => {
  const { client } = cluster;
  const [number, paidBy] = [orderNumber(index), paymentNumber(index)];
  const unit = primaryUnit({ flow, primary: order }, number);
  const first = await client.mget({
    docs: [
      { _index: cluster.indexOf(controlSchema), _id: "ledger:definitions" },
      { _index: cluster.indexOf(unitSchema), _id: unitDocumentId(unit.id) },
      { _index: cluster.indexOf(linkSchema), _id: linkId({ type: order, value: number }, payment) },
      { _index: cluster.indexOf(journeySchema), _id: journeyIdOf(flow, number) },
    ],
  });
  if (!first.docs.every((each) => "found" in each && each.found)) throw new Error(`${number} lacks a document`);
  const [, { responses }] = await Promise.all([
    client.mget({
      index: cluster.indexOf(linkSchema),
      ids: [linkId({ type: payment, value: paidBy }, order)],
    }),
    client.msearch({
      searches: [
        { index: cluster.aliasOf(eventSchema) },
        {
          query: { terms: { keys: [toKeyId({ type: order, value: number })] } },
          size: 1_000,
          sort: [{ arrivedAt: "desc" }, { writer: "desc" }, { sequence: "desc" }],
          track_total_hits: false,
          _source: ["kept"],
        },
        { index: cluster.indexOf(sourceSchema) },
        { query: { terms: { kind: ["progress", "heartbeat"] } }, size: 5_000, track_total_hits: false },
        { index: cluster.indexOf(sourceSchema) },
        {
          query: { bool: { filter: [{ term: { kind: "report" } }, { term: { flow } }] } },
          size: 5_000,
          track_total_hits: false,
        },
      ],
    }),
  ]);
  if (responses.some((each) => countOf(each) === 0)) throw new Error(`${number} lacks events or sources`);
};

const countOf = (answer: estypes.MsearchResponseItem): number => ("hits" in answer ? answer.hits.hits.length : 0);
