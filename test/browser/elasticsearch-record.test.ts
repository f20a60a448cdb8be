import { keepInCluster } from "#test/support/keep-in-cluster.ts";

keepInCluster();
await import("./record.test.ts");
