/** Each answers null where the text is not of its kind. */

export function parsePort(text: string): number | null {
  if (!/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port <= 65_535 ? port : null;
}

export function parseUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  return url.href.replace(/\/+$/, "");
}

/** Several, with commas between. */
export function parseUrls(text: string): readonly string[] | null {
  const urls = text.split(",").map((each) => parseUrl(each.trim()));
  const good = urls.filter((url) => url !== null);
  return good.length === urls.length ? good : null;
}

export const parseIndexPrefix = (text: string): string | null => (/^[a-z][a-z0-9_-]{0,39}$/.test(text) ? text : null);

export const parseReplicas = (text: string): number | null => (/^\d$/.test(text) ? Number(text) : null);

const hourMs = 3_600_000;

export function parseDays(text: string): number | null {
  const match = /^(\d{1,6})(h|d)$/.exec(text);
  if (!match) return null;
  const ms = Number(match[1]) * (match[2] === "h" ? hourMs : 24 * hourMs);
  return ms > 0 ? ms : null;
}

const byteUnits: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

export function parseBytes(text: string): number | null {
  const match = /^(\d{1,9})\s?([KMGT]?I?B)$/i.exec(text);
  const unit = byteUnits[match?.[2]?.toUpperCase() ?? ""];
  if (!match || unit === undefined) return null;
  const bytes = Number(match[1]) * unit;
  return bytes > 0 ? bytes : null;
}

export function parseYesNo(text: string): boolean | null {
  if (/^(yes|true|1|on)$/i.test(text)) return true;
  return /^(no|false|0|off)$/i.test(text) ? false : null;
}

export function parseTimeZone(text: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
