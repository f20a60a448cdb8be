import { createHash, randomBytes } from "node:crypto";

export interface TokenSecret {
  /** Shown once, never kept. */
  readonly secret: string;
  /** What is kept. */
  readonly hash: string;
}

/** SHA-256 is enough for a random text of 256 bits: there is nothing to guess. */
export const hashTokenSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** `hop_` + 43 characters. */
export const newTokenSecret = (): TokenSecret => {
  const secret = `hop_${randomBytes(32).toString("base64url")}`;
  return { secret, hash: hashTokenSecret(secret) };
};

/** For links that are used once; kept as its hash like a token, but no token. */
export const newLinkSecret = (): string => randomBytes(32).toString("base64url");

const bearer = /^Bearer +(hop_[\w-]{43})$/i;

/** The secret in an `Authorization` header; null where there is none of ours. */
export const bearerSecretOf = (authorization: string | null | undefined): string | null =>
  bearer.exec(authorization?.trim() ?? "")?.[1] ?? null;
