import type { z } from "zod";
import { ReadError } from "#lib/api/problem.ts";

const maxBytes = 1024 * 1024;
/** A body that is too large is let run out, so that its sender reads the answer; beyond this it is cut off. */
const maxDrainedBytes = 32 * maxBytes;

/** Reads a JSON body by a schema; never keeps more of it than 1 MiB. */
export async function readBody<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new ReadError("unsupported_media_type", "Bodies are application/json.");
  const parsed = schema.safeParse(parseJson(await readText(request)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const member = issue?.path[0];
  if (member === undefined) throw new ReadError("invalid_body", issue?.message ?? "");
  throw new ReadError("invalid_parameter", issue?.message ?? "", issue?.path.join(".") ?? String(member));
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) break;
    size += part.value.byteLength;
    if (size <= maxBytes) chunks.push(part.value);
    else chunks.length = 0;
    if (size > maxDrainedBytes) {
      await reader?.cancel();
      break;
    }
  }
  if (size > maxBytes) throw new ReadError("too_large", "A body may take 1 MiB.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new ReadError("invalid_body", "The body is not UTF-8.");
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ReadError("invalid_body", "The body is not JSON.");
  }
}
