const number = new Intl.NumberFormat("en-GB");
const dateFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const momentFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** A count with separators: "6,419". */
export function count(value: number): string {
  return number.format(value);
}

/** A share in whole per cent of `of`; a dash when there is nothing to share. */
export function share(value: number, of: number): string {
  return of === 0 ? "–" : `${Math.round((100 * value) / of)} %`;
}

/** A moment (ms UTC) as a short date. */
export function shortDate(at: number): string {
  return dateFormat.format(at);
}

/** A moment (ms UTC) as a short date and time. */
export function shortMoment(at: number): string {
  return momentFormat.format(at);
}

/** A count of people: "1 person", "6,419 people". */
export const people = (value: number): string => `${count(value)} ${value === 1 ? "person" : "people"}`;

/** The words of the frame, of signing in and of the shared states. */
export const frame = {
  brand: "Longwave",
  skip: "Skip to the page",
  studies: "All studies",
  nav: "Study",
  today: "Today",
  overview: "Progress",
  people: "People",
  calendar: "Calendar",
  plan: "Plan",
  analysis: "Analysis",
  reporting: "Reporting list",
  lock: "Lock",
  publish: "Publish",
  discussion: "Discussion",
  release: "Release",
  messages: "Messages",
  team: "Team",
  account: "Account",
  signedInAs: "Signed in as",
  owner: "the owner of this server",
  signOut: "Sign out",
  simulated: "Simulated people",
  phases: {
    design: "Design",
    recruiting: "Recruiting",
    running: "Running",
    locked: "Data locked",
    published: "Published",
    closed: "Closed",
  },
  paused: "Paused: nothing is sent, and nobody new can join",
  hidden: "Estimates are hidden until the data are locked",
  loading: "Fetching",
  troubleTitle: "This could not be fetched.",
  troubleText: "Nothing is lost. Check the connection, then try again.",
  tryAgain: "Try again",
  notFoundTitle: "There is nothing at this address",
  notFoundText: "It may belong to another study.",
  actionFailed: "This was not done.",
  copy: "Copy",
  copied: "Copied",
  copyFailed: "Select the text and copy it by hand",
  close: "Close",
};

export const signIn = {
  title: "Sign in",
  ready: "You have opened a one-time sign-in link. It works once, and only when you press the button.",
  button: "Sign in",
  busy: "Signing in…",
  outTitle: "You are not signed in",
  out: "There are no passwords. You sign in with a link that works once.",
  mailTitle: "Get a link by e-mail",
  mail: "If you belong to the team of a study, we send you a link.",
  email: "E-mail address",
  emailWrong: "Write the whole address, such as ola@example.org.",
  send: "Send me a link",
  sending: "Sending…",
  sent: "If this address belongs to a team, a link is on its way. It works once, for one day.",
  howTitle: "Or on the machine itself",
  how: "On the machine that runs Longwave, in its folder, type:",
  command: "npm exec -- longwave sign-in",
  howAfter: "It prints a link. Open it in this browser. The first start of the server prints one too.",
  failed: "This link did not work.",
};

export const studies = {
  title: "Studies",
  lede: "Each study has its own people, analysis and findings.",
  emptyTitle: "No studies yet.",
  empty: "Make one from a template, a copy or a file.",
  people: (value: number): string => people(value),
  search: "Find a study by its title or name",
  found: (value: number): string => (value === 1 ? "1 study" : `${value} studies`),
  notFound: "No study has that in its title or name.",
  notFoundText: "Use fewer letters.",
};

export const overview = {
  title: "Progress",
  flow: "Who takes part",
  flowOf: (invited: number): string => `of ${people(invited)} invited`,
  invited: "Invited",
  consented: "Consented",
  once: "Answered once or more",
  twice: "Answered twice or more",
  all: "Answered every wave",
  waves: "Answers, wave by wave",
  wavesOf: "Filled: finished. Pale: started, not finished.",
  wave: (name: string): string => `Wave ${name.replace(/^w/i, "")}`,
  waveRow: (started: number, finished: number): string =>
    `${count(finished)} finished of ${count(started)} who started`,
  days: "Day by day",
  weeks: "Week by week",
  daysEmptyTitle: "Nothing has happened yet.",
  daysEmpty: "Add people and give them their links; their first answers show here.",
  answered: "Answered",
  asTable: "Show as a table",
  when: "From",
  most: (most: number, day: string, by: "day" | "week"): string =>
    `most: ${count(most)} ${by === "day" ? "on" : "in the week from"} ${day}`,
  next: "Next step",
  nextSteps: {
    design: "The study is in design: nobody can join yet. Work on its text, then open it.",
    recruiting: "Add people and pass on their links. You can run the blind report at any time.",
    running: "Answers are coming in. The blind report shows the state of the data, and no estimate.",
    locked: "The data are locked. Run the analysis, read the results, then publish.",
    published: "The findings are published. A correction is a new publication that names this one.",
    closed: "The study is over. What was published stays at its address.",
  },
  addPeople: "Add people",
  runReport: "Go to the analysis",
  read: "Read the published page",
};

