import { createServer, type RequestListener } from "node:http";
import { onTestFinished } from "vitest";

/** Something that answers on a free port of this machine until the test is over; resolves with its address. */
export async function startAnsweringServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen on a port.");
  return `http://127.0.0.1:${address.port}`;
}
