import { bundleType } from "#lib/crosswalk/links-of.ts";
import type { KeyType } from "#lib/id/id.ts";
import { isCompleted } from "#lib/journey/judgement.ts";
import { type Key, toKeyId } from "#lib/key/key.ts";
import type { JourneyQuery, JourneyRow } from "#lib/storage/journey-index.ts";
import { comparePlaces, type JourneyPlace } from "#lib/storage/journey-cursor.ts";
import { journeyFrom } from "#lib/storage/journey-body.ts";
import { isWanted } from "#lib/storage/journey-filter.ts";
import { listKeysByForm } from "#lib/storage/sqlite/key-search.ts";
import type { SqliteFile } from "#lib/storage/sqlite/sqlite-file.ts";

/** A form that more keys share than this is not narrowed down enough to list journeys by. */
const KEYS_LIMIT = 1_000;
/** As far as events are spread over aliases (DESIGN 5). */
const LINKS_LIMIT = 4;

/** Journeys with a key that begins or ends with the form: the primary's own, or an alias that leads to it. */
export const listByKeyForm = (
  file: SqliteFile,
  form: string,
  query: JourneyQuery,
  after: JourneyPlace | null,
  limit: number,
): readonly JourneyRow[] => {
  const keys = listKeysByForm(file, form, KEYS_LIMIT);
  const rows = query.flows.flatMap((flow) => {
    const types = file
      .all<{ type: KeyType }>({ sql: "SELECT type FROM primary_type WHERE flow = ?" }, flow)
      .map((row) => row.type);
    return [...primariesOf(file, keys, types)].map((primary) => findJourney(file, flow, primary));
  });
  return rows
    .filter((row) => row !== null)
    .filter((row) => isWanted(row, query) && !isClosed(row, query) && (after === null || comparePlaces(row, after) > 0))
    .toSorted(comparePlaces)
    .slice(0, limit);
};

/** Values of keys of these types, and those the others lead to, nearest first. */
const primariesOf = (file: SqliteFile, keys: readonly Key[], types: readonly KeyType[]): ReadonlySet<string> => {
  const primaries = new Set<string>();
  for (const key of keys) {
    if (types.includes(key.type)) primaries.add(key.value);
    else for (const primary of nearestPrimaries(file, key, types)) primaries.add(primary);
  }
  return primaries;
};

const nearestPrimaries = (file: SqliteFile, key: Key, types: readonly KeyType[]): readonly string[] => {
  const seen = new Set<string>([toKeyId(key)]);
  let ring: readonly Key[] = [key];
  for (let link = 0; link < LINKS_LIMIT && ring.length > 0; link += 1) {
    const next = ring.flatMap((from) => neighboursOf(file, from)).slice(0, KEYS_LIMIT);
    const primaries = next.filter((other) => types.includes(other.type)).map((other) => other.value);
    if (primaries.length > 0) return primaries;
    ring = next.filter((other) => !seen.has(toKeyId(other)));
    for (const other of ring) seen.add(toKeyId(other));
  }
  return [];
};

/** Keys beside this one in one event; the stand-in for an event of many keys is stepped over. */
const neighboursOf = (file: SqliteFile, key: Key): readonly Key[] =>
  linkedTo(file, key).flatMap((other) => (other.type === bundleType ? linkedTo(file, other) : [other]));

const linkedTo = (file: SqliteFile, key: Key): readonly Key[] =>
  file
    .all<{ other_type: KeyType; other_value: string }>(
      { sql: `SELECT other_type, other_value FROM link WHERE type = ? AND value = ? LIMIT ${KEYS_LIMIT}` },
      key.type,
      key.value,
    )
    .map((row) => ({ type: row.other_type, value: row.other_value }));

const findJourney = (file: SqliteFile, flow: string, primary: string): JourneyRow | null => {
  const row = file.get<{ body: string }>(
    {
      sql: "SELECT body FROM journey WHERE flow = (SELECT id FROM series WHERE flow = ? AND name = '') AND primary_value = ?",
    },
    flow,
    primary,
  );
  return row === undefined ? null : journeyFrom(row.body);
};

const isClosed = ({ flow, primary, state }: JourneyRow, { closed = [] }: JourneyQuery): boolean =>
  !isCompleted(state) && closed.some((each) => each.flow === flow && each.primary === primary);
