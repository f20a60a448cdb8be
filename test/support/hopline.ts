import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import type { EventAnswer, JourneyAnswer, RecordAnswer } from "#lib/record/record-answer.ts";
import { type ClusterView, openClusterView } from "#test/support/cluster-view.ts";
import { startTestConsole, type TestConsole } from "#test/support/console.ts";
import { storeEnvOf } from "#test/support/store-place.ts";
import { removeHome, startTestWorker, writeFlows, type TestWorker } from "#test/support/worker.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type Sent = Readonly<Record<string, unknown>>;
export interface HopsAnswer {
  readonly status: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly { readonly index: number; readonly reason: string; readonly path: string }[];
}
export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** `hours` etc. of milliseconds: `offset("2h")`. */
const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const offset = (text: string): number =>
  text.split(" ").reduce((sum, part) => {
    const [, count = "", unit = ""] = /^([+-]?\d+)(ms|s|m|h|d)$/u.exec(part) ?? [];
    if (!Object.hasOwn(units, unit)) throw new Error(`"${text}" is no offset`);
    return sum + Number(count) * units[unit as keyof typeof units];
  }, 0);

const runs = (args: readonly string[], home: string): ChildProcess =>
  spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...storeEnvOf(home), NODE_ENV: "production", HOPLINE_HOME: home },
    stdio: ["pipe", "pipe", "pipe"],
  });

/** A worker and a console on one home, talked to over HTTP alone; started before and stopped after the tests of a file. */
export class Hopline {
  /** Whole second two hours before the start: what happens in tests lies in the recent past. */
  readonly base = Math.floor(Date.now() / 1_000) * 1_000 - 2 * units.h;
  private started: { worker: TestWorker; console: TestConsole; token: string; view: ClusterView | null } | null = null;
  private barriers = 0;
  private isUnread = false;
  private readonly tokens = new Map<string, string>();
  private readonly files: Readonly<Record<string, string>>;

  constructor(files: Readonly<Record<string, string>>) {
    this.files = {
      "barrier.yaml": "flow: barrier\nrecord: { primary: barrier_no }\nsteps: [{ id: raised, system: barrier }]\n",
      ...files,
    };
  }

  private get running() {
    if (this.started === null) throw new Error("Not started");
    return this.started;
  }
  get home(): string {
    return this.running.worker.home;
  }
  get workerUrl(): string {
    return this.running.worker.url;
  }
  get consoleUrl(): string {
    return this.running.console.url;
  }

  async start(): Promise<void> {
    const worker = await startTestWorker({ flows: this.files });
    try {
      const token = await this.commandAt(worker.home, ["token", "create", "--scope", "read"]);
      const console = await startTestConsole(worker.home);
      this.started = { worker, console, token: String(token["token"]), view: openClusterView(worker.home) };
    } catch (error) {
      await worker.stop();
      removeHome(worker.home);
      throw error;
    }
  }

  async stop(): Promise<void> {
    if (this.started === null) return;
    const { console, worker, view } = this.started;
    await view?.close();
    await console.stop();
    await worker.stop();
    removeHome(worker.home);
  }

  /** Ends the worker with the signal and starts another on the same home. */
  async restartWorker(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await this.stopWorker(signal);
    await this.startWorker();
  }

  async stopWorker(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await this.running.worker.stop(signal);
  }

  async startWorker(): Promise<void> {
    const { worker } = this.running;
    this.started = { ...this.running, worker: await startTestWorker({ home: worker.home }) };
  }

  /** RFC 3339 time at `base` plus the offset. */
  at(offsetText: string): string {
    return new Date(this.base + offset(offsetText)).toISOString();
  }

  /** Writes flow files into the watched folder and waits until the read API declares every version given. */
  async declare(files: Readonly<Record<string, string>>): Promise<void> {
    const before = await this.versions();
    writeFlows(this.home, files);
    const ids = Object.values(files).flatMap((text) => /^flow: (\S+)/mu.exec(text)?.[1] ?? []);
    await this.eventually(async () => {
      const now = await this.versions();
      const waiting = ids.filter((id) => now.get(id) === undefined || now.get(id) === before.get(id));
      if (waiting.length > 0) throw new Error(`not in force: ${waiting.join(", ")}`);
    }, 4_500);
  }

  private async versions(): Promise<ReadonlyMap<string, string>> {
    const { body } = await this.get<{ flows: readonly { flow: string; version: string }[] }>("/api/v1/flows");
    return new Map(body.flows.map(({ flow, version }) => [flow, version]));
  }

  async post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<unknown>> {
    this.isUnread = true;
    const answer = await this.running.worker.post(path, body, headers);
    return { status: answer.status, body: await answer.json() };
  }

  /** Sends the events as one array; the answer of the worker. */
  async offer(...events: readonly Sent[]): Promise<HopsAnswer> {
    const { status, body } = await this.post("/v1/hops", events);
    return { status, ...(body as Omit<HopsAnswer, "status">) };
  }

