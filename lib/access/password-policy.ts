import type { LocalText } from "#lib/people/people.ts";

const shortest = 12;
const longest = 200;

/** What people type first when asked for twelve characters; compared without case, digits and signs at the end. */
const worn = [
  "password",
  "passw0rd",
  "qwertyuiop",
  "administrator",
  "letmein",
  "welcome",
  "hopline",
  "iloveyou",
  "changeme",
];

const bare = (text: string): string => text.normalize("NFKC").toLowerCase();

/** 3 different characters or fewer, or one run up or down such as 123456789012 or abcdefghijkl. */
const isSimple = (password: string): boolean => {
  const points = Array.from(password, (character) => character.codePointAt(0) ?? 0);
  if (new Set(points).size <= 3) return true;
  const steps = points.slice(1).map((point, index) => point - (points[index] ?? 0));
  const runs = steps.filter((step) => Math.abs(step) === 1 || step === -9 || step === 9).length;
  return runs >= steps.length - 1;
};

/** What is wrong with a new password, as a sentence that says what to do; null where nothing is. Length counts, signs and digits are not asked for. */
export const passwordProblem = (password: string, name: string): LocalText | null => {
  const length = Array.from(password).length;
  if (length < shortest) {
    return {
      en: `Use at least ${shortest} characters; several words are fine.`,
      zh: `至少 ${shortest} 个字符，可以用几个词连起来。`,
    };
  }
  if (length > longest) return { en: `Use at most ${longest} characters.`, zh: `最多 ${longest} 个字符。` };
  const plain = bare(password);
  const owner = bare(name).trim();
  if (owner.length >= 3 && plain.includes(owner)) {
    return { en: "Leave your name out of the password.", zh: "密码里不要包含姓名。" };
  }
  if (worn.some((word) => plain.replaceAll(word, "").length <= 5) || isSimple(plain)) {
    return {
      en: "This password is easy to guess. Use several unrelated words.",
      zh: "这个密码容易被猜到。请用几个不相关的词。",
    };
  }
  return null;
};
