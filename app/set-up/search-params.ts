import { z } from "zod";

const schema = z.object({ key: z.string().regex(/^[\w-]{43}$/) });

/** The secret of a set-up link as it stands in the address; null where there is none. Whether it still counts is seen when it is used. */
export const linkKey = (searchParams: unknown): string | null => schema.safeParse(searchParams).data?.key ?? null;
