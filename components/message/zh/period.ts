import type { period as english } from "#components/message/en/period.ts";

export const period: typeof english = {
  preset: { "1h": "近 1 小时", today: "今天", "24h": "近 24 小时", "7d": "近 7 天" },
  from: "从",
  to: "早于",
  zone: "时间按 {zone}",
  apply: "看这一段",
};
