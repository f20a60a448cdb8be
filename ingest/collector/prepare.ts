import type { Speaker } from "#ingest/collector/call.ts";
import type { World } from "#ingest/collector/world.ts";
import type { WireItem } from "#ingest/source.ts";
import { toSlimEvent } from "#ingest/projection/slim-event.ts";
import type { CheckResult } from "#lib/contract/check-result.ts";
import { checkPayload } from "#lib/contract/check-payload.ts";
import type { SchemaRegistry } from "#lib/contract/schema-registry.ts";
import type { HopEvent, MaskFact, StoredEvent } from "#lib/event/hop-event.ts";
import { isJsonObject } from "#lib/event/json-object.ts";
import { parseHopEvent } from "#lib/event/parse-hop-event.ts";
import type { RejectReason } from "#lib/event/reject-reason.ts";
import { toSignature } from "#lib/event/signature.ts";
import type { FlowMatch } from "#lib/flow/flow-matcher.ts";
import type { FlowVersion } from "#lib/flow/flow-version.ts";
import { type FlowId, type StepId, toKeyType } from "#lib/id/id.ts";
import { maskEvent } from "#lib/privacy/mask-event.ts";
import type { AcceptItem, StepMatch } from "#lib/storage/event-log.ts";

/** An event ready to be kept, or why it is not. `source` as far as it is known. */
export type Prepared =
  | { readonly accepted: true; readonly item: AcceptItem }
  | { readonly accepted: false; readonly reason: RejectReason; readonly path: string; readonly source: string | null };

/** What of a request concerns each of its events. */
export interface PrepareItem {
  readonly speaker: Speaker;
  readonly arrivedAt: number;
  readonly backfill: boolean;
}

interface PrepareOptions {
  readonly world: World;
  readonly schemas: SchemaRegistry;
  readonly hash: (text: string) => string;
  readonly hashMasked: (text: string) => string;
  /** Told of what was masked in an event that may be kept. */
  readonly noteMasks: (masks: Readonly<Record<string, MaskFact>>) => void;
}

/** The door's work on one event, in DESIGN promise 5's order: keys are taken, schemas judged, the id computed, then masked. Pure but for `noteMasks`. */
export function prepare(item: WireItem, request: PrepareItem, options: PrepareOptions): Prepared {
  const { speaker, arrivedAt, backfill } = request;
  const [onlySource] = speaker.sources.length === 1 ? speaker.sources : [];
  if (!("value" in item)) return { accepted: false, reason: item.reason, path: item.path, source: onlySource ?? null };
  const parsed = parseHopEvent(
    item.value,
    { ingestedAt: arrivedAt },
    { hash: options.hash, ...(onlySource === undefined ? {} : { source: onlySource }) },
  );
  if (!parsed.accepted) {
    const source = onlySource ?? (speaker.sources.length === 0 ? namedSource(item.value) : null);
    return { accepted: false, reason: parsed.reason, path: parsed.path, source };
  }
  const { event, contentHash } = parsed;
  const matches = options.world.match(event);
  const refused = findRefusal(event, matches, speaker);
  if (refused !== null) return { accepted: false, reason: "source_not_allowed", path: refused, source: null };

  const checks = check(event, matches, options);
  const masked = maskEvent(event, options.world.masking, {
    neverMask: linkValuesOf(event, options.world),
    searchable: options.world.searchableTypes,
    hash: options.hashMasked,
  });
  if (masked.masks !== undefined) options.noteMasks(masked.masks);
  const stored: StoredEvent = {
    ...masked.event,
    ingestedAt: arrivedAt,
    contentHash,
    ...(checks === null ? undefined : { checks }),
    ...(masked.masks === undefined ? undefined : { masks: masked.masks }),
    ...(masked.searchable === undefined ? undefined : { searchable: masked.searchable }),
    ...(backfill ? { backfill } : undefined),
  };
  const json = JSON.stringify(stored);
  return {
    accepted: true,
    item: { event: toSlimEvent(stored), json, matches: toStepMatches(stored, matches, options.world) },
  };
}

/** Longer names are nobody's. */
const maxSourceLength = 512;

/** Whose a rejected event says it is, read as of a good one; null where it says nothing. */
function namedSource(value: unknown): string | null {
  const { source, system } = isJsonObject(value) ? value : {};
  const named = [source, system].find((text) => typeof text === "string" && text.trim() !== "");
  return typeof named === "string" && named.length <= maxSourceLength ? named : null;
}

/** Values that lead to records: they stay readable wherever in the event they stand. */
function linkValuesOf(event: HopEvent, world: World): ReadonlySet<string> {
  const values = new Set<string>();
  for (const type in event.keys) {
    if (!world.linkTypes.has(toKeyType(type))) continue;
    for (const value of event.keys[toKeyType(type)] ?? []) values.add(value);
  }
  return values;
}

/** The member by which an event falls outside what its token may speak for; null where it does not. */
function findRefusal(
  event: HopEvent,
  matches: readonly FlowMatch<FlowVersion>[],
  { sources, systems }: Speaker,
): string | null {
  if (sources.length > 0 && !sources.includes(event.source)) return "/source";
  if (systems.length === 0) return null;
  if (event.system !== undefined) return systems.includes(event.system) ? null : "/system";
  // Without a system the step speaks for it; where no flow knows the step nothing says that it is allowed.
  const stepSystems = matches.map(
    ({ version, step }) => version.declaration.steps.find(({ id }) => id === step)?.system,
  );
  return stepSystems.length > 0 && stepSystems.every((system) => system !== undefined && systems.includes(system))
    ? null
    : "/system";
}

/** Every downstream contract and `when`, of every version: what is masked afterwards can't be judged again. */
function check(
  event: HopEvent,
  matches: readonly FlowMatch<FlowVersion>[],
  { world, schemas }: PrepareOptions,
): Readonly<Record<string, CheckResult>> | null {
  let checks: Record<string, CheckResult> | null = null;
  for (const { version, step } of matches) {
    if (step === "ambiguous_step") continue;
    const { contracts, whens } = world.schemasAt(version, step);
    if (event.payload !== undefined && event.payload !== null) {
      for (const ref of contracts) {
        checks ??= {};
        checks[ref.hash] ??= checkPayload(schemas.compiled(ref), event.payload);
      }
    }
    for (const ref of whens) {
      checks ??= {};
      const tested = { attributes: event.attributes ?? {}, payload: event.payload ?? null };
      checks[ref.hash] ??= checkPayload(schemas.compiled(ref), tested);
    }
  }
  return checks;
}

/** One step a flow: that of the version which judges a journey beginning with this event, else of the newest that has a place for it. */
function toStepMatches(
  event: HopEvent,
  matches: readonly FlowMatch<FlowVersion>[],
  world: World,
): readonly StepMatch[] {
  const steps = new Map<FlowId, { readonly step: StepId; readonly version: FlowVersion }>();
  for (const { flow, version, step } of matches) {
    if (step === "ambiguous_step") continue;
    if (steps.has(flow) && world.versionAt(flow, event.eventTime) !== version) continue;
    steps.set(flow, { step, version });
  }
  if (steps.size === 0) return [];
  const signature = event.outcome === "failed" ? toSignature(event.error?.message ?? "") : undefined;
  return [...steps].map(([flow, { step, version }]) => {
    if (signature === undefined) return { flow, step };
    const primaries = event.keys[version.declaration.primary] ?? [];
    const [primary] = primaries.length === 1 ? primaries : [];
    return { flow, step, signature, ...(primary === undefined ? {} : { primary }) };
  });
}
