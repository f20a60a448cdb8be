import "server-only";
import { findHealthy } from "#lib/read/find-healthy.ts";
import type { JourneyAnswer } from "#lib/record/record-answer.ts";
import { toKeyValue } from "#lib/key/key-value.ts";
import { findRecord } from "#app/_data/find-record.ts";
import { readScope } from "#app/_data/read-scope.ts";
import type { Viewer } from "#app/_data/session.ts";

/** What a comparison was asked for: a key that somebody entered, or (null) a record that got through, whichever is nearest. */
export type ComparedWith =
  | { readonly result: "found"; readonly journey: JourneyAnswer; readonly isNearest: boolean }
  | { readonly result: "none" | "not_found" | "self" };

/** The record to compare a journey with; reading it is audited like reading any. */
export async function compareRecord(
  viewer: Viewer,
  own: JourneyAnswer & { readonly primary: string },
  key: string | null,
): Promise<ComparedWith> {
  const { stores } = readScope(viewer, "records.read");
  const { flow, primary, names } = own;
  const wanted = key === null ? null : toKeyValue(key);
  const healthy =
    wanted === null
      ? await findHealthy(stores.journeys, {
          flow,
          primary,
          startedAt: Date.parse(own.startedAt),
          versionHash: own.flowVersion,
        })
      : null;
  const value = wanted ?? healthy?.primary;
  if (value === undefined) return { result: "none" };
  const answer = await findRecord(viewer, { type: healthy === null ? "_" : names.primary, value, searchable: false });
  const found = answer?.journeys.filter((journey) => journey.flow === flow) ?? [];
  const journey = found.find((each) => each.primary !== primary);
  if (journey === undefined) return { result: found.length > 0 ? "self" : "not_found" };
  return { result: "found", journey, isNearest: healthy !== null };
}
