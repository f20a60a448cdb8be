const escape = (name: string): string =>
  name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;

/** RFC 6901. */
export const toPointer = (names: readonly (string | number)[]): string => {
  let pointer = "";
  for (const name of names) pointer += `/${typeof name === "number" ? name : escape(name)}`;
  return pointer;
};

export const joinPointer = (base: string, name: string): string => `${base}/${escape(name)}`;

export const fromPointer = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
