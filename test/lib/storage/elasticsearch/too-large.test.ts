import { describe, expect, it } from "vitest";
import { TEN, unmatched } from "#test/conformance/events/make.ts";
import { setUpEventStore } from "#test/lib/storage/elasticsearch/event-store.ts";
import { startAnsweringServer } from "#test/support/answering-server.ts";

const bed = setUpEventStore();
const mostBytes = 100_000;

/** The cluster behind something that takes small requests only, as gateways do. */
const openBehindGateway = async () => {
  const [target = ""] = bed.settings.urls;
  const { username, password } = bed.settings;
  const url = await startAnsweringServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      if (body.length > mostBytes) {
        response.writeHead(413, { "x-elastic-product": "Elasticsearch" }).end();
        return;
      }
      const headers = new Headers({ accept: request.headers.accept ?? "*/*" });
      for (const name of ["content-type", "authorization"]) {
        const value = request.headers[name];
        if (typeof value === "string") headers.set(name, value);
      }
      const method = request.method ?? "GET";
      fetch(`${target}${request.url}`, { method, headers, ...(body.length > 0 && { body }) }).then(
        async (answer) => {
          const type = answer.headers.get("content-type") ?? "";
          response.writeHead(answer.status, { "content-type": type, "x-elastic-product": "Elasticsearch" });
          response.end(Buffer.from(await answer.arrayBuffer()));
        },
        () => response.destroy(),
      );
    });
  });
  return await bed.open({ cluster: bed.openAnother({ urls: [url], username, password }) });
};

describe("an event that is larger than the cluster takes", () => {
  it("is refused alone, and those beside it are taken in, however many a request held", async () => {
    const { events } = await openBehindGateway();
    const items = Array.from({ length: 300 }, (_, at) =>
      unmatched(`e${at}`, { payload: "x".repeat(at === 150 ? mostBytes : 900), ingestedAt: TEN }),
    );
    const { outcomes, refusals } = await events.accept(items);
    expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(299);
    expect(outcomes[150]).toBe("refused");
    expect(refusals?.get(150)).toContain("content_too_large");
    expect(await events.countAll()).toBe(299);
    expect(new Set((await events.accept(items)).outcomes)).toEqual(new Set(["duplicate", "refused"]));
  });
});
