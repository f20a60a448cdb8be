import { execFileSync } from "node:child_process";
import { join } from "node:path";

export interface Certificates {
  /** PEM file of the authority, and of another one that signed nothing. */
  readonly ca: string;
  readonly anotherCa: string;
  /** PEM files of a server on 127.0.0.1, which no name stands for. */
  readonly key: string;
  readonly certificate: string;
}

export const opensslHint = "install openssl";

export function findOpenssl(): true | undefined {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return undefined;
  }
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"] as const;
const days = ["-days", "2"] as const;

/** Made anew in an existing directory; good for two days. */
export function makeCertificates(directory: string): Certificates {
  const at = (name: string): string => join(directory, name);
  const openssl = (...args: readonly string[]): void => {
    execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
  };
  const makeAuthority = (name: string): void =>
    openssl(
      "req",
      "-x509",
      ...newKey,
      ...days,
      "-subj",
      `/CN=${name}`,
      "-keyout",
      at(`${name}.key`),
      "-out",
      at(`${name}.pem`),
    );
  makeAuthority("ca");
  makeAuthority("another");
  const wanted = ["-subj", "/CN=node", "-addext", "subjectAltName=IP:127.0.0.1"];
  openssl("req", ...newKey, ...wanted, "-keyout", at("node.key"), "-out", at("node.csr"));
  const signing = ["-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial", "-copy_extensions", "copy"];
  openssl("x509", "-req", ...days, "-in", at("node.csr"), ...signing, "-out", at("node.pem"));
  return { ca: at("ca.pem"), anotherCa: at("another.pem"), key: at("node.key"), certificate: at("node.pem") };
}
