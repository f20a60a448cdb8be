const headers = { "content-type": "text/csv; charset=utf-8; header=present", "cache-control": "no-store" };

/** A file that is written as it is read; a reader that goes away stops the reading. What refuses the question refuses it before it begins. */
export async function csvResponse(lines: AsyncGenerator<string, undefined>, filename: string): Promise<Response> {
  const head = await lines.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (head.done !== true) controller.enqueue(encoder.encode(head.value));
    },
    async pull(controller) {
      const next = await lines.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, { headers: { ...headers, "content-disposition": `attachment; filename="${filename}"` } });
}
