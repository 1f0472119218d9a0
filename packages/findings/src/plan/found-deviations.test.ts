import { beforeAll, describe, expect, test } from "vitest";
import { renderPage } from "../page/index.ts";
import type { Deviation } from "../publication/deviation-types.ts";
import { seal } from "../publication/seal.ts";
import type { PublicationDraft } from "../publication/types.ts";
import { run } from "../testing/plan.ts";
import { simulatedDataset } from "../testing/study.ts";
import { foundDeviations, withDeviations } from "./found-deviations.ts";

let draft: PublicationDraft;
beforeAll(async () => {
  draft = await run(simulatedDataset(2, 160));
}, 120_000);

const links = { bundle: "publication.json", table: (name: string) => name };
const pageOf = (given: PublicationDraft): string =>
  renderPage(seal(given, { version: "0.1.0" }), { css: "", links });

describe("departures that running a plan shows by itself", () => {
  test("are analyses not run, once for each reason, and fallbacks in place of a planned model", () => {
    const found = draft.deviations ?? [];
    const notRun = found.filter(({ kind }) => kind === "not_run");
    expect(notRun.map(({ clause }) => clause).join(", ")).toContain("S6");
    expect(new Set(notRun.map(({ why }) => why)).size).toBe(notRun.length);
    const fallbacks = draft.models.filter((model) => model.fallbackUsed && !model.comparisonOnly);
    const listed = found.filter(({ kind }) => kind === "fallback").map(({ clause }) => clause);
    expect(listed).toEqual(fallbacks.map(({ id }) => id));
  });

  test("are a model that was not planned, an answer without an estimate, and a text that was not locked", () => {
    const [model] = draft.models;
    const [finding] = draft.findings;
    if (!model || !finding) throw new Error("nothing was run");
    const other: PublicationDraft = {
      ...draft,
      models: [{ ...model, formula: "y ~ x + (1 | id)", fallbackUsed: true }],
      findings: [{ ...finding, rule: "not_fitted", sentence: "Too few answers." }],
      notYetRun: [],
    };
    const found = foundDeviations(other, { language: "en", lockedHash: "0".repeat(64) });
    expect(found.map(({ kind, clause }) => [kind, clause])).toEqual([
      ["other_plan", draft.study.id],
      ["fallback", model.id],
      ["not_estimated", finding.id],
    ]);
    const norwegian = foundDeviations(other, { language: "nb", lockedHash: "0".repeat(64) });
    expect(norwegian[0]?.what).toBe("Studieteksten som ble kjørt, er ikke den som ble låst.");
    expect(foundDeviations({ ...other, models: [], findings: [] }, { language: "en" })).toEqual([]);
  });
});

describe("departures on the page", () => {
  const entry: Deviation = {
    kind: "recorded",
    clause: "H1",
    what: "Age as a curve.",
    why: "A reviewer <asked>.",
    at: Date.UTC(2026, 2, 3),
    by: "Kari",
    timing: "after_data_seen",
  };

  test("stand beside the plan with reason, time and what had been seen, in both languages", () => {
    const page = pageOf(withDeviations({ ...draft, deviations: [] }, [entry]));
    expect(page).toContain("Departures from the plan");
    expect(page).toContain("A reviewer &lt;asked&gt;.");
    expect(page).toContain("After results were seen. Entered 3 March 2026 by Kari.");
    const norwegian = pageOf(withDeviations({ ...draft, language: "nb", deviations: [] }, [entry]));
    expect(norwegian).toContain("Etter at resultater var sett. Ført opp 3. mars 2026 av Kari.");
  });

  test("are said to be none where there are none, and not spoken of where a bundle does not list them", () => {
    expect(pageOf({ ...draft, deviations: [] })).toContain("No departures from the plan were recorded.");
    const { deviations, ...early } = draft;
    expect(pageOf(early)).not.toContain('id="deviations"');
  });
});
