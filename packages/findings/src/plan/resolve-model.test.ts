import type { PlanModel } from "@longwave/study";
import { describe, expect, test } from "vitest";
import { protocol } from "../testing/study.ts";
import { extendModel, resolveModel } from "./resolve-model.ts";

function modelOf(id: string): PlanModel {
  const found = protocol.plan.hypotheses.find((hypothesis) => hypothesis.id === id);
  if (!found) throw new Error(`no hypothesis ${id}`);
  return found.model;
}

describe("a planned model", () => {
  test("is tried as planned first, then with each fallback of the plan in order", () => {
    const model = resolveModel(protocol, modelOf("H1"));
    if (model.kind !== "lmm") throw new Error("H1 is a mixed model");
    expect(model.formulas.map((formula) => formula.slice(formula.lastIndexOf("(1")))).toEqual([
      ...["(1 + within(ex) | id)", "(1 + within(ex) || id)", "(1 | id)"],
    ]);
    expect(model.where).toBe("(late == 0)");
  });

  test("that builds on another takes over its fallbacks and rows", () => {
    const model = resolveModel(protocol, modelOf("H2"));
    if (model.kind !== "lmm") throw new Error("H2 is a mixed model");
    expect(model.formulas).toHaveLength(3);
    expect(model.formulas.every((formula) => formula.includes("within(ex):man + between(ex):man + ("))).toBe(
      true,
    );
    expect(model.where).toBe("(late == 0)");
  });

  test("of some waves keeps only their rows, by wave number", () => {
    const model = resolveModel(protocol, modelOf("H6"));
    expect(model).toMatchObject({
      where: "(late == 0) and (wave == 2 or wave == 3 or wave == 4 or wave == 5)",
    });
  });

  test("of lags holds both series, its covariates and the plan's rows, and is the same for both directions", () => {
    const model = resolveModel(protocol, modelOf("H3"));
    expect(model).toMatchObject({
      ...{ kind: "panel", x: "ex", y: "pain_vrs", lags: "equal", randomIntercepts: true },
      where: "(late == 0)",
    });
    expect(resolveModel(protocol, modelOf("H4"))).toEqual(model);
  });

  test("nobody has built says so, and nothing is put in its place", () => {
    const other = { family: "other" as const, what: "another model" };
    expect(resolveModel(protocol, other)).toEqual({ kind: "unavailable", why: "not_built" });
    expect(resolveModel(protocol, { ...modelOf("H3"), reliability: [0.8] } as PlanModel)).toMatchObject({
      kind: "unavailable",
    });
  });

  test("that builds on a hypothesis nobody wrote is a mistake in the plan", () => {
    expect(() => resolveModel(protocol, { family: "lmm", base: "H9", add: [] })).toThrow(
      /builds on "H9"; expected one of H1, H2/,
    );
  });

  test("can be extended by more terms in every form", () => {
    const model = { kind: "lmm" as const, formulas: ["y ~ x + (1 | id)"] as const, where: undefined };
    expect(extendModel(model, ["z"]).formulas).toEqual(["y ~ x + z + (1 | id)"]);
  });
});
