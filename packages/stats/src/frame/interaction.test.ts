import { describe, expect, test } from "vitest";
import { clmm } from "../models/clmm/fit.ts";
import type { FitCommon } from "../models/fit.ts";
import { gee } from "../models/gee/fit.ts";
import { glm } from "../models/glm/fit.ts";
import { glmm } from "../models/glmm/fit.ts";
import { lmm } from "../models/lmm/fit.ts";
import { createTable, numericColumn } from "../table/columns.ts";
import { caseTable } from "../testing/cases.ts";
import { numbers } from "../testing/panel.ts";
import { rows } from "../testing/read-csv.ts";

const hunt = caseTable("hunt_like");
const data = rows(
  createTable({
    ...hunt.columns,
    bad: numericColumn(Array.from(numbers(hunt, "pain_o"), (pain) => (pain > 2 ? 1 : 0))),
  }),
);

/** Every model whose formula may hold within(x) beside between(x). */
const FITS: Readonly<Record<string, (right: string) => FitCommon>> = {
  lmm: (right) => lmm(`pain_o ~ ${right} + (1 | id)`, data),
  glm: (right) => glm(`bad ~ ${right}`, data, { family: "binomial", id: "id" }),
  gee: (right) => gee(`pain_o ~ ${right}`, data, { id: "id" }),
  clmm: (right) => clmm(`pain_o ~ ${right} + (1 | id)`, data),
  glmm: (right) => glmm(`bad ~ ${right} + (1 | id)`, data),
};

describe.each(Object.entries(FITS))("%s", (_, fit) => {
  const codes = (right: string) => fit(right).warnings.map(({ code }) => code);

  test("warns of an interaction of within(x) without that of between(x)", () => {
    expect(codes("within(ex) * sex + between(ex)")).toContain("formula.between-interaction-missing");
    expect(codes("(within(ex) + between(ex)) * sex")).not.toContain("formula.between-interaction-missing");
  });
});