export const peoplePage = {
  title: "People",
  show: "Show",
  everyone: "Everyone",
  find: "Find by name or code",
  search: "Search",
  clear: "Show everyone",
  add: "Add people",
  name: "Name or code",
  invited: "Invited",
  consented: "Consented",
  notYet: "Not yet",
  answers: "Waves",
  latest: "Now",
  link: "Link",
  newLink: "New link",
  newLinkFor: (label: string): string => `New link for ${label}`,
  emptyTitle: "No people yet.",
  empty: "Paste a list or choose a CSV file; each person gets a link.",
  noneTitle: "Nobody matches.",
  noneInState: "Nobody is in this state now.",
  none: (search: string): string => `There is no name or code with “${search}” in it.`,
  shown: (from: number, to: number, total: number): string =>
    `${count(from)} to ${count(to)} of ${people(total)}. A short line at the foot is a wave not answered.`,
  before: "Previous 50",
  after: "Next 50",
  states: {
    not_yet: "not open yet",
    open: "open",
    started: "started",
    completed: "answered",
    missed: "not answered",
    withdrawn: "left before it closed",
  },
  tags: {
    not_yet: "Waiting",
    open: "Due",
    started: "Started",
    completed: "Answered",
    missed: "Silent",
    invited: "Invited",
    withdrawn: "Left, answers kept",
    erased: "Erased",
  },
  askedAnew: "New consent not answered",
  noMessages: "No messages",
  mailReturns: "Mail comes back",
  glyph: (states: readonly string[]): string =>
    states.map((state, index) => `wave ${index + 1} ${state}`).join(", "),
  rotateTitle: (label: string): string => `Make a new link for ${label}?`,
  rotateText: "The link they have now stops working at once, and any visit they have open ends.",
  rotate: "Make a new link",
  keep: "Keep the old one",
  rotated: (label: string): string => `New link for ${label}:`,
  code: "Read out a code",
  codeFor: (label: string): string => `Read out a code to ${label}`,
  codeTitle: (label: string): string => `Make a code for ${label}?`,
  codeText:
    "For someone without e-mail who wants to see their earlier answers. Make sure that it is this person who calls. It is written down that you read out a code.",
  codeMake: "Make a code",
  codeNot: "Not now",
  codeMade: (label: string, minutes: number): string =>
    `Code for ${label}, good once, for ${minutes} minutes:`,
};

export const analysis = {
  title: "Analysis",
  blindTitle: "The blind data report",
  blind:
    "While answers can still come in, a run shows the state of the data: who answered, what is missing, how answers spread. It shows no estimate and no test, so that nobody can be swayed by them.",
  resultsTitle: "The results",
  results:
    "The data are locked. A run fits every model of the plan, as it was written beforehand, and writes the findings. What the plan asks and Longwave cannot do yet is listed as not yet run.",
  runBlind: "Make the blind report",
  runResults: "Run the analysis",
  runAgain: "Run it again",
  starting: "Starting…",
  queued: "Waiting for its turn",
  running: (done: number, total: number): string =>
    `Step ${count(Math.min(done + 1, total))} of ${count(total)}`,
  progress: "Progress of the run",
  doneBlind: "The blind report is ready.",
  doneResults: "The results are ready.",
  failed: "The run stopped.",
  when: (at: string): string => `Finished ${at}`,
  openReport: "Open the report",
  reportText: "It opens in a tab of its own. Only signed-in staff can read it.",
  reportTitle: "Report",
  individualTitle: "Individual figures",
  individual:
    "Single people's answers, own lines, slopes, residuals and influence, for the study team. They take a moment to draw, open in a tab of their own, are kept nowhere and are never part of what is published. That you looked is written down.",
  openIndividual: "Open the individual figures",
  emptyTitle: "No run yet.",
  toPublish: "Go on to publish",
};

