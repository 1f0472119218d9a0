import { expect, test } from "vitest";
import { decideVerdict, type Verdict } from "../verdict/decide-verdict.ts";
import { intersectVerdicts } from "../verdict/intersect-verdicts.ts";
import { lintCausal } from "./lint-causal.ts";
import type { DirectionView, SentenceDesign, SentenceInput, SlopeView } from "./sentence-input.ts";
import { pain, smerte } from "./testing/names.ts";
import { wordsFor } from "./words.ts";

const limits = { negligible: 0.1, noticeable: 0.5 };

/** One interval for each branch that can come about: what was found, as the plan expected it or not. */
const branches = [
  ["1", { estimate: -0.8, half: 0.2, pHolm: 0.001 }],
  ["1, opposite", { estimate: 0.8, half: 0.2, pHolm: 0.001 }],
  ["2", { estimate: -0.05, half: 0.03, pHolm: 0.003 }],
  ["2, opposite", { estimate: 0.05, half: 0.03, pHolm: 0.003 }],
  ["3", { estimate: -0.2, half: 0.1, pHolm: 0.001 }],
  ["3, opposite", { estimate: 0.2, half: 0.1, pHolm: 0.001 }],
  ["4", { estimate: -0.5, half: 0.3, pHolm: 0.004 }],
  ["4, opposite", { estimate: 0.5, half: 0.3, pHolm: 0.004 }],
  ["5", { estimate: -0.01, half: 0.05, pHolm: 0.7 }],
  ["5, not after several tests", { estimate: -0.05, half: 0.04, pHolm: 0.06 }],
  ["6", { estimate: -0.1, half: 0.3, pHolm: 0.5 }],
  ["6, not after several tests", { estimate: -0.2, half: 0.18, pHolm: 0.09 }],
  ["7", { estimate: -0.3, half: 0.6, pHolm: 0.4 }],
  ["7, not after several tests", { estimate: -0.5, half: 0.45, pHolm: 0.08 }],
] as const;

type Found = (typeof branches)[number][1];
type Language = "en" | "nb";

const designs = ["within", "between", "baseline", "other", "difference", "lag"] as const;
const names = { en: pain, nb: smerte };
const later = { en: "about three months later", nb: "omtrent tre måneder senere" };

function verdictOn({ estimate, half, pHolm }: Found): Verdict {
  const half90 = half * 0.84;
  return decideVerdict({
    ...{ estimate, lower: estimate - half, upper: estimate + half, pHolm, expectedSign: -1, ...limits },
    ...{ lower90: estimate - half90, upper90: estimate + half90 },
  });
}

/** The slopes of women and men that differ by what was found. */
function slopesOf({ estimate, half }: Found): { readonly first: SlopeView; readonly second: SlopeView } {
  const around = (middle: number) => ({ estimate: middle, lower: middle - half, upper: middle + half });
  const women = estimate < 0 ? -0.1 : -0.1 - estimate;
  return { first: around(women), second: around(women + estimate) };
}

function directionOf(way: "there" | "back", found: Found, language: Language): DirectionView {
  const { exposure, outcome } = names[language];
  const [from, to] = way === "there" ? [exposure, outcome] : [outcome, exposure];
  return { lag: { from, to, later: later[language] }, estimate: found.estimate, verdict: verdictOn(found) };
}

function inputOf(design: SentenceDesign, found: Found, language: Language): SentenceInput {
  return {
    ...{ design, names: names[language], verdict: verdictOn(found), estimate: found.estimate },
    ...{ term: "lag(ex)", slopes: slopesOf(found), adjusted: design === "baseline" },
    lag: directionOf("there", found, language).lag,
  };
}

/** Both directions of a claim, as their own verdicts put together. */
function bothOf(there: Found, back: Found, language: Language): SentenceInput {
  const directions = [directionOf("there", there, language), directionOf("back", back, language)] as const;
  const verdict = intersectVerdicts(directions.map((direction) => direction.verdict));
  return { design: "both", names: names[language], verdict, estimate: there.estimate, directions };
}

function written(input: SentenceInput, pHolm: number, language: Language): readonly string[] {
  const words = wordsFor(language);
  const { verdict, design } = input;
  const lead = design === "within" ? [words.lead(input)] : [];
  const later = input.directions === undefined ? [] : [words.leadLater(input.directions)];
  return [
    words.verdict(verdict.rule, verdict, design),
    words.sentence(input),
    words.sureWhy({ ...input, bounds: { ...limits, pHolm } }),
    ...lead,
    ...later,
  ];
}

function section(title: string, texts: readonly string[], language: Language): string {
  for (const text of texts) {
    expect(lintCausal(text, language), text).toEqual([]);
    expect(text).not.toMatch(/undefined|NaN|\s{2}/);
  }
  return [`## ${title}`, ...texts].join("\n");
}

function everyBranch(language: Language): string {
  const single = designs.flatMap((design) => [
    `# ${design}`,
    ...branches.map(([name, found]) =>
      section(`rule ${name}`, written(inputOf(design, found, language), found.pHolm, language), language),
    ),
  ]);
  const pairs = branches.flatMap(([name, there]) =>
    branches
      .filter(([other]) => other === name || (name === "3" && !other.includes("opposite")))
      .map(([other, back]) =>
        section(
          `there: rule ${name}; back: rule ${other}`,
          written(bothOf(there, back, language), Math.max(there.pHolm, back.pHolm), language),
          language,
        ),
      ),
  );
  const none = [...designs, "both" as const].map((design) =>
    section(`${design}, not fitted`, [wordsFor(language).verdict("not_fitted", undefined, design)], language),
  );
  return `${[...single, "# both", ...pairs, "# without a fit", ...none].join("\n\n")}\n`;
}

test("every branch is the one its name says", () => {
  for (const [name, found] of branches) {
    const verdict = verdictOn(found);
    expect(`${verdict.rule}`).toBe(name.slice(0, 1));
    expect(verdict.opposite).toBe(name.includes("opposite"));
    expect(verdict.onlyUnadjusted).toBe(name.includes("several"));
  }
});

test.each(["en", "nb"] as const)("every branch of every kind of test is worded, in %s", async (language) => {
  await expect(everyBranch(language)).toMatchFileSnapshot(`__snapshots__/verdicts-${language}.txt`);
});
