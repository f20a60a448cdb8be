import { createWalks, tooCommonAt } from "#lib/crosswalk/adjacent.ts";
import type { FlowId } from "#lib/id/id.ts";
import { keyTypesOf, type KnownFlow } from "#lib/read/known-flows.ts";
import type { ReadStores } from "#lib/read/read-context.ts";
import { resolveKey } from "#lib/read/resolve-key.ts";

/** A form that more keys share than this is not narrowed down enough to list journeys by. */
const maxKeys = 1_000;

/** Whether a journey has a key that begins or ends with the form, its primary's own or an alias that leads to it: as `JourneyIndex.list` finds them. */
export async function primariesByForm(
  { keySearch, crosswalk, units, events }: Pick<ReadStores, "keySearch" | "crosswalk" | "units" | "events">,
  form: string,
  flows: readonly KnownFlow[],
): Promise<(flow: FlowId, primary: string) => boolean> {
  const walks = createWalks(async (keys, types) => crosswalk.neighbours(keys, types, tooCommonAt));
  const found = new Map<FlowId, Set<string>>(flows.map(({ flow }) => [flow, new Set()]));
  for (const key of await keySearch.list(form, maxKeys)) {
    for (const flow of flows.filter((each) => keyTypesOf(each).includes(key.type))) {
      const { primaries } = await resolveKey(key, flow, { units, walks, crosswalk, events });
      for (const primary of primaries) found.get(flow.flow)?.add(primary);
    }
  }
  return (flow, primary) => found.get(flow)?.has(primary) === true;
}
