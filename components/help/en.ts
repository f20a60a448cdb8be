import type { HelpTexts } from "#components/help/help-text.ts";
import { glossary, reasonMeanings, stateMeanings } from "#components/help/en-words.ts";

export const en: HelpTexts = {
  heading: "Help",
  see: "What you see",
  act: "What to do",
  words: "Words on this page",
  all: "All words",
  keys: "Press ? on any page for its keys.",
  states: "States",
  reasons: "Reasons",
  glossary,
  stateMeanings,
  reasonMeanings,
  pages: {
    overview: {
      title: "Overview",
      see: [
        "One search field: any number of a record finds it, whole or by at least 4 characters of its beginning or end. A phone number is looked up whole and never stands in an address.",
        "What needs action: records that broke alike are one line, the largest first, with how many, since when, the newest, and who is responsible.",
        "Flows today: how many records began and how many of them are completed, what is broken now, and the hop that is nearest to its limit over 13 hours, with the limit as a dashed line.",
        "A line in violet says what can’t be seen now: a silent source, a worker that does not run.",
      ],
      act: [
        "Paste a number and press Enter: the record opens. Paste several, or a chat message: each becomes a line.",
        "Open a cause for the list of its records, or its newest record for the whole story. The signs beside the team write or call.",
        "Nothing has to be loaded again: the page follows what happens, and says so when it can’t.",
      ],
      words: ["record", "flow", "hop", "owners", "p95", "source"],
    },
    record: {
      title: "A record",
      see: [
        "One sentence: how far the record came, where it never arrived, when it was due, why, how many others are alike, who provides, processes and monitors.",
        "Below it the way hop by hop with the time each took against its limit; the fields along the way; the evidence; the raw events; related records.",
        "What follows the broken step is not due yet, and never red.",
      ],
      act: [
        "Tell the customer what the page suggests; copy the sentence for a chat; call or write to who processes the step.",
        "Close a record by hand with a reason when nobody has to act on it any more; this can be undone and is written down.",
        "“Can’t tell” is no failure: look which source is silent.",
      ],
      words: [
        "journey",
        "verdict",
        "hop",
        "key",
        "alias",
        "contract",
        "owners",
        "alike",
        "confidence",
        "passed",
        "closed",
        "masked",
      ],
    },
    records: {
      title: "Records",
      see: [
        "Every record you may see, newest first, narrowed by flow, state, step, reason, system and time. The address holds the view: send it on, and the other sees the same.",
      ],
      act: [
        "Choose filters above the list; open a row for its record; take the list along as CSV. J and K go from row to row.",
      ],
      words: ["record", "flow", "step", "system", "alike", "closed"],
    },
    "look-up": {
      title: "Look up many",
      see: [
        "A line for each number you pasted, in the order pasted: state, where the record is or why it is not there, when it was due. What was no number is listed as left out.",
      ],
      act: [
        "Paste a column, a list or a whole chat message, at most 500 numbers. Show only one state by its button; open a row for the record.",
        "Export as CSV opens safely in a spreadsheet; copy as text goes into a chat. What you pasted stays in this tab and in no address.",
      ],
      words: ["key", "alias", "record", "masked"],
    },
    failures: {
      title: "Failures",
      see: [
        "Failed and overdue records by what they have in common: system, step, class of error, field, integration point, message. Over time, with changes and silences marked.",
      ],
      act: [
        "Open a group to see what sets its records apart from those that got through, and what changed just before. From there to the records and to who is responsible.",
      ],
      words: ["alike", "hop", "step", "point", "contract", "owners"],
    },
    flows: {
      title: "Flows",
      see: [
        "The declared ways of records: steps in order, limits, owners, and what their versions changed. A mistake in a file is told with its line; the last good version stays in force.",
      ],
      act: [
        "Edit the files in the flows folder; Hopline takes them within 2 seconds. For a first flow, First steps proposes one from the events seen.",
      ],
      words: ["flow", "step", "within", "key", "alias", "contract", "owners"],
    },
    sources: {
      title: "Sources",
      see: [
        "Everything that reports events: when it was last heard, how much it sends, how much was rejected, and up to which time Hopline believes to have seen everything of it.",
      ],
      act: [
        "A silent source makes its steps “can’t tell”: look at the source before you look at the system behind it. Rejected events lie under dead letters.",
      ],
      words: ["source", "watermark", "event", "deadLetter"],
    },
    "dead-letters": {
      title: "Dead letters",
      see: [
        "Events that could not be taken, with the reason and the place in the event. Nothing is dropped in silence.",
      ],
      act: [
        "Put right what sends them. Sending one through the door again (re-drive) helps where the reason lay with Hopline or a setting; it is written down.",
      ],
      words: ["deadLetter", "event", "source", "key"],
    },
    settings: {
      title: "Settings, people and tokens",
      see: [
        "Your language, theme and time zone; for administrators also people and their roles, tokens, and who did what.",
      ],
      act: [
        "A change of role, or ending an account, ends its sessions at once. A token is shown once, when it is made.",
        "Support reads records and closes them; managers read; engineers handle sources, flows and dead letters; auditors read who did what; administrators do everything.",
      ],
      words: ["masked", "source"],
    },
    start: {
      title: "First steps",
      see: [
        "What Hopline needs to see, a command that sends a first event, and a flow proposed from the events that no flow takes in yet.",
      ],
      act: [
        "Make a token and run the command. When events are there, look at the proposed flow, put names and limits right, and put it in force: old events are matched as well.",
        "A limit is proposed from what was observed, rounded up. Too short makes records late; too long finds trouble late.",
      ],
      words: ["event", "flow", "step", "key", "within", "source"],
    },
    store: {
      title: "When one machine is not enough",
      see: [
        "Hopline keeps everything in one folder on one machine, which suits some ten thousand events a second and hundreds of millions of them. Nothing has to be run beside it.",
        "The other store is an Elasticsearch cluster: several workers and consoles share it, it survives the loss of a machine, and it holds more than one disk does. Answers are the same.",
        "While the cluster is away workers go on taking events and keep them on their own disks until it is back; the console says what it can’t show.",
      ],
      act: [
        "Move when one machine must not be the end of it, when its disk is too small for the time you keep events, or when a cluster is already run by somebody. Not for speed: on one machine the folder is faster.",
        "Stop worker and console, copy with the command copy (it says what it did, and goes on where it was stopped), set ELASTICSEARCH_URL and its credentials, start again. The way back is the same command.",
        "Every worker and console of one cluster needs the same secret file and the same flow files, and each a folder of its own.",
      ],
      words: ["event", "source"],
    },
    words: {
      title: "All words",
      see: ["Every word of the console, once."],
      act: ["Looking for a page? They are listed beside this one."],
      words: [],
    },
  },
};
