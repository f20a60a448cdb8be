/** Spans of time to choose from. */
export const period = {
  preset: { "1h": "Last hour", today: "Today", "24h": "Last 24 hours", "7d": "Last 7 days" },
  from: "From",
  to: "Before",
  zone: "Times in {zone}",
  apply: "Show this span",
};
