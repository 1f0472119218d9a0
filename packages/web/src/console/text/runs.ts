import { count, people } from "./en.ts";

/** The words of cancelling a run, of runs on fewer data than before, and of the list of runs. */
export const runWords = {
  cancel: "Cancel the run",
  cancelling: "Cancelling…",
  cancelled: "The run was cancelled.",
  cancelledText: "Nothing was made, and nothing else was changed.",
  runs: "Earlier runs",
  runsEmptyTitle: "No run yet.",
  runsEmpty: "Every run is kept here, with how many data it was made from.",
  runHead: { when: "Started", kind: "Kind", data: "Data", state: "How it ended", by: "By" },
  kinds: { blind: "Blind report", results: "Results" },
  states: {
    queued: "Waiting",
    running: "Going on",
    done: "Done",
    failed: "Failed",
    cancelled: "Cancelled",
  },
  size: (answers: number, who: number): string => `${count(answers)} answers, ${people(who)}`,
  smallerTitle: "There are fewer data than last time.",
  smaller: (before: string, now: string): string => `Expected ${before}; found ${now}.`,
  smallerText:
    "Data may have been lost, as by an old backup. Look for them first. If this is meant, say why: the reason is listed as a departure from the plan and stands in every later publication.",
  smallerReason: "Why are there fewer data?",
  smallerNeeded: "Give a reason.",
  smallerRun: "Run on the smaller data",
  smallerNot: "Do not run",
};
