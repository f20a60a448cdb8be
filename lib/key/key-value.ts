export const keyTypePattern = /^[a-z][a-z0-9_]{0,63}$/;

const maxKeyBytes = 512;
export const maxKeyValues = 1000;

/**
 * A business key's value as it is kept and compared: trimmed, NFC. Empty where it was blank.
 * A lone surrogate, which UTF-8 cannot carry, becomes U+FFFD here rather than on some disk later.
 */
export const toKeyValue = (text: string): string => {
  const trimmed = text.trim();
  return isAscii(trimmed) ? trimmed : trimmed.toWellFormed().normalize("NFC").trim();
};

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 126) return false;
  return true;
};

/** Whether the value takes at most 512 bytes of UTF-8. */
export const isKeyShortEnough = (value: string): boolean => {
  if (value.length > maxKeyBytes) return false;
  // A UTF-16 unit takes at most three bytes.
  if (value.length * 3 <= maxKeyBytes) return true;
  let bytes = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    // Each half of a surrogate pair stands for two of its four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes <= maxKeyBytes;
};
