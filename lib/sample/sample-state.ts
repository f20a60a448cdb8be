/** Where the small sample company of an empty start is. */
export type SampleState =
  | { readonly state: "absent" | "loading" | "loaded" | "removing" }
  /** The worker could not do what was asked; the sentence says why. `isThere`: at least a part of the sample is. */
  | { readonly state: "failed"; readonly problem: string; readonly isThere: boolean };

/** The last thing asked about the sample. */
interface Asked {
  readonly kind: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly output: Readonly<Record<string, unknown>> | null;
}

/** Setting in the control store: what the worker has loaded, as long as any of it is there. */
export const sampleSetting = "sample";

/** `setting`: what the store has under `sampleSetting`; null where no sample is loaded. */
export function sampleStateOf(asked: Asked | null, setting: unknown): SampleState {
  const isThere = setting !== null && setting !== undefined;
  if (asked?.state === "waiting" || asked?.state === "running")
    return { state: asked.kind === "remove_sample" ? "removing" : "loading" };
  if (asked?.state === "failed") {
    const said = asked.output?.["error"];
    return { state: "failed", problem: typeof said === "string" ? said : "", isThere };
  }
  return { state: isThere ? "loaded" : "absent" };
}
