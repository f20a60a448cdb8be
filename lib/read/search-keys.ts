import { toKeyType, type FlowId } from "#lib/id/id.ts";
import { toKeyId, type Key } from "#lib/key/key.ts";
import { isLongEnough, toSearchForm } from "#lib/key/search-form.ts";
import { allDetectors, detect } from "#lib/privacy/detect.ts";
import { keyTypesOf, knownFlows, visibleFlows, type KnownFlow } from "#lib/read/known-flows.ts";
import { searchableTypes } from "#lib/read/known-keys.ts";
import { unmatchedOf } from "#lib/read/list-unmatched.ts";
import { createLookUp, type LookUp } from "#lib/read/look-up.ts";
import type { ReadContext, ReadStores } from "#lib/read/read-context.ts";
import { resolveKey } from "#lib/read/resolve-key.ts";
import type { LooseKey, SearchAnswer, SearchHit } from "#lib/search/search-answer.ts";

/** Journeys of one key that are listed: its own page has the rest. */
const maxPerKey = 10;
const longestText = 600;

interface Searching {
  readonly stores: ReadStores;
  readonly lookUp: LookUp;
  readonly role: ReadContext["role"];
  readonly form: string;
}

/**
 * Records by any of their keys, whole or by beginning or end (4 characters or more), separators and case forgiven; in flows the role may
 * see. `whole`: the text was sent off and not only typed: values of searchable types are looked for as well, by full value.
 */
export async function searchKeys(
  stores: ReadStores,
  { text: given, limit, whole }: { readonly text: string; readonly limit: number; readonly whole: boolean },
  context: ReadContext,
): Promise<SearchAnswer> {
  const text = given.trim().slice(0, longestText);
  const form = toSearchForm(text);
  const known = await knownFlows(stores.definitions);
  const flows = visibleFlows(known, context.role);
  const lookUp = createLookUp(stores, known, flows, context);
  const searching = { stores, lookUp, role: context.role, form };
  const looksPrivate = detect(text, allDetectors).length > 0;

  const keys = form === "" ? [] : await stores.keySearch.list(form, limit + 1);
  const named = await resolveKeys(keys.slice(0, limit), searching);
  const masked = form !== "" && (whole || looksPrivate) ? await findPrivate(text, searching) : [];
  const hits = distinct([...named.hits, ...masked]);
  const seen = await stores.sources.list();
  return {
    hits: hits.slice(0, limit),
    loose: named.loose,
    isCut: keys.length > limit || hits.length > limit,
    isShort: !isLongEnough(form),
    isPrivate: looksPrivate || masked.length > 0,
    types: [...new Set(flows.flatMap(keyTypesOf))],
    seenUpTo: seen.length === 0 ? null : Math.max(...seen.map(({ lastSeenAt }) => lastSeenAt)),
    nearest: whole && hits.length === 0 && named.loose.length === 0 ? await findNearest(searching) : [],
  };
}

/** What keys lead to, in their order; those that lead nowhere are told apart. */
async function resolveKeys(
  keys: readonly Key[],
  searching: Searching,
): Promise<{ readonly hits: readonly SearchHit[]; readonly loose: readonly LooseKey[] }> {
  const resolved = await Promise.all(keys.map(async (key) => ({ key, ...(await resolveOne(key, searching)) })));
  return {
    hits: resolved.flatMap(({ hits }) => hits),
    loose: resolved.flatMap(({ loose }) => (loose === null ? [] : [loose])),
  };
}

