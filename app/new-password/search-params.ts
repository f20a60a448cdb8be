import { z } from "zod";

const schema = z.object({ key: z.string().regex(/^[\w-]{43}$/) });

/** The secret of a link for a password as it stands in the address; null where there is none. */
export const linkKey = (searchParams: unknown): string | null => schema.safeParse(searchParams).data?.key ?? null;
