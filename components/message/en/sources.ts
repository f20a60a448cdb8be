export const sources = {
  title: "Sources",
  titleAll: "{count, plural, one {# source, not silent} other {# sources, none silent}}",
  titleSilent: "{count, plural, one {# source} other {# sources}}, {silent, plural, one {# silent} other {# silent}}",
  intro:
    "Who reports to Hopline. While a source is silent, Hopline can’t tell what happened behind it and accuses nobody.",
  none: "No source has sent anything yet, and none is declared.",
  source: "Source",
  state: {
    silent: "silent since {time}",
    never: "declared, never heard from",
    alive: "alive",
    undeclared: "heard; how often it speaks is not declared",
  },
  lastSeen: "Last seen",
  watermark: "Seen up to",
  silentAfter: "Silent after",
  notDeclared: "not declared",
  delay: "{duration} behind",
  rate: "Per minute",
  perMinute: "{rate}",
  accepted: "Accepted",
  duplicates: "Duplicates",
  unmatched: "Unmatched",
  rejected: "Rejected",
  explain: {
    watermark:
      "the event time up to which everything from this source is believed to have been seen. Deadlines after it are not judged.",
    silentAfter: "the longest pause that is normal; after it the source counts as silent.",
    unmatched: "accepted, but at no step of any flow when they came; they join when a flow matches them.",
  },
  declare: "Say how often a source speaks in",
};
