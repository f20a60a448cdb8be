import { z } from "zod";

const schema = z.object({ file: z.string().min(1).max(500) });

/** The declaration file whose text is asked for; null where none is. */
export const shownFile = (searchParams: unknown): string | null => schema.safeParse(searchParams).data?.file ?? null;
