import type { Server } from "node:http";

/** Of a server that listens: with port 0 only the system knows it. */
export const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The console does not listen on a port.");
  return address.port;
};
