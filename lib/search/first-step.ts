/** The one next step of a console that shows nothing yet. */
export type FirstStep =
  | { readonly kind: "flow"; readonly file: string; readonly command: string }
  | { readonly kind: "event"; readonly flowName: string; readonly command: string };

/** A small flow to begin with: two steps, a deadline, an owner. */
const sampleFlow = (title: { readonly en: string; readonly zh: string }): string =>
  [
    "flow: order-to-cash",
    `title: { en: ${title.en}, zh: ${title.zh} }`,
    "record: { primary: order_no }",
    "steps:",
    "  - { id: placed, system: oms, owners: { processes: integration } }",
    "  - { id: posted, system: finance, after: placed, within: 5m, owners: { processes: finance-it } }",
  ].join("\n");

/** Text for a POSIX shell, whatever it holds. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export const declareFlow = (folder: string): FirstStep => {
  const file = `${folder}/order-to-cash.yaml`;
  const yaml = sampleFlow({ en: "Order to cash", zh: "订单到收款" });
  return { kind: "flow", file, command: `mkdir -p ${quoted(folder)} && cat > ${quoted(file)} <<'EOF'\n${yaml}\nEOF` };
};

export const sendEvent = ({
  workerUrl,
  needsToken,
  flow,
  flowName,
  step,
  primary,
}: {
  readonly workerUrl: string;
  readonly needsToken: boolean;
  readonly flow: string;
  readonly flowName: string;
  readonly step: string;
  readonly primary: string;
}): FirstStep => {
  const event = `{"flow":${JSON.stringify(flow)},"step":${JSON.stringify(step)},"keys":{${JSON.stringify(primary)}:"SO-1042"},"time":"'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"}`;
  const token = needsToken ? ` \\\n  -H "Authorization: Bearer $HOPLINE_TOKEN"` : "";
  const command = `curl ${workerUrl}/v1/hops -H 'Content-Type: application/json'${token} \\\n  -d '${event}'`;
  return { kind: "event", flowName, command };
};
