import type { Calls, RedriveQuery } from "#ingest/collector/call.ts";
import type { BatchInput, Passage } from "#ingest/collector/door.ts";
import { rejectReasons } from "#lib/event/reject-reason.ts";
import type { DeadLetter, DeadLetters } from "#lib/storage/dead-letters.ts";
import { StorageError } from "#lib/storage/storage-error.ts";

interface RedriveOptions {
  readonly deadLetters: DeadLetters;
  pass(inputs: readonly BatchInput[]): Promise<Passage>;
  readonly now: () => number;
}

const lettersPerPage = 200;

/** Sends dead letters through the door again. Those taken are marked; those rejected again stay as they are. Cut ones can't be sent. */
export async function redrive(query: RedriveQuery, options: RedriveOptions): Promise<Calls["redrive"]["output"]> {
  const count = { accepted: 0, duplicates: 0, rejected: 0, cut: 0 };
  for await (const letters of pagesOf(query, options.deadLetters)) {
    const whole = letters.filter((letter) => !letter.cut);
    count.cut += letters.length - whole.length;
    if (whole.length === 0) continue;
    const taken: string[] = [];
    const { answers } = await options.pass(whole.map((letter) => toInput(letter, options.now())));
    for (const [at, answer] of answers.entries()) {
      const letter = whole[at];
      const isTaken = answer !== "too_many" && answer.accepted + answer.duplicates > 0;
      if (letter === undefined || answer === "too_many" || !isTaken) count.rejected += 1;
      else {
        count.accepted += answer.accepted;
        count.duplicates += answer.duplicates;
        taken.push(letter.id);
      }
    }
    if (taken.length > 0) await options.deadLetters.markRedriven(taken, options.now());
  }
  return count;
}

/** A letter holds one event as JSON. It gets in as what its token might have said, and no more; a letter that somebody named is let in. */
function toInput({ text, source, reason, allowed, backfill }: DeadLetter, now: number): BatchInput {
  const limits = reason === "source_not_allowed" ? undefined : allowed;
  return {
    body: new TextEncoder().encode(text),
    form: { source: "hop", format: "json" },
    speaker: limits ?? { sources: source === null ? [] : [source], systems: [] },
    arrivedAt: now,
    backfill: backfill === true,
  };
}

async function* pagesOf(
  { ids = [], reason, source }: RedriveQuery,
  deadLetters: DeadLetters,
): AsyncGenerator<readonly DeadLetter[]> {
  if (ids.length > 0) {
    const found = await Promise.all(ids.map((id) => deadLetters.find(id)));
    const missing = ids.filter((_, at) => found[at] === null);
    if (missing.length > 0) throw new StorageError("conflict", `There is no dead letter ${missing.join(", ")}.`);
    yield found.filter((letter) => letter !== null && letter.redrivenAt === null).filter((letter) => letter !== null);
    return;
  }
  const known = rejectReasons.find((each) => each === reason);
  if (reason !== undefined && known === undefined)
    throw new StorageError("conflict", `There is no reason "${reason}".`);
  for (let cursor: string | null = null; ;) {
    const page = await deadLetters.list({
      open: true,
      cursor,
      limit: lettersPerPage,
      ...(known && { reason: known }),
      ...(source !== undefined && { source }),
    });
    // What a token was not allowed to say does not get in with all the rest: somebody has to mean it.
    yield page.items.filter((letter) => known !== undefined || letter.reason !== "source_not_allowed");
    if (page.next === null) return;
    cursor = page.next;
  }
}
