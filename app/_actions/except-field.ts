"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { toFieldWords } from "#lib/privacy/field-rules.ts";
import {
  addMaskingException,
  maskingExceptionsSetting,
  readMaskingExceptions,
} from "#lib/privacy/masking-exceptions.ts";
import { currentConsole } from "#app/_data/console.ts";
import { requireViewer } from "#app/_data/session.ts";

const input = z.object({
  field: z
    .string()
    .max(64)
    .refine((field) => toFieldWords(field) !== ""),
});

/** From now on this field is not masked for its name; in force within 2 s. */
export const exceptField = async (sent: unknown): Promise<{ readonly result: "done" | "gone" }> => {
  const viewer = await requireViewer("masking.change");
  const field = toFieldWords(input.parse(sent).field);
  const { control, now } = currentConsole();
  const [at, { by }] = [now(), viewer];
  const isChanged = await control.definitions.changeSetting(
    maskingExceptionsSetting,
    (value) => addMaskingException(readMaskingExceptions(value), { field, by, at }),
    { at, by, action: "masking_exception.added", object: `field:${field}`, result: "done" },
  );
  revalidatePath("/settings/data");
  return { result: isChanged ? "done" : "gone" };
};
