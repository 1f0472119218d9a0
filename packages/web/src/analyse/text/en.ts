/** Every word of the analyse page that no file decides. */
export const page = {
  skip: "Skip to the page",
  home: "Longwave: front page",
  title: "Analyse your own data",
  lede: "A file with several answers from each person is enough. See whether two things go together within people, between people, and from one occasion to the next.",
  private:
    "Nothing is uploaded. Your file is read and analysed inside this browser and forgotten when you close the page.",
  back: "Front page",
  offlineReady: "This page now also works without a network.",
} as const;

export const drop = {
  title: "1. Choose a file",
  button: "Choose a CSV file",
  hint: "or drop it here. One row for each person and occasion, with a header row.",
  over: "Let go to read the file",
  reading: "Reading the file …",
  example: "Try it with simulated people",
  saveExample: "Save that example as CSV",
  another: "Choose another file",
  read: (name: string, rows: number, columns: number) =>
    `${name}: ${rows.toLocaleString("en")} rows, ${columns} columns.`,
} as const;

export const choose = {
  title: "2. Say what the columns are",
  hint: "Guessed from the names where possible. Please check.",
  parts: {
    person: { label: "Person", hint: "who a row is about" },
    time: { label: "Occasion", hint: "the wave, day or visit: a number or a date" },
    exposure: { label: "Exposure", hint: "what changes, such as exercise" },
    outcome: { label: "Outcome", hint: "what may change with it, such as pain" },
    group: { label: "Compare groups (optional)", hint: "such as sex; two to six groups" },
  },
  help: "What these columns mean",
  helpText: [
    "Person: the same number or name on every row of one person. Occasion: 1, 2, 3 for the first, second and third time, or a date.",
    "Exposure is what may change from time to time, such as exercise. Outcome is what may change with it, such as pain. Both are numbers; decimal commas are read too.",
    "Which of the two comes first is not decided by what you choose here.",
  ],
  helpTable: "How such a file looks",
  texts: (names: readonly string[]) =>
    `Not offered as exposure or outcome, because they hold text: ${names.join(", ")}.`,
  constant: (names: readonly string[]) =>
    `Not offered, because they hold no more than one value: ${names.join(", ")}.`,
  odd: (name: string, cell: string) =>
    `${name} (mostly numbers, but also “${cell}”: mend it or leave it empty)`,
  none: "–",
  noGroup: "no groups",
  noTime: "no occasion column",
  button: "Analyse",
  busy: "Doing the sums …",
  missing: (parts: readonly string[]) => `Choose a column for: ${parts.join(", ")}.`,
  same: "Choose a different column for each part.",
} as const;

export const answer = {
  title: "The answer",
  stale:
    "You have changed a column since. This answer is for the columns chosen before; press Analyse for a new one.",
  simulated: "Simulated people",
  within: "Within people",
  between: "Between people",
  later: "Later",
  groups: "In each group",
  who: "Who this is about",
  figure: "The two comparisons",
  figureReading:
    "The first panel compares people by their averages; the second compares answers with the person's own usual. Marks are averages with their 95\u00a0% intervals, shaded cells count how many there are, lines are the two slopes of the model.",
  figureNote: "Cells with fewer than ten are left out.",
  laterFigure: "What follows what",
  laterReading: "Each line is the 95 % interval of a path from one occasion to the next.",
  laterUnit: "standard deviations within people",
  low: "lower",
  high: "higher",
  groupFigure: (outcome: string) => `Difference in ${outcome} per unit, within people`,
  groupReading: "Each line is the 95 % interval of one group's slope within people.",
  notes: "What to know before you use these numbers",
  numbers: "All numbers of the model",
  r: "The same in R",
  rHint: "Paste it into R; lme4, lmerTest and lavaan are on CRAN.",
  command: "The same on the command line",
  copy: "Copy",
  copied: "Copied",
  saveJson: "Save the numbers (JSON)",
  table: "The numbers behind this figure",
  problem: "This could not be analysed.",
} as const;
