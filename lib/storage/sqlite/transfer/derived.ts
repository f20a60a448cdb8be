import { type KeyType, toKeyType } from "#lib/id/id.ts";
import { toKeyId } from "#lib/key/key.ts";
import type { UnitId } from "#lib/storage/projection.ts";
import type { TransferKinds } from "#lib/storage/transfer.ts";
import { journeyFrom } from "#lib/storage/journey-body.ts";
import type { State } from "#lib/storage/sqlite/state.ts";
import { unitFrom } from "#lib/storage/unit-body.ts";
import { placeAfter, toPage } from "#lib/storage/sqlite/transfer/page.ts";

interface LinkRow {
  readonly type: string;
  readonly value: string;
  readonly other_type: string;
  readonly other_value: string;
  readonly kept_day: number;
}

/** Each link stands twice, once from either end. */
const once = "(type, value) < (other_type, other_value)";

const toLink = (row: LinkRow): { readonly a: LinkEnd; readonly b: LinkEnd; readonly day: number } => {
  const one: LinkEnd = { type: toKeyType(row.type), value: row.value };
  const other: LinkEnd = { type: toKeyType(row.other_type), value: row.other_value };
  const [a, b] = toKeyId(one) < toKeyId(other) ? [one, other] : [other, one];
  return { a, b, day: row.kept_day };
};

interface LinkEnd {
  readonly type: KeyType;
  readonly value: string;
}

/** Rows of state.db, written as a commit writes them, with everything that is counted from them. */
export const sqliteDerivedTransfer = (state: State): Pick<TransferKinds, "unit" | "link" | "key" | "journey"> => {
  const { writer } = state;
  const file = state.read();
  const count = (sql: string) => async (): Promise<number> =>
    file.get<{ count: number }>({ sql: `SELECT count(*) AS count FROM ${sql}` })?.count ?? 0;
  return {
    unit: {
      count: count("unit"),
      async read(after, limit) {
        const sql = "SELECT unit, body FROM unit WHERE unit > ? ORDER BY unit LIMIT ?";
        const rows = file.all<{ unit: UnitId; body: string }>({ sql }, ...placeAfter(after, [""]), limit);
        return toPage(
          rows,
          limit,
          ({ unit, body }) => unitFrom(unit, body),
          ({ unit }) => [unit],
        );
      },
      async write(units) {
        writer.change(() => {
          for (const unit of units) writer.units.replace(unit);
        });
      },
    },
    link: {
      count: count(`link WHERE ${once}`),
      async read(after, limit) {
        const rows = file.all<LinkRow>(
          {
            sql: `SELECT * FROM link WHERE (type, value, other_type, other_value) > (?, ?, ?, ?) AND ${once}
             ORDER BY type, value, other_type, other_value LIMIT ?`,
          },
          ...placeAfter(after, ["", "", "", ""]),
          limit,
        );
        return toPage(rows, limit, toLink, (row) => [row.type, row.value, row.other_type, row.other_value]);
      },
      async write(links) {
        writer.change(() => {
          for (const { day, ...link } of links) writer.writeLink(link, day);
        });
      },
    },
    key: {
      count: count("key_beginning"),
      async read(after, limit) {
        const rows = file.all<{ form: string; value: string; type: KeyType; day: number }>(
          {
            sql: `SELECT form, value, type, kept_day AS day FROM key_beginning WHERE (form, value, type) > (?, ?, ?)
             ORDER BY form, value, type LIMIT ?`,
          },
          ...placeAfter(after, ["", "", ""]),
          limit,
        );
        return toPage(
          rows,
          limit,
          ({ type, value, day }) => ({ type, value, day }),
          ({ form, value, type }) => [form, value, type],
        );
      },
      async write(keys) {
        writer.change(() => {
          for (const { day, ...key } of keys) writer.keys.add(key, day);
        });
      },
    },
    journey: {
      count: count("journey"),
      async read(after, limit) {
        const sql = "SELECT id, body FROM journey WHERE id > ? ORDER BY id LIMIT ?";
        const rows = file.all<{ id: number; body: string }>({ sql }, ...placeAfter(after, [0]), limit);
        return toPage(
          rows,
          limit,
          ({ body }) => journeyFrom(body),
          ({ id }) => [id],
        );
      },
      async write(journeys) {
        writer.change(() => {
          for (const row of journeys) writer.journeys.replace(row.flow, row.primary, row);
        });
      },
    },
  };
};
