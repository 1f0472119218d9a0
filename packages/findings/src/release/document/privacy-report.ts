import { formatCount, formatNumber } from "@longwave/figure";
import type { ReleaseTable } from "../tables/release-tables.ts";
import type { ClassSizes, Deidentified, ReleaseReport, SeriesReport } from "../types.ts";
import type { LeftOutReason } from "../variables.ts";
import { type DocumentBlock, type DocumentSection, list, type ReportDocument, text } from "./types.ts";

/** What was done so that nobody can be picked out, how far it got, and what it does not protect against. */
export function privacyReport(
  { report, tables }: Pick<Deidentified, "report" | "tables">,
  head: { readonly title: string; readonly tags: readonly string[] },
): ReportDocument {
  return {
    title: `How people are protected: ${head.title}`,
    tags: head.tags,
    lead: leadOf(report),
    sections: [
      whoIsIn(report),
      alike(report),
      toldOf(report),
      changedValues(report),
      sensitiveAnswers(report),
      inPlainWords(report),
      { title: limitsTitle, blocks: list(limitsOf(report)) },
      countsSection(tables, report.settings.minCell),
    ],
  };
}

export const limitsTitle = "What this does not protect against";

function leadOf({ k, people, settings, underK }: ReleaseReport): readonly string[] {
  return [
    `Each of the ${count(people.released)} people in these files looks like at least ${k.after - 1} others in everything listed below that others may know of them.`,
    `Before, ${count(underK)} of ${count(people.answered)} looked like fewer than ${settings.k - 1} others.`,
  ];
}

function whoIsIn({ people, rows }: ReleaseReport): DocumentSection {
  const steps: readonly (readonly [string, number])[] = [
    ["Invited", people.invited],
    ["Agreed to take part", people.consented],
    ["Agreed that their answers are shared", people.agreed],
    ["Of these, answered at least once", people.answered],
    ["Left out, as they look like too few others whatever is hidden", people.removed],
    ["In these files", people.released],
  ];
  return {
    title: "Who is in it",
    blocks: [
      {
        kind: "table",
        name: "From invitation to these files",
        head: ["Step", "People"],
        rows: steps.map(([step, n]) => [step, count(n)]),
      },
      text(
        `They gave ${count(rows.personWave)} sets of answers, and logged ${count(rows.event)} sessions and rest prompts.`,
      ),
    ],
  };
}

function alike({ k, unique, settings, classes, people, underK }: ReleaseReport): DocumentSection {
  return {
    title: "How many look alike",
    blocks: [
      {
        kind: "table",
        name: "Before and after",
        head: ["", "As answered", "In these files"],
        rows: [
          ["Smallest group of people who look alike (k)", count(k.before), count(k.after)],
          ["People who are alone", count(unique.before), count(unique.after)],
          [`People who look like fewer than ${settings.k - 1} others`, count(underK), "0"],
        ],
      },
      {
        kind: "table",
        name: "Groups of people who look alike, by size",
        head: ["People in the group", "Groups", "People", "Share of people"],
        rows: classes.map((size) => [
          sizeWords(size),
          count(size.classes),
          count(size.people),
          share(size.people / people.released),
        ]),
      },
      text(
        "A hidden value counts as a value: people with the same values hidden are a group of their own, and as large.",
      ),
    ],
  };
}

function toldOf({ quasi, people, leftOut }: ReleaseReport): DocumentSection {
  const cells = Math.max(1, people.released * quasi.filter(({ isLeftOut }) => !isLeftOut).length);
  const hidden = quasi.reduce((sum, each) => sum + each.hidden, 0);
  return {
    title: "What others may know of a person, and how it is told",
    blocks: [
      ...(quasi.length === 0
        ? [
            text(
              "The study text names nothing that others may know of a person, and asks nothing once only. Nothing was made coarser.",
            ),
          ]
        : [quasiTable(quasi, people.released)]),
      text(
        `Hidden in all: ${count(hidden)} values, ${share(hidden / cells)} of those told. Rare people's values are hidden more often than others': an analysis that leaves them out is not about everyone.`,
      ),
      {
        kind: "table",
        name: "Left out whole",
        head: ["Variable", "What it is", "Why"],
        rows: leftOut.map(({ name, label, why }) => [name, label, LEFT_OUT[why]]),
        words: [1, 2],
      },
      text(
        "Whatever people wrote in their own words, their names and their addresses are never in a dataset, and so not here.",
      ),
    ],
  };
}

function quasiTable(quasi: ReleaseReport["quasi"], released: number): DocumentBlock {
  return {
    kind: "table",
    name: "How each is told",
    head: ["Variable", "What it is", "How it is told", "Detail lost", "Values hidden", "Share hidden"],
    rows: quasi.map(({ name, label, how, lost, hidden, isLeftOut }) => [
      name,
      label,
      how,
      share(lost),
      isLeftOut ? "–" : count(hidden),
      isLeftOut ? "–" : share(hidden / released),
    ]),
    words: [1, 2],
  };
}

const LEFT_OUT: Readonly<Record<LeftOutReason, string>> = {
  declared: "the study text leaves it out",
  calendar: "it tells the time of year",
  timing: "it tells how the form was filled in, not what was answered",
  places: "ticked places together are nearly a name; counts of them are told",
  identifies: "it would tell exactly what is told coarsely here",
  rare: "too few people gave one of the answers",
};

