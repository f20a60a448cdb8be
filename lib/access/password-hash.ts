import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

// OWASP's first choice for scrypt: N = 2^17, r = 8, p = 1 (128 MiB a hash)
const usualCost = 17;
const blockSize = 8;
const parallel = 1;
const keyBytes = 32;
const saltBytes = 16;
/** Hashes at once: each takes 128 MiB, and sign-in must not be a way to use up the memory. */
const atOnce = 2;
/** More than this wait for their turn: somebody is guessing, and the next is refused at once. */
const longestQueue = 64;

/** Too many passwords are being checked; the same call may succeed in a moment. */
export class HashingBusyError extends Error {
  override readonly name = "HashingBusyError";
}

let running = 0;
const waiting: (() => void)[] = [];

const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  if (waiting.length >= longestQueue) throw new HashingBusyError("Too many passwords are being checked at once.");
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
};

interface Parameters {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallel: number;
  readonly salt: Buffer;
}

const derive = async (password: string, { cost: log2, blockSize: r, parallel: p, salt }: Parameters): Promise<Buffer> =>
  inTurn(
    async () =>
      new Promise((resolve, reject) => {
        const N = 2 ** log2;
        scrypt(password.normalize("NFKC"), salt, keyBytes, { N, r, p, maxmem: 130 * N * r * p }, (error, key) => {
          if (error === null) resolve(key);
          else reject(error);
        });
      }),
  );

/** `scrypt$17$8$1$salt$key` (base64url): the parameters stand in it, so that they can grow later. `cost`: log2 of N. */
export const hashPassword = async (password: string, cost = usualCost): Promise<string> => {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, { cost, blockSize, parallel, salt });
  return ["scrypt", cost, blockSize, parallel, salt.toString("base64url"), key.toString("base64url")].join("$");
};

const form = /^scrypt\$(1\d|20)\$(\d{1,2})\$(\d)\$([\w-]{16,})\$([\w-]{43})$/;

/** Whether the password is the one hashed. False for a text that is no such hash, after the same work. */
export const verifyPassword = async (password: string, hash: string): Promise<boolean> => {
  const [, log2, r, p, salt, key] = form.exec(hash) ?? [];
  if (salt === undefined || key === undefined) {
    await derive(password, { cost: usualCost, blockSize, parallel, salt: randomBytes(saltBytes) });
    return false;
  }
  const found = await derive(password, {
    cost: Number(log2),
    blockSize: Number(r),
    parallel: Number(p),
    salt: Buffer.from(salt, "base64url"),
  });
  return timingSafeEqual(found, Buffer.from(key, "base64url"));
};

/** Takes as long as a real check: for names that do not exist, so that the time says nothing about who does. */
export const verifyNobody = async (password: string): Promise<false> => {
  await verifyPassword(password, "");
  return false;
};
