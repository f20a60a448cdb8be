import { readyUrl, runCommand, startProcess } from "#test/bench/running-process.ts";

export interface RunningConsole {
  /** The body of an answer 200; fails for any other, which would be a fast nothing. */
  ask(path: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** A console beside a worker, asked by a token through its API. */
export const startConsole = async (
  home: string,
  storeEnv: Readonly<Record<string, string>>,
): Promise<RunningConsole> => {
  const env = { ...storeEnv, HOPLINE_HOME: home, HOPLINE_CONSOLE_PORT: "0" };
  const { token } = await runCommand(["token", "create", "--scope", "read"], env);
  const running = startProcess("app/_server/console.ts", env);
  const url = await readyUrl(running);
  return {
    async ask(path) {
      const response = await fetch(url + path, { headers: { authorization: `Bearer ${String(token)}` } });
      const body: unknown = await response.json();
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      return body;
    },
    stop: () => running.stop(),
  };
};
