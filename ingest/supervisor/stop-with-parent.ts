import { isMainThread } from "node:worker_threads";

// Preloaded into what the supervisor starts: when the supervisor is killed, its processes stop as if they were asked to,
// so that no worker lives on unseen with the store's lock in its hand. Processes and threads that those start in turn
// inherit the preload, and need their channel for themselves.
const startedBySupervisor = process.env["HOPLINE_SUPERVISOR_PID"] === String(process.ppid);

if (isMainThread && startedBySupervisor && process.channel) {
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}