  /** Sends events of which every one must be accepted. What is asked next waits until they can be read. */
  async send(...events: readonly Sent[]): Promise<void> {
    for (let first = 0; first < events.length; first += 5_000) {
      const answer = await this.offer(...events.slice(first, first + 5_000));
      if (answer.status !== 202 || answer.rejected.length > 0)
        throw new Error(`Not accepted: ${JSON.stringify(answer)}`);
    }
  }

  async heartbeat(source: string, offsetText: string): Promise<void> {
    const { status } = await this.post("/v1/heartbeats", { source, time: this.at(offsetText) });
    if (status >= 300) throw new Error(`The heartbeat was answered ${status}`);
  }

  /** Once an event sent last is read, so is everything sent before. Fails when that takes longer than the 2 s promised. */
  private async readable(): Promise<void> {
    if (!this.isUnread) return;
    this.barriers += 1;
    const value = `B-${this.barriers}`;
    await this.offer({ step: "raised", system: "barrier", keys: { barrier_no: value }, time: Date.now() });
    this.isUnread = false;
    await this.eventually(async () => {
      const { status } = await this.get(`/api/v1/records/barrier_no/${value}`);
      if (status !== 200) throw new Error(`${value} is answered ${status} 2 s after it was accepted`);
    });
    // what is read by id is there by then; what is found by search is when its index is refreshed
    await this.running.view?.refresh();
  }

  /** Repeats until it throws no more; the last error once 2 s (what a read answer may lag) are over. */
  async eventually<Value>(check: () => Promise<Value>, limitMs = 2_500): Promise<Value> {
    const until = performance.now() + limitMs;
    for (;;) {
      try {
        return await check();
      } catch (error) {
        if (performance.now() > until) throw error;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 25);
      });
    }
  }

  async get<Body>(path: string, token = this.running.token): Promise<Answer<Body>> {
    await this.readable();
    const answer = await fetch(this.running.console.url + path, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: (await answer.json()) as Body };
  }

  async ask<Body>(path: string, body: unknown, token = this.running.token): Promise<Answer<Body>> {
    await this.readable();
    const answer = await fetch(this.running.console.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Body };
  }

  async record(type: string, value: string, token?: string): Promise<RecordAnswer> {
    const { status, body } = await this.get<RecordAnswer>(
      `/api/v1/records/${type}/${encodeURIComponent(value)}`,
      token,
    );
    if (status !== 200) throw new Error(`${type} ${value} is answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** The one journey of an order number. */
  async journey(order: string, flow?: string): Promise<JourneyAnswer> {
    const { journeys } = await this.record("order_no", order);
    const [found, ...others] = flow === undefined ? journeys : journeys.filter((each) => each.flow === flow);
    if (found === undefined || others.length > 0)
      throw new Error(
        `${order} has ${journeys.length} journeys: ${journeys.map((each) => `${each.flow} ${each.primary}`).join(", ")}`,
      );
    return found;
  }

  /** A read token of its own for a role. */
  async tokenOf(role: string): Promise<string> {
    const known = this.tokens.get(role);
    if (known !== undefined) return known;
    const made = await this.command("token", "create", "--scope", "read", "--role", role);
    this.tokens.set(role, String(made["token"]));
    return String(made["token"]);
  }

  /** Runs `hopline … --json` on this home and answers the one object printed. */
  async command(...words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    return await this.commandAt(this.home, words);
  }

  async commandAt(home: string, words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
    const child = runs(["ingest/hopline.ts", ...words, "--json"], home);
    child.stdin?.end();
    const out: Buffer[] = [];
    const remarks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => remarks.push(chunk));
    const [code] = (await once(child, "close")) as [number | null];
    const text = Buffer.concat(out).toString();
    if (code !== 0)
      throw new Error(`hopline ${words.join(" ")} ended with ${code}: ${text}${Buffer.concat(remarks).toString()}`);
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  }
}

/** For the tests of one file. Files of the flows folder by name. */
export function hoplineOf(files: Readonly<Record<string, string>>): Hopline {
  const hopline = new Hopline(files);
  beforeAll(() => hopline.start());
  afterAll(() => hopline.stop());
  return hopline;
}

/**
 * An event of order `order` at a step of a flow, at `base` plus the offset. Its source is `<flow>-<step>` unless said otherwise,
 * so that the eyes of one flow are not those of another.
 */
export const sighting = (
  hopline: Hopline,
  flow: string,
  step: string,
  order: string,
  when: string,
  more: Sent = {},
): Sent => ({
  flow,
  step,
  keys: { order_no: order },
  time: hopline.at(when),
  source: `${flow}-${step}`,
  ...more,
});

/** Status by step. */
export const statuses = (journey: JourneyAnswer): Readonly<Record<string, string>> =>
  Object.fromEntries(journey.steps.map((step) => [step.id, step.status]));

export const stepOf = (journey: JourneyAnswer, id: string): JourneyAnswer["steps"][number] => {
  const found = journey.steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`No step ${id}`);
  return found;
};

export const evidenceKinds = (journey: JourneyAnswer): readonly string[] =>
  journey.verdict.evidence.map((each) => each.kind);

export const idsOf = (events: readonly EventAnswer[]): readonly string[] => events.map((event) => event.id).toSorted();
