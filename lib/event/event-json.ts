/** An event as JSON: a text, or its UTF-8, which weighs nothing on the heap. */
export type EventJson = string | Uint8Array;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export const jsonTextOf = (json: EventJson): string => (typeof json === "string" ? json : decoder.decode(json));