async function resolveOne(
  key: Key,
  searching: Searching,
): Promise<{ readonly hits: readonly SearchHit[]; readonly loose: LooseKey | null }> {
  const { stores, lookUp } = searching;
  const own = lookUp.flows.filter((flow) => keyTypesOf(flow).includes(key.type));
  const sources = {
    units: stores.units,
    crosswalk: stores.crosswalk,
    walks: lookUp.walks,
    events: stores.events,
  };
  const resolutions = await Promise.all(own.map(async (flow) => ({ flow, ...(await resolveKey(key, flow, sources)) })));
  const ids = resolutions.flatMap(({ flow, primaries }) =>
    primaries.slice(0, maxPerKey).map((primary) => ({ flow: flow.flow, primary })),
  );
  const hits = await toHits(key, ids, searching);
  if (hits.length > 0) return { hits, loose: null };
  const counts = resolutions.flatMap(({ tooCommon }) => (tooCommon === null ? [] : [tooCommon]));
  const isWaiting = resolutions.some(({ waiting }) => waiting.length > 0);
  const isKnown = counts.length > 0 || isWaiting || (await isUnmatched(key, searching));
  const tooCommon = counts.length === 0 ? null : Math.max(...counts);
  return { hits: [], loose: isKnown ? { type: key.type, value: key.value, tooCommon } : null };
}

/** Whether events that this role may see carry the key and match no step. */
async function isUnmatched(key: Key, { lookUp, role }: Searching): Promise<boolean> {
  const events = await lookUp.listEvents([key]);
  return unmatchedOf(events, { flows: lookUp.known.flows, judging: new Map(), role }).length > 0;
}

async function toHits(
  key: Key,
  ids: readonly { readonly flow: FlowId; readonly primary: string }[],
  { stores, lookUp, form }: Searching,
): Promise<readonly SearchHit[]> {
  const flows = new Map(lookUp.flows.map((flow) => [flow.flow, flow]));
  const rows = await stores.journeys.findMany(ids);
  return rows.flatMap((row) => {
    const flow = flows.get(row.flow);
    return flow === undefined
      ? []
      : [
          { ...namedAfter(flow), ...row, type: key.type, value: key.value, isWhole: toSearchForm(key.value) === form },
        ].map(pick);
  });
}

const namedAfter = ({ types, newest }: KnownFlow): Pick<SearchHit, "primaryType" | "flowTitle"> => ({
  primaryType: types.primary,
  flowTitle: newest.declaration.title ?? {},
});

const pick = ({
  type,
  value,
  isWhole,
  flow,
  flowTitle,
  primaryType,
  primary,
  state,
  reason,
  since,
  startedAt,
}: SearchHit): SearchHit => ({
  type,
  value,
  isWhole,
  flow,
  flowTitle,
  primaryType,
  primary,
  state,
  reason,
  since,
  startedAt,
});

/** Records with this value of a searchable type; the value itself is not kept and is not in the answer. */
async function findPrivate(text: string, searching: Searching): Promise<readonly SearchHit[]> {
  const types = searchableTypes(searching.lookUp.flows);
  const found = await Promise.all(
    types.map(async (type) => {
      const { journeys } = await searching.lookUp.find({ type, value: text, searchable: true });
      const ids = journeys
        .slice(0, maxPerKey)
        .map(({ flow, loaded }) => ({ flow: flow.flow, primary: loaded.primary }));
      const hits = await toHits({ type: toKeyType(type), value: "" }, ids, searching);
      return hits.map((hit) => ({ ...hit, isWhole: true }));
    }),
  );
  return found.flat();
}

/** Keys that begin or end almost like it: a slip at either end. */
async function findNearest(searching: Searching): Promise<readonly SearchHit[]> {
  const { form, stores } = searching;
  const cuts = [form.slice(0, -1), form.slice(1), form.slice(0, -2), form.slice(2)].filter(isLongEnough);
  const keys = new Map<string, Key>();
  for (const cut of cuts) {
    for (const key of await stores.keySearch.list(cut, 5)) keys.set(toKeyId(key), key);
    if (keys.size >= 5) break;
  }
  const { hits } = await resolveKeys([...keys.values()].slice(0, 5), searching);
  return distinct(hits).slice(0, 5);
}

/** A journey once, by the best of its keys. */
function distinct(hits: readonly SearchHit[]): readonly SearchHit[] {
  const found = new Map<string, SearchHit>();
  for (const hit of hits) {
    const id = JSON.stringify([hit.flow, hit.primary]);
    if (!found.has(id)) found.set(id, hit);
  }
  return [...found.values()];
}
