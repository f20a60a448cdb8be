import { openEvents } from "#lib/storage/open.ts";
import { placeOf } from "#test/support/store-place.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** Id of the newest rejected event of a home, as soon as readers find one. */
export async function newestLetter(home: string): Promise<string> {
  const storage = await openEvents(placeOf(home), { mode: "reader", now: Date.now });
  try {
    const { id } = await waitFor("a rejected event", async () => {
      const { items } = await storage.deadLetters.list({ cursor: null, limit: 1 });
      return items[0];
    });
    return id;
  } finally {
    await storage.close();
  }
}
