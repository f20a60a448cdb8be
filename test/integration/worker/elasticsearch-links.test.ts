import { keepInCluster } from "#test/support/keep-in-cluster.ts";

keepInCluster();
// Each portion of them is written into a thousand documents again: fewer portions prove as much.
process.env["HOPLINE_TEST_PARCELS"] ??= "100";
await import("./links.test.ts");
