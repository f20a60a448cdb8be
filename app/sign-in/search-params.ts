import { z } from "zod";

const schema = z.object({ next: z.string().max(4_000).catch("/") });

/** Where to go after signing in: a path of this console, never another place. */
export const nextPath = (searchParams: unknown): string => {
  const { next } = schema.catch({ next: "/" }).parse(searchParams);
  const base = "http://console.invalid";
  if (!next.startsWith("/") || !URL.canParse(next, base)) return "/";
  const url = new URL(next, base);
  return url.origin === base && url.pathname !== "/sign-in" ? `${url.pathname}${url.search}` : "/";
};
