import type { Detector, MaskingPolicy } from "#lib/privacy/masking-policy.ts";
import { isBankCard, isIdCard, isMobilePhone } from "#lib/privacy/proof.ts";

/** Personal data found in a text: `[start, end)` in UTF-16 units. */
export interface Detection {
  readonly rule: Detector;
  readonly start: number;
  readonly end: number;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isWord = (code: number): boolean => isDigit(code) || isLetter(code) || code === 95;

/** Whether the text can hold anything at all: an @, or eleven digits that at most single blanks and hyphens divide. */
export const mayHoldPersonalData = (text: string): boolean => {
  if (text.length < 6) return false;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      digits += 1;
      if (digits === 11) return true;
    } else if (code === 64) return true;
    else if (code !== 32 && code !== 45) digits = 0;
  }
  return false;
};

/** Whatever a policy leaves out: for texts that people type. */
export const allDetectors: MaskingPolicy["detectors"] = { phone: true, id_card: true, bank_card: true, email: true };

/**
 * Phones, ID cards, bank cards and mail addresses in a text, in order and apart. Each needs proof, because order numbers
 * are digits too. Time grows with the text only: no pattern here goes back on its steps.
 */
export const detect = (text: string, on: MaskingPolicy["detectors"]): readonly Detection[] => {
  if (!mayHoldPersonalData(text)) return [];
  const found: Detection[] = on.email && text.includes("@") ? findEmails(text) : [];
  if (on.phone || on.id_card || on.bank_card)
    found.push(...findNumbers(text, on), ...(on.bank_card ? findGrouped(text) : []));
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((one) => {
    if (one.start < end) return false;
    end = one.end;
    return true;
  });
};

/** Digits that are part of a longer name or number (`SO-13800138000`, `1.13800138000`) prove nothing. */
const standsAlone = (text: string, start: number, end: number): boolean => {
  const before = text.charCodeAt(start - 1);
  const after = text.charCodeAt(end);
  if (isWord(before) || isWord(after)) return false;
  if ((before === 45 && isWord(text.charCodeAt(start - 2))) || (after === 45 && isWord(text.charCodeAt(end + 1))))
    return false;
  return (
    !(before === 46 && isDigit(text.charCodeAt(start - 2))) && !(after === 46 && isDigit(text.charCodeAt(end + 1)))
  );
};

const findNumbers = (text: string, on: MaskingPolicy["detectors"]): Detection[] => {
  const found: Detection[] = [];
  for (const match of text.matchAll(/\d{11,}/g)) {
    const digits = match[0];
    const start = match.index;
    const end = start + digits.length;
    if (digits.length > 19) continue;
    if (on.phone && isPhoneAt(text, start, end, digits)) found.push({ rule: "phone", start, end });
    else if (
      on.id_card &&
      digits.length === 17 &&
      isIdCard(text.slice(start, end + 1)) &&
      standsAlone(text, start, end + 1)
    ) {
      found.push({ rule: "id_card", start, end: end + 1 });
    } else if (!standsAlone(text, start, end)) continue;
    else if (on.id_card && isIdCard(digits)) found.push({ rule: "id_card", start, end });
    else if (on.bank_card && isBankCard(digits)) found.push({ rule: "bank_card", start, end });
  }
  return found;
};

/** Eleven digits alone, or behind China's country code. */
const isPhoneAt = (text: string, start: number, end: number, digits: string): boolean => {
  if (digits.length === 11) {
    const coded = text.slice(Math.max(0, start - 4), start).search(/^\+86[ -]$/) === 0;
    return isMobilePhone(digits) && standsAlone(text, coded ? start - 4 : start, end);
  }
  const code = digits.length === 13 && text[start - 1] === "+" ? "86" : digits.length === 15 ? "0086" : null;
  return (
    code !== null &&
    digits.startsWith(code) &&
    isMobilePhone(digits.slice(code.length)) &&
    standsAlone(text, start, end)
  );
};

/** Bank cards as they are printed, in groups of four. */
const findGrouped = (text: string): Detection[] => {
  const found: Detection[] = [];
  for (const match of text.matchAll(/\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3}(?!\d))?/g)) {
    const start = match.index;
    const end = start + match[0].length;
    if (standsAlone(text, start, end) && isBankCard(match[0].replaceAll(/[ -]/g, "")))
      found.push({ rule: "bank_card", start, end });
  }
  return found;
};

const isLocal = (code: number): boolean => isWord(code) || code === 46 || code === 43 || code === 45 || code === 37;
const isDomain = (code: number): boolean => isDigit(code) || isLetter(code) || code === 46 || code === 45;

const findEmails = (text: string): Detection[] => {
  const found: Detection[] = [];
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && isLocal(text.charCodeAt(start - 1))) start -= 1;
    while (start < at && text.charCodeAt(start) === 46) start += 1;
    let end = at + 1;
    while (end < text.length && end - at < 254 && isDomain(text.charCodeAt(end))) end += 1;
    while (end > at && !isLetter(text.charCodeAt(end - 1)) && !isDigit(text.charCodeAt(end - 1))) end -= 1;
    if (start < at && isHost(text.slice(at + 1, end))) found.push({ rule: "email", start, end });
  }
  return found;
};

/** At least two labels, the last of letters. */
const isHost = (host: string): boolean => {
  const labels = host.split(".");
  const last = labels.at(-1) ?? "";
  return (
    labels.length >= 2 && /^[A-Za-z]{2,63}$/.test(last) && labels.every((label) => label !== "" && !/^-|-$/.test(label))
  );
};
