import { emptyFacts, type Facts, mergeFacts } from "#lib/journey/facts.ts";

/** Pairs of about the same size first: of a thousand one after the other, all that came before would be copied a thousand times. */
export function mergeAllFacts(facts: readonly Facts[]): Facts {
  let round = facts;
  while (round.length > 1) {
    const next: Facts[] = [];
    for (let at = 0; at < round.length; at += 2)
      next.push(mergeFacts(round[at] ?? emptyFacts, round[at + 1] ?? emptyFacts));
    round = next;
  }
  return round[0] ?? emptyFacts;
}
