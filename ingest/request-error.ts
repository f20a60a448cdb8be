/** What was asked cannot be done; the message says why, for whoever asked. */
export class RequestError extends Error {
  override readonly name = "RequestError";
}
