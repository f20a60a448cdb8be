import { type Client, errors } from "@elastic/elasticsearch";
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleType,
} from "cockatiel";
import { StorageError } from "#lib/storage/storage-error.ts";

/** Runs a call where the cluster answers, and fails at once where it is known not to. */
export type Guard = <Result>(doing: string, run: (client: Client) => Promise<Result>) => Promise<Result>;

/** Nothing answered, and nothing answers now. */
class AwayError extends Error {}

/** How long a cluster that does not answer keeps one caller waiting; all others hear of it at once. */
const pingMs = 2_000;
/** Between two looks whether it is there again, with jitter. */
const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * A circuit breaker around a cluster: a call that gets no answer is followed by a ping, and where that gets none either, everybody fails at
 * once until a later ping is answered. What the cluster answers, errors too, is no business of the breaker: it may refuse writes and serve reads.
 */
export function createGuard(client: Client): Guard {
  const answers = async (): Promise<boolean> => {
    try {
      await client.ping({}, { requestTimeout: pingMs });
      return true;
    } catch (error) {
      return error instanceof errors.ResponseError;
    }
  };
  const breaker = circuitBreaker(handleType(AwayError), {
    breaker: new ConsecutiveBreaker(1),
    halfOpenAfter: new ExponentialBackoff({ initialDelay: firstPauseMs, maxDelay: longestPauseMs }),
  });
  return async (doing, run) => {
    try {
      return await breaker.execute(async () => {
        if (breaker.state === CircuitState.HalfOpen && !(await answers())) throw new AwayError("no answer yet");
        try {
          return await run(client);
        } catch (error) {
          if (!isSilence(error) || (await answers())) throw error;
          throw new AwayError(error.message, { cause: error });
        }
      });
    } catch (error) {
      if (error instanceof AwayError)
        throw new StorageError("unavailable", `${doing}: the cluster does not answer (${error.message})`, error);
      if (error instanceof BrokenCircuitError)
        throw new StorageError("unavailable", `${doing}: the cluster does not answer; it is asked again in a moment`);
      throw error;
    }
  };
}

const isSilence = (error: unknown): error is Error =>
  error instanceof errors.ConnectionError ||
  error instanceof errors.TimeoutError ||
  error instanceof errors.NoLivingConnectionsError;
