/** Names that people would take for the same have the same form. */
export const nameForm = (name: string): string => name.normalize("NFKC").trim().toLowerCase();
