import { z } from "zod";

const schema = z.object({ q: z.string().trim().min(1).max(600) });

/** The text searched for; null where the address has none. */
export const searchedText = (searchParams: unknown): string | null => schema.safeParse(searchParams).data?.q ?? null;
