import type { Calls } from "#ingest/collector/call.ts";
import type { Prepared, PrepareItem } from "#ingest/collector/prepare.ts";
import type { TextSlab } from "#ingest/collector/text-slab.ts";
import { findSource } from "#ingest/sources.ts";
import type { WireItem } from "#ingest/source.ts";
import type { Intake } from "#ingest/spool/spooled-intake.ts";
import type { RejectReason, Rejection } from "#lib/event/reject-reason.ts";
import type { AcceptItem, Arrival as EventArrival, EventPosition } from "#lib/storage/event-log.ts";
import type { NewDeadLetter } from "#lib/storage/dead-letters.ts";

export type BatchInput = Calls["batch"]["input"];
export type BatchOutput = Calls["batch"]["output"];

/** What one passage through the door turned away, by source, for the sources' own counts. */
export interface Arrival {
  readonly duplicates: readonly string[];
  readonly rejected: readonly string[];
}

export interface Passage {
  /** One for each request, in order. */
  readonly answers: readonly BatchOutput[];
  readonly arrival: Arrival;
}

export interface DoorOptions {
  readonly intake: Intake;
  prepare(item: WireItem, request: PrepareItem): Prepared;
  /** What a dead letter may keep of a text: personal data taken out, a long one cut. */
  readonly clean: (text: string) => { readonly text: string; readonly cut: boolean };
  /** Where events wait for their accept; nobody else's while the passage lasts. */
  readonly slab: TextSlab;
  /** False: what is rejected leaves no dead letter, because it is one. */
  readonly keepRejected: boolean;
  /**
   * Told of accepted events as soon as they are durable, whatever becomes of the rest of the passage: a sender who is told "later" sends
   * them again, they are duplicates then, and nothing else would ever bring them into the journeys.
   */
  readonly take: (
    accepted: readonly AcceptItem[],
    position: EventPosition,
    /** One an event, where several workers write to the store. */
    arrivals: readonly EventArrival[] | undefined,
  ) => void;
}

/** The only thing of a well-formed event that a store can refuse for good. */
const tooLargeForTheStore = { reason: "too_large", path: "" } as const;

/** Events of one accept. More save little of its cost and grow old in the meantime, which costs the garbage collector more. */
const eventsPerAccept = 500;

/** One event of a request. Holds no more of what was sent than a dead letter would need. */
interface Place {
  readonly request: number;
  readonly index: number;
  readonly text: () => string;
}

interface Entry extends Place {
  readonly item: AcceptItem;
}

/**
 * The one door: several requests at once, so that they share one wait for the disk. Resolves when everything they brought is durable, what
 * was rejected included; rejects with StorageError when the store takes nothing, and then none of the requests may be answered with success.
 */
export async function passDoor(requests: readonly BatchInput[], options: DoorOptions): Promise<Passage> {
  const letters: NewDeadLetter[] = [];
  const rejected: string[] = [];
  const rejections = requests.map((): Rejection[] => []);
  const counts = requests.map(() => ({ accepted: 0, duplicates: 0 }));
  const entries: Entry[] = [];

  const reject = (
    at: Place,
    why: { readonly reason: RejectReason; readonly path: string; readonly source: string | null },
  ): void => {
    rejections[at.request]?.push({ index: at.index, reason: why.reason, path: why.path });
    if (why.source !== null) rejected.push(why.source);
    const request = requests[at.request];
    letters.push({ ...why, ...options.clean(at.text()), ...originOf(request), receivedAt: request?.arrivedAt ?? 0 });
  };

  const duplicates: string[] = [];
  const acceptAll = async (): Promise<void> => {
    const slice = entries.splice(0);
    if (slice.length === 0) return;
    const result = await options.intake.events.accept(slice.map(({ item }) => item));
    options.slab.clear();
    const accepted: AcceptItem[] = [];
    for (const [at, outcome] of result.outcomes.entries()) {
      const entry = slice[at];
      const count = entry && counts[entry.request];
      if (!entry || !count) continue;
      const { item } = entry;
      if (outcome === "accepted") {
        count.accepted += 1;
        accepted.push(item);
      } else if (outcome === "duplicate") {
        count.duplicates += 1;
        duplicates.push(item.event.source);
      } else {
        const why = outcome === "id_reused" ? ({ reason: outcome, path: "/id" } as const) : tooLargeForTheStore;
        reject(entry, { ...why, source: item.event.source });
      }
    }
    if (result.position === null || accepted.length === 0) return;
    const arrivals = result.arrivals?.filter((arrival) => arrival !== null);
    options.take(accepted, result.position, arrivals);
  };

  // A passage that failed has left what it held.
  options.slab.clear();
  const tooMany = new Set<number>();
  for (const [request, input] of requests.entries()) {
    const wire = findSource(input.form.source)?.decode(input.body, input.form) ?? [];
    if (wire === "too_many") {
      tooMany.add(request);
      continue;
    }
    let index = 0;
    for (const item of wire) {
      const prepared = options.prepare(item, input);
      if (prepared.accepted) entries.push({ request, index, text: item.text, item: held(prepared.item, options.slab) });
      else reject({ request, index, text: item.text }, prepared);
      index += 1;
      if (entries.length === eventsPerAccept) await acceptAll();
    }
  }

  await acceptAll();
  if (letters.length > 0 && options.keepRejected) await options.intake.deadLetters.add(letters);

  const answers = requests.map((_, request): BatchOutput => {
    if (tooMany.has(request)) return "too_many";
    const { accepted: taken = 0, duplicates: known = 0 } = counts[request] ?? {};
    const mine = (rejections[request] ?? []).toSorted((a, b) => a.index - b.index);
    return { accepted: taken, duplicates: known, rejected: mine };
  });
  return { answers, arrival: { duplicates, rejected } };
}

const held = (item: AcceptItem, slab: TextSlab): AcceptItem =>
  typeof item.json === "string" ? { event: item.event, json: slab.hold(item.json), matches: item.matches } : item;

/** What re-driving has to know of the request: within which limits it spoke, and whether it was an import. */
const originOf = (request: BatchInput | undefined): Pick<NewDeadLetter, "allowed" | "backfill"> => {
  if (request === undefined) return {};
  const { speaker, backfill } = request;
  const isLimited = speaker.sources.length > 0 || speaker.systems.length > 0;
  return { ...(isLimited && { allowed: speaker }), ...(backfill && { backfill }) };
};