export const lockPage = {
  title: "Lock the data",
  why: "Locking ends the collection of answers for good. From then on results may be seen, and no answer can be added or changed.",
  rule: "Two people sign. The second must be another person than the first, so that nobody can open the results alone.",
  after: "It cannot be undone.",
  signatures: "Signatures",
  nobody: "Nobody has signed yet.",
  signed: (by: string): string => `Signed by ${by}`,
  waiting: "Waiting for a second, different person",
  lockedAt: (at: string): string => `Locked ${at}`,
  locked: "The data are locked.",
  second: "The other person signs in with their own link and presses the same button.",
  button: "Sign the lock",
  youSigned: "You have signed. A second, different person must sign too.",
  dialogTitle: "Sign the lock of this study?",
  dialogText: (title: string): string =>
    `You say that “${title}” has collected its last answer. When the second person has signed, this cannot be undone.`,
  dialogSign: "Sign the lock",
  dialogNot: "Not yet",
};

export const publishPage = {
  title: "Publish",
  notLockedTitle: "Not yet.",
  notLocked: "Results can be published when the data are locked and the analysis has run.",
  toLock: "Go to the lock",
  noRunTitle: "There are no results yet.",
  noRun: "Run the analysis on the locked data first, and read it.",
  toAnalysis: "Go to the analysis",
  whatTitle: "What will be published",
  correctionTitle: "Publish a correction",
  correction:
    "Only if something on the published page is wrong. Run the analysis again first, so that the new page differs.",
  cannot: "A publication is never edited. A correction is a new one that names the one it replaces.",
  preview: "Preview of the findings",
  changes: "What changed since the last publication",
  changesHint: "one change a line",
  changesNeeded: "Say what changed, one change a line.",
  button: "Publish the findings",
  busy: "Publishing…",
  tells:
    "Everyone who ticked “remind me” and has an e-mail address gets one message that the results are out.",
  tell: "Tell them of this correction too",
  tellHint: "Those who ticked “remind me” and have an e-mail address get one message.",
  dialogTitle: "Publish the findings?",
  dialogText: "Anyone can read them at a public address from this moment, and the address stays.",
  dialogPublish: "Publish",
  dialogNot: "Not yet",
  doneTitle: "Published",
  done: "The findings are public at",
  before: (at: string): string => `Published ${at} at`,
};

/** What a publication holds, line by line. */
export const publishedParts: readonly string[] = [
  "The findings page: the question, the short answer in plain words, the figures, the numbers with their intervals.",
  "A sealed bundle with the same numbers, named by its own fingerprint, so that anyone can check that nothing was changed.",
  "Tables of the figures. No row anywhere is one person, and groups under 10 are not shown.",
];

/** The discussion under the published findings. */
export const discussionPage = {
  title: "Discussion",
  notPublishedTitle: "Nothing is published yet.",
  notPublished: "Readers can write under the findings once they are published.",
  toPublish: "Go on to publish",
  show: "Which comments to show",
  states: { pending: "Waiting", approved: "Shown", rejected: "Rejected" },
  emptyTitle: {
    pending: "Nothing waits.",
    approved: "Nothing is shown yet.",
    rejected: "Nothing was rejected.",
  },
  empty: {
    pending: "A first comment, and any with a link, waits here for a person.",
    approved: "Comments that you approve stand under the findings.",
    rejected: "Rejected comments are deleted after 30 days.",
  },
  by: (name: string) => `Comment by ${name}`,
  urgent: "Look first",
  team: "study team",
  edited: "edited by the team",
  reason: "Reason",
  heldFor: {
    first: "The writer's first comment here.",
    link: "It holds a web address.",
    "no-script": "It was sent without a script, so a machine cannot be ruled out.",
    danger: "It may speak of danger. The writer was shown the study's help text at once.",
    advice: "It may ask for medical advice. The writer was shown the study's help text at once.",
  } as Readonly<Record<string, string>>,
  approve: "Show",
  edit: "Edit and show",
  reject: "Reject",
  reply: "Answer as the study team",
  fields: {
    edit: "The words as they will be shown, marked as edited",
    reject: "Why? The writer can read this",
    reply: "The team's answer",
  },
  send: { edit: "Show", reject: "Reject", reply: "Send" },
  busy: "Saving …",
  dismiss: "Not now",
} as const;
