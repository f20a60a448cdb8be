import { keepInCluster } from "#test/support/keep-in-cluster.ts";

keepInCluster();
await import("./secret.test.ts");
