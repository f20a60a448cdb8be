"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { maskingExceptionsSetting, readMaskingExceptions } from "#lib/privacy/masking-exceptions.ts";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({ field: z.string().max(64) });

/** The field is masked for its name again; in force within 2 s. */
export const maskFieldAgain = async (sent: unknown): Promise<{ readonly result: "done" | "gone" }> => {
  const viewer = await requireViewer("masking.change");
  const { field } = input.parse(sent);
  const { control, now } = currentConsole();
  const isChanged = await control.definitions.changeSetting(
    maskingExceptionsSetting,
    (value) => {
      const before = readMaskingExceptions(value);
      const after = before.filter((each) => each.field !== field);
      return after.length === before.length ? value : after;
    },
    { at: now(), by: viewer.by, action: "masking_exception.removed", object: `field:${field}`, result: "done" },
  );
  revalidatePath("/settings/data");
  return { result: isChanged ? "done" : "gone" };
};
