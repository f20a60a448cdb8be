import { createCaseLog } from "#ingest/demo/case-log.ts";
import type { CaseContext, CompanyCase, Truth } from "#ingest/demo/company-case.ts";
import { hour, minute } from "#ingest/demo/incidents.ts";
import { onboardingStations } from "#ingest/demo/stations.ts";

const flow = "onboarding";

/** A new colleague, from the signed contract to the payroll. */
export function createOnboardingCase(context: CaseContext, number: number): CompanyCase {
  const { random, startAt, asOf, naming } = context;
  const log = createCaseLog(context, flow);
  const employeeNo = `${naming.keyPrefix}E-${number}`;
  const keys = { employee_no: employeeNo };
  const attributes = {
    site: random.pick(["Shanghai", "Shenzhen", "Qingdao"]),
    hrm_form: random.pick(["2026-a", "2026-b"]),
  };
  const hasNoAccount = attributes.hrm_form === "2026-b" && random.chance(0.15);
  const payload = {
    employee_no: employeeNo,
    employee_name: random.pick(["周洁", "吴昊", "徐婷", "孙斌"]),
    department: random.pick(["销售", "仓储", "财务", "研发"]),
    bank_account: hasNoAccount ? "" : `622202${String(random.whole(0, 9_999_999_999_999)).padStart(13, "0")}`,
    start_date: new Date(startAt + 7 * 24 * hour).toISOString().slice(0, 10),
  };
  log.tell("hired", onboardingStations.hired, startAt, {
    operation: "create",
    keys: { ...keys, contract_no: `${naming.keyPrefix}HC-${number}` },
    attributes,
    payload,
  });
  const registeredAt = startAt + random.whole(2 * minute, 10 * minute);
  log.tell("registered", onboardingStations.registered, registeredAt, { keys, attributes, payload });
  const payrollAt = registeredAt + random.whole(30 * minute, 90 * minute);
  if (hasNoAccount) {
    log.tell("payroll", onboardingStations.payroll, payrollAt, {
      outcome: "failed",
      keys,
      attributes,
      error: {
        class: "missing_field",
        field: "bank_account",
        code: "PAY-031",
        message: `${employeeNo} has no bank account`,
      },
    });
  } else log.tell("payroll", onboardingStations.payroll, payrollAt, { keys, attributes });
  const isDone = payrollAt <= asOf;
  const broken = { state: "failed", step: "payroll", reason: "missing_field", field: "bank_account" } as const;
  const fine = { state: isDone ? "completed" : "in_progress", step: null, reason: null } as const;
  const truth: Truth = {
    flow: naming.idPrefix + flow,
    key: employeeNo,
    primary: employeeNo,
    trouble: hasNoAccount ? "no_bank_account" : "none",
    events: log.sendings.filter(({ at }) => at <= asOf).length,
    ...(hasNoAccount && isDone ? broken : fine),
    ...(hasNoAccount && !isDone && { warnedOf: "bank_account" }),
  };
  return { sendings: log.sendings, truths: [truth] };
}
