import "server-only";
import { cookies, headers } from "next/headers";
import type { Language } from "#lib/time-text/duration-text.ts";

export type Theme = "light" | "dark";

export const languageCookie = "hopline.language";
export const themeCookie = "hopline.theme";

export const toLanguage = (text: string | null | undefined): Language | null =>
  text === "en" || text === "zh" ? text : null;

export const toTheme = (text: string | null | undefined): Theme | null =>
  text === "light" || text === "dark" ? text : null;

/** The first of the browser's languages that we speak. */
const acceptedLanguage = (header: string | null): Language | null => {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", quality] = part.trim().split(";q=");
      return {
        language: toLanguage(tag.slice(0, 2).toLowerCase()),
        weight: quality === undefined ? 1 : Number(quality),
      };
    })
    .toSorted((a, b) => b.weight - a.weight);
  return wanted.find(({ language }) => language !== null)?.language ?? null;
};

/** What this browser was set to, before anybody signed in. */
export const browserPreferences = async (): Promise<{ language: Language; theme: Theme | null }> => {
  const [jar, sent] = [await cookies(), await headers()];
  return {
    language: toLanguage(jar.get(languageCookie)?.value) ?? acceptedLanguage(sent.get("accept-language")) ?? "en",
    theme: toTheme(jar.get(themeCookie)?.value),
  };
};
