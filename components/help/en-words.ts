import type { HelpTexts } from "#components/help/help-text.ts";

export const glossary: HelpTexts["glossary"] = {
  record: ["Record", "A business record such as sales order SO-1042. It hops from one system to the next."],
  flow: ["Flow", "A declared way that records of one kind take, such as order to cash."],
  step: ["Step", "One stop of a flow, in one system, with a limit and owners."],
  hop: ["Hop", "The way from one step to the next. Time taken belongs to hops."],
  event: ["Hop event", "One sighting of a record at a step, or of an attempt that failed there."],
  key: ["Key", "A type and a value: order_no = SO-1042. The primary key identifies a record in a flow."],
  alias: ["Alias", "Another number that leads to a record: a payment or waybill number. It may lead to several."],
  crosswalk: ["Crosswalk", "The links between keys, learned from events that carry two or more of them."],
  journey: ["Journey", "Everything known of one record in one flow."],
  verdict: ["Verdict", "What happened to a journey and why Hopline thinks so, with evidence."],
  contract: ["Contract", "What a step needs from the record it is given: which fields, in which form."],
  watermark: ["Watermark", "The time up to which a source is believed to have reported everything."],
  source: ["Source", "What reports events to Hopline. When it is silent, Hopline accuses nobody."],
  point: ["Integration point", "Where records cross: a topic, a queue, a route, an ETL job, a robot."],
  system: ["System", "An application that holds or changes records: CRM, finance."],
  owners: ["Owners", "Who provides the data, who processes it, who monitors it. Roles, never culprits."],
  within: ["Limit (within)", "How long a step may take, counted from the step before it."],
  p95: ["p95", "95 of 100 records took at most this long. Records that never arrived are counted apart."],
  alike: ["Alike", "Open records with the same flow, step, reason, class of error and field."],
  masked: ["Masked", "Personal data is cut before it is kept: 138****8000. What is masked is gone."],
  deadLetter: ["Dead letter", "An event that could not be taken, kept with its reason."],
  closed: ["Closed by hand", "A person said with a reason that nobody has to act on it. It can be undone."],
  passed: ["Passed", "A step nobody reported, with a later step that arrived: the record must have been there."],
  confidence: ["Confidence", "How sure a verdict is, from how direct its evidence is."],
};

export const stateMeanings: HelpTexts["stateMeanings"] = {
  in_progress: "On its way, and nothing is late.",
  completed: "Every expected step was reached.",
  completed_late: "Every expected step was reached, one of them after its limit.",
  overdue: "The limit has passed, and the step’s sources have reported beyond it: it did not arrive.",
  failed: "A step reported a failure, and no success.",
  unknown: "Hopline’s own eyes are shut there: nothing is said against the system.",
  waiting: "A step whose turn has not come.",
};

export const reasonMeanings: HelpTexts["reasonMeanings"] = {
  missing_field: "A field that the step needs was missing or empty.",
  bad_format: "A field did not have the form the step needs.",
  rejected: "The system refused the record.",
  timeout: "No answer came in time.",
  unreachable: "The system was not reached.",
  circuit_open: "Calls to the system were suspended after failures.",
  conflict: "The record clashed with one that is there already.",
  unauthorized: "The sign-in to the system was refused.",
  unknown_error: "A failure was reported without a class.",
  not_processed: "The step received the record and has not processed it.",
  lost_in_transit: "It was sent towards the step and was not received there.",
  never_sent: "The step before did not send it.",
  outage:
    "At least 10 records, and 4 in 5 of those due within 5 minutes of it, are missing there: the step, not the record.",
  not_seen: "It did not arrive, and nothing more is known.",
  source_silent: "The step’s source is silent or never reported: it can’t be told.",
  waiting_for_link: "The number was seen and leads to no record yet.",
};