function changedValues({ ends, rare, settings }: ReleaseReport): DocumentSection {
  return {
    title: "Answers that few people gave",
    blocks: [
      text(
        `Numbers: a highest or lowest value stands for at least ${settings.minCell} people. Larger values are told as the largest that ${settings.minCell} people reach; smaller ones likewise. What is computed from such answers was computed anew. Ratings on a scale are told as they are.`,
      ),
      ...(ends.length === 0
        ? [text("No number had to be changed.")]
        : [
            {
              kind: "table" as const,
              name: "Ends of numbers",
              head: ["Variable", "Which end", "Told as", "Values changed"],
              rows: ends.map(({ name, end, at, values }) => [
                name,
                end,
                formatNumber(at, Number.isInteger(at) ? 0 : 1),
                few(values, settings.minCell),
              ]),
              words: [1],
            },
          ]),
      text(
        `Choices without an order: codes that fewer than ${settings.minCell} people gave are hidden, with the next rarest, so that hiding does not give them away.`,
      ),
      ...(rare.length === 0
        ? [text("No code had to be hidden.")]
        : [
            {
              kind: "table" as const,
              name: "Rare codes",
              head: ["Variable", "Codes hidden together", "Values hidden"],
              rows: rare.map(({ name, codes, values, isWhole }) => [
                name,
                isWhole ? "the whole variable" : codes.join(", "),
                count(values),
              ]),
              words: [1],
            },
          ]),
      text(
        "Dates: all dates of a person are moved by the same number of whole weeks, to a week of a made-up year drawn at random. Days of the week and spans between dates are true; dates, seasons and who came first are not. Sessions carry the week since enrolment and no time, and their minutes are rounded to 5.",
      ),
    ],
  };
}

function sensitiveAnswers({ diversity }: ReleaseReport): DocumentSection {
  return {
    title: "Sensitive answers among people who look alike",
    blocks: [
      text(
        "Being one of many does not help where all of them gave the same answer. Counted here: how many different first answers each group gave (l-diversity).",
      ),
      {
        kind: "table",
        name: "Different answers within groups",
        head: [
          "Variable",
          "What it is",
          "Fewest",
          "Half of the groups have at most",
          "Groups where all are the same",
          "People in them",
        ],
        rows: diversity.map((each) => [
          each.name,
          each.label,
          count(each.least),
          count(each.median),
          count(each.uniformClasses),
          count(each.uniformPeople),
        ]),
        words: [1],
      },
    ],
  };
}

function inPlainWords({ risk, k, people }: ReleaseReport): DocumentSection {
  return {
    title: "The risk in plain words",
    blocks: [
      text(
        `Suppose someone knows that a certain person is in these files, and knows what the table above lists. At best they find ${k.after} people who fit, and a guess is right once in ${k.after} times (${share(risk.highest)}). Over all ${count(people.released)} people it is right in ${share(risk.average)} of guesses.`,
      ),
      text(
        "This is the risk for someone who knows that the person took part. For someone who does not, it is smaller; how much smaller cannot be said without knowing who else might have taken part.",
      ),
    ],
  };
}

/** What stays open, in plain words; also in the README of a release. */
export function limitsOf({ series, settings }: ReleaseReport): readonly string[] {
  return [
    ...seriesWords(series),
    "People in small groups of society can be known to insiders by facts that no table lists. Look at the files yourself before you hand them on.",
    `The counts of ${settings.k} and more hold for the variables the study text names. A variable that it forgot is not protected.`,
    "Whoever has two versions of these data can match people between them by their answers, and learns what one version hides and the other tells. Keep versions few, and ask for the earlier one to be deleted.",
    "Whoever has the study's own answers can find each person here by them. New numbers do not keep the study team out.",
    "A release cannot be called back. Someone who leaves the study later is left out of later versions only.",
    "These are still data about health. Share them under an agreement.",
  ];
}

/** The series of the outcome in full; those with more beside it in a clause each. */
function seriesWords([first, ...more]: readonly SeriesReport[]): readonly string[] {
  if (first === undefined) return [];
  const besides = more.map(
    ({ names, people, unique }) =>
      ` With ${names.slice(1).join(" and ")} as well it is ${count(unique)} (${share(unique / Math.max(1, people))}).`,
  );
  return [
    `Answers over the waves are themselves like a fingerprint: ${count(first.unique)} of ${count(first.people)} people (${share(first.unique / Math.max(1, first.people))}) gave a series of ${first.names.join(" and ")} that nobody else gave.${besides.join("")} Someone who knows these answers of a person at each wave finds the person, and then everything else. No number above protects against that.`,
  ];
}

function countsSection(tables: readonly ReleaseTable[], minCell: number): DocumentSection {
  const hidden = tables.reduce((sum, { counts }) => sum + counts.small + counts.besides, 0);
  return {
    title: "Counts",
    blocks: [
      text(
        `Counts from 1 to ${minCell - 1} are not shown (–), and neither are others from which they could be worked out with the totals. Hidden here: ${count(hidden)} counts. Groups of fewer than ${minCell} people stand as others together.`,
      ),
      ...tables.map(tableBlock),
    ],
  };
}

function tableBlock({ title, rows, columns, counts }: ReleaseTable): DocumentBlock {
  return {
    kind: "table",
    name: title,
    head: ["", ...columns, "All"],
    rows: counts.shown.map((row, place) => [
      rows[place] ?? "All",
      ...row.map((n) => (n === null ? "–" : count(n))),
    ]),
  };
}

function sizeWords({ from, to }: ClassSizes): string {
  if (to === undefined) return `${from} or more`;
  return from === to ? String(from) : `${from} to ${to}`;
}

function few(n: number, minCell: number): string {
  return n > 0 && n < minCell ? `fewer than ${minCell}` : count(n);
}

function count(n: number): string {
  return formatCount(n, "en");
}

function share(value: number): string {
  const percent = 100 * value;
  return `${formatNumber(percent, percent > 0 && percent < 10 ? 1 : 0, "en")} %`;
}
