"use server";

import { z } from "zod";
import { rejectReasons } from "#lib/event/reject-reason.ts";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.union([
  z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/) }),
  z.strictObject({ reason: z.enum(rejectReasons).optional(), source: z.string().max(2_048).optional() }),
]);

/** Leaves with the worker that rejected events go through the door again, one or all of a filter; audited with the request. */
export const redriveDeadLetters = async (sent: unknown): Promise<{ readonly request: string }> => {
  const viewer = await requireViewer("dead_letters.redrive");
  const asked = input.parse(sent);
  const { control, now } = currentConsole();
  const { id } = await control.requests.add({
    kind: "redrive",
    input: "id" in asked ? { ids: [asked.id] } : { ...asked },
    by: viewer.by,
    createdAt: now(),
  });
  return { request: id };
};
