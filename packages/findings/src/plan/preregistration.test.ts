import { describe, expect, test } from "vitest";
import type { Deviation } from "../publication/deviation-types.ts";
import { protocol } from "../testing/study.ts";
import { preregistration, preregistrationMarkdown } from "./preregistration.ts";

const form = preregistration(protocol);
const text = preregistrationMarkdown(form);

/** Sections and items in the order of the OSF Preregistration form. */
const order = {
  "Study Information": ["Title", "Description", "Hypotheses"],
  "Design Plan": [
    ...["Study type", "Blinding", "Is there any additional blinding in this study?"],
    ...["Study design", "Randomization"],
  ],
  "Sampling Plan": [
    ...["Existing data", "Explanation of existing data", "Data collection procedures"],
    ...["Sample size", "Sample size rationale", "Stopping rule"],
  ],
  Variables: ["Manipulated variables", "Measured variables", "Indices"],
  "Analysis Plan": [
    ...["Statistical models", "Transformations", "Inference criteria"],
    ...["Data exclusion", "Missing data", "Exploratory analysis"],
  ],
  Other: ["Other"],
};

describe("the preregistration of a study text", () => {
  test("keeps the sections and the order of the OSF form", () => {
    const found = form.sections.map(({ title, items }) => [title, items.map((item) => item.title)]);
    expect(Object.fromEntries(found)).toEqual(order);
    expect(found.map(([title]) => title)).toEqual(Object.keys(order));
  });

  test("states every hypothesis with its direction, and every model of the plan", () => {
    for (const { id, claim } of protocol.plan.hypotheses) {
      expect(text).toContain(`${id}: ${claim.en} Directional: the expected sign is negative.`);
    }
    for (const { id } of [...protocol.plan.sensitivity, ...protocol.plan.exploratory]) {
      expect(text).toContain(`${id}: `);
    }
    expect(text).toContain("pain_vrs ~ within(ex) + between(ex)");
  });

  test("marks what is a matter of judgement and not in the study text", () => {
    expect(text).toContain("### Existing data\n\n*Not stated in the study text.*");
    const { rows, ...plan } = protocol.plan;
    const without = preregistrationMarkdown(preregistration({ ...protocol, plan }));
    expect(without).toContain("### Data exclusion\n\n*Not stated in the study text.*");
  });

  test("is named by the hashes of text and plan, so a changed plan is another preregistration", () => {
    const plan = { ...protocol.plan, rows: "late >= 0" };
    const other = preregistration({ ...protocol, plan });
    expect(other.planHash).not.toBe(form.planHash);
    expect(text).toContain(form.planHash);
  });

  test("ends with the departures listed since, where they are known; the plan above stays as it was", () => {
    const listed: Deviation = {
      kind: "recorded",
      clause: "recruitment",
      what: "Opened a week later.",
      why: "The form was late.",
      at: Date.UTC(2026, 2, 1),
      by: "A. Lead",
      timing: "before_first_answer",
    };
    const withOne = preregistrationMarkdown(preregistration(protocol, [listed]));
    expect(withOne.startsWith(text.trimEnd())).toBe(true);
    expect(withOne.slice(text.length)).toContain(
      "### recruitment\n\nOpened a week later.\n\nReason: The form was late.\n\nBefore the first answer. Entered 2026-03-01 by A. Lead.",
    );
    const none = preregistrationMarkdown(preregistration(protocol, []));
    expect(none).toContain("No departures from the plan were recorded.");
    expect(text).not.toContain("Departures");
  });

  test("never prints a value that is not there", () => {
    expect(text).not.toMatch(/undefined|null|\[object|NaN/);
  });
});
