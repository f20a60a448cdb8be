import { keepInCluster } from "#test/support/keep-in-cluster.ts";

// Set-up of the suites of real processes: with HOPLINE_TEST_STORE=elasticsearch they run as they are on the cluster under test.
const asked = process.env["HOPLINE_TEST_STORE"] || "embedded";
if (asked === "elasticsearch") keepInCluster();
else if (asked !== "embedded") throw new Error(`HOPLINE_TEST_STORE is embedded or elasticsearch, not "${asked}"`);
