import { expect, test } from "vitest";
import { createTable, factorColumn } from "../../table/columns.ts";
import type { NumericColumn } from "../../table/table.ts";
import { expectRelative } from "../../testing/compare.ts";
import { ordinalTable } from "../../testing/ordinal.ts";
import { rows } from "../../testing/read-csv.ts";
import { clmmMarginal } from "../clmm/marginal.ts";
import { clmmPredict } from "../clmm/predict.ts";
import { glmm } from "./fit.ts";

const table = ordinalTable({ people: 120, waves: 4, thresholds: [0.3], effect: 0.7, sd: 1.5, seed: 12 });
const fit = glmm("y ~ x + z + (1 | id)", rows(table));

test("a text outcome with two levels gives the fit of 0 and 1, the second level counting as 1", () => {
  const words = ["no", "yes"];
  const y = factorColumn(Array.from((table.columns.y as NumericColumn).values, (code) => words[code]));
  const named = glmm("y ~ x + z + (1 | id)", rows(createTable({ ...table.columns, y })));
  expect(named.fixed).toEqual(fit.fixed);
  expect(named.levels).toEqual(words);
});

test("marginal probabilities of a binary model are its predictions at the same values", () => {
  const value = (name: string) => (table.columns[name] as NumericColumn).values[5];
  const [row] = clmmMarginal(fit, [{ x: value("x"), z: value("z") }]);
  const predicted = clmmPredict(fit, rows(table))[5];
  expectRelative(predicted.predicted, row.orHigher[0].probability, 1e-12);
  expectRelative(predicted.stdError, row.orHigher[0].stdError, 1e-12);
  expect(row.categories.map(({ level }) => level)).toEqual(["0", "1"]);
});

test("without an intercept every level of a factor has its own log odds", () => {
  const z = factorColumn(
    Array.from((table.columns.z as NumericColumn).values, (code) => (code === 1 ? "b" : "a")),
  );
  const data = rows(createTable({ ...table.columns, z }));
  const own = glmm("y ~ 0 + z + (1 | id)", data);
  const contrast = glmm("y ~ z + (1 | id)", data);
  expect(own.fixed.map(({ term }) => term)).toEqual(["z[a]", "z[b]"]);
  expectRelative(own.fixed[0].estimate, contrast.fixed[0].estimate, 1e-6);
  expectRelative(own.fixed[1].estimate - own.fixed[0].estimate, contrast.fixed[1].estimate, 1e-5);
  expectRelative(own.logLik, contrast.logLik, 1e-10);
});

test("without a random term it is logistic regression and says that rows of one person are not independent", () => {
  const plain = glmm("y ~ x", rows(table), { id: "id" });
  expect(plain.estimator).toBe("glm");
  expect(plain.random).toEqual([]);
  expect(plain.warnings.map(({ code }) => code)).toEqual(["lm.rows-not-independent"]);
});
