import type { MaskRule } from "#lib/privacy/masking-policy.ts";

const hidden = "****";

/** The beginning and the end of a text with stars between, where enough stays hidden; else stars only. */
const ends = (characters: readonly string[], first: number, last: number): string =>
  characters.length < (first + last) * 2
    ? hidden
    : characters.slice(0, first).join("") + hidden + (last === 0 ? "" : characters.slice(-last).join(""));

/** What may still be shown of a value: enough to recognise one's own, not enough to use. `138****8000` */
export const showMasked = (value: string, rule: MaskRule): string => {
  if (rule === "secret") return "******";
  // Nothing that is shown stands further in than this.
  const text = value.trim();
  const characters = text.length > 400 ? [...text.slice(0, 20), ...text.slice(-380)] : [...text];
  switch (rule) {
    case "phone":
      // All but the eight last digits, then the last four: the country code stays too.
      return characters.length >= 11
        ? characters
            .slice(0, characters.length - 8)
            .slice(0, 8)
            .join("") +
            hidden +
            characters.slice(-4).join("")
        : ends(characters, 0, 2);
    case "email": {
      const at = text.lastIndexOf("@");
      return at > 0 ? `${characters[0] ?? ""}${hidden}${text.slice(at, at + 255)}` : ends(characters, 1, 0);
    }
    case "id_card":
      return ends(characters, 3, 4);
    case "bank_card":
      return ends(characters, 4, 4);
    case "name":
      return ends(characters, 1, 0);
    case "address":
      return ends(characters, Math.min(6, Math.floor(characters.length / 3)), 0);
    case "other":
      return ends(characters, 2, 2);
  }
};
