import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StatsError } from "../../../errors.ts";
import { parseFormula } from "../../../formula/parse.ts";
import { modelFrame } from "../../../frame/model-frame.ts";
import { choleskyInto, logDetFromCholesky, solveCholeskyInto } from "../../../linalg/cholesky.ts";
import { createRandom } from "../../../random/random.ts";
import { createTable, factorColumn, numericColumn } from "../../../table/columns.ts";
import type { Table } from "../../../table/table.ts";
import { expectAbsolute, expectRelative } from "../../../testing/compare.ts";
import { rows } from "../../../testing/read-csv.ts";
import { lmm, lmmDetails } from "../fit.ts";
import { designLmm, thetaPlaces } from "../setup.ts";
import { nestedCriterion } from "./criterion.ts";
import { derivativesByPsi } from "./derivatives.ts";
import { createElimination, eliminate } from "./eliminate.ts";
import { psiElements } from "./solution.ts";
import { buildTree } from "./tree.ts";

/** Simulated people at simulated sites of simulated regions, some of whose answers are missing. */
function simulated(seed: number, siteStdDev = 0.8): Table {
  const random = createRandom(seed);
  const columns: Record<string, number[]> = { region: [], site: [], person: [], wave: [], x: [], y: [] };
  for (let region = 0; region < 4; region++) {
    const regionEffect = 0.7 * random.normal();
    for (let site = 0; site < 3; site++) {
      const [siteEffect, siteSlope] = [siteStdDev * random.normal(), 0.3 * siteStdDev * random.normal()];
      for (let person = 0; person < 4; person++) {
        const [level, slope] = [random.normal(), 0.3 * random.normal()];
        for (let wave = 0; wave < 4; wave++) {
          if (random.uniform() < 0.1) continue;
          const x = random.normal();
          const y = regionEffect + siteEffect + level + wave * (0.2 + siteSlope + slope) - 0.3 * x;
          const values = { region, site, person, wave, x, y: y + 0.6 * random.normal() };
          for (const [name, value] of Object.entries(values)) columns[name].push(value);
        }
      }
    }
  }
  return createTable(
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numericColumn(values)])),
  );
}

const SLOPES = "y ~ wave + x + (1 | region) + (1 + wave | region:site) + (1 + wave | region:site:person)";
const table = simulated(1);

function treeOf(formula: string, data: Table) {
  const frame = modelFrame(parseFormula(formula), data, { nested: true });
  const design = designLmm(frame);
  return { frame, design, tree: buildTree(frame, design) };
}

function randomTheta(length: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => 0.2 + random.uniform());
}

/** The deviance from the whole n x n covariance matrix. */
function denseDeviance(formula: string, data: Table, theta: Float64Array, reml: boolean): number {
  const { frame, design } = treeOf(formula, data);
  const n = frame.outcome.length;
  const { row, column } = thetaPlaces(design.blocks);
  const q = design.part.random.length;
  const lambda = new Float64Array(q * q);
  theta.forEach((value, k) => {
    lambda[row[k] * q + column[k]] = value;
  });
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) v[i * n + j] = 1;
      for (const { group, names, start } of design.blocks) {
        const codes = frame.factors.find(({ name }) => name === group)?.grouping.codes ?? [];
        if (codes[i] !== codes[j]) continue;
        for (let a = start; a < start + names.length; a++) {
          for (let b = start; b < start + names.length; b++) {
            let psi = 0;
            for (let k = 0; k < q; k++) psi += lambda[a * q + k] * lambda[b * q + k];
            v[i * n + j] += design.part.random[a][i] * psi * design.part.random[b][j];
          }
        }
      }
    }
  }
  const lower = new Float64Array(n * n);
  choleskyInto(lower, v, n);
  const m = design.part.columns.length;
  const solved = design.part.columns.map((values) => {
    const out = Float64Array.from(values);
    solveCholeskyInto(out, lower, n);
    return out;
  });
  const inner = (i: number, j: number) =>
    design.part.columns[i].reduce((sum, value, r) => sum + value * solved[j][r], 0);
  const whole = Float64Array.from({ length: m * m }, (_, e) => inner(Math.floor(e / m), e % m));
  const p = m - 1;
  const xx = Float64Array.from({ length: p * p }, (_, e) => whole[Math.floor(e / p) * m + (e % p)]);
  const [factorX, factorAll] = [new Float64Array(p * p), new Float64Array(m * m)];
  choleskyInto(factorX, xx, p);
  choleskyInto(factorAll, whole, m);
  const rho2 = Math.exp(logDetFromCholesky(factorAll, m) - logDetFromCholesky(factorX, p));
  const nu = reml ? n - p : n;
  const logDetX = reml ? logDetFromCholesky(factorX, p) : 0;
  return logDetFromCholesky(lower, n) + logDetX + nu * (1 + Math.log((2 * Math.PI * rho2) / nu));
}

function codeOf(formula: string, data: Table): string {
  try {
    lmm(formula, rows(data));
  } catch (error) {
    if (error instanceof StatsError) return error.code;
    throw error;
  }
  return "none";
}

describe("elimination over nested levels", () => {
  test.each([true, false])("gives the deviance of the whole covariance matrix (REML %s)", (reml) => {
    const { design, tree } = treeOf(SLOPES, table);
    const places = thetaPlaces(design.blocks);
    const criterion = nestedCriterion(tree, places, reml);
    for (const seed of [1, 2, 3]) {
      const theta = randomTheta(places.row.length, seed);
      expectRelative(criterion.evaluate(theta), denseDeviance(SLOPES, table, theta, reml), 1e-11);
    }
  });

  test("has the gradient that finite differences give, of the deviance and of the residual sum of squares", () => {
    const { design, tree } = treeOf(SLOPES, table);
    const places = thetaPlaces(design.blocks);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), (seed, reml) => {
        const criterion = nestedCriterion(tree, places, reml);
        const theta = randomTheta(places.row.length, seed);
        criterion.evaluate(theta);
        const [gradient, rho2] = [criterion.gradient(), criterion.residualGradient()];
        const h = 1e-5;
        theta.forEach((_, k) => {
          const at = (step: number) => {
            const value = criterion.evaluate(theta.map((t, i) => (i === k ? t + step : t)));
            return [value, criterion.fixed.rho2];
          };
          const [up, down] = [at(h), at(-h)];
          expectAbsolute(gradient[k], (up[0] - down[0]) / (2 * h), 1e-5, "deviance");
          expectAbsolute(rho2[k], (up[1] - down[1]) / (2 * h), 1e-5, "rho2");
        });
      }),
      { numRuns: 5 },
    );
  });

  test("has the first and second derivatives by the covariances that finite differences give", () => {
    const { design, tree } = treeOf(SLOPES, table);
    const elements = psiElements(tree, design.blocks);
    const state = createElimination(tree);
    const { q } = tree;
    const psi = new Float64Array(q * q);
    const lambda = new Float64Array(q * q);
    const setPsi = (change: readonly (readonly [number, number])[]) => {
      psi.fill(0);
      elements.forEach(({ at: { row, column } }, e) => {
        const step = change.reduce((sum, [index, value]) => sum + (index === e ? value : 0), 0);
        psi[row * q + column] = (row === column ? 0.6 : 0.1) + step;
        psi[column * q + row] = psi[row * q + column];
      });
      choleskyInto(lambda, psi, q);
      eliminate(tree, lambda, state);
      return [state.logDetV, ...state.a];
    };
    setPsi([]);
    const { a, logDet, aSecond, logDetSecond } = derivativesByPsi(tree, state, elements, 2);
    const h = 1e-3;
    for (let r = 0; r < elements.length; r++) {
      const [up, down] = [setPsi([[r, 1e-5]]), setPsi([[r, -1e-5]])];
      [logDet[r], ...a[r]].forEach((value, k) => {
        expectAbsolute(value, (up[k] - down[k]) / 2e-5, 1e-5);
      });
      for (let s = 0; s <= r; s++) {
        const corner = (i: number, j: number) => setPsi([[r, i * h] as const, [s, j * h] as const]);
        const [pp, pm, mp, mm] = [corner(1, 1), corner(1, -1), corner(-1, 1), corner(-1, -1)];
        [logDetSecond[r][s], ...aSecond[r][s]].forEach((value, k) => {
          expectAbsolute(value, (pp[k] - pm[k] - mp[k] + mm[k]) / (4 * h * h), 2e-3 * (1 + Math.abs(value)));
        });
      }
    }
  });

  test("with one level gives the deviance of the whole covariance matrix too", () => {
    const formula = "y ~ wave + x + (1 + wave | person)";
    const data = simulated(5);
    const { design, tree } = treeOf(formula, data);
    const criterion = nestedCriterion(tree, thetaPlaces(design.blocks), true);
    const theta = randomTheta(3, 4);
    expectRelative(criterion.evaluate(theta), denseDeviance(formula, data, theta, true), 1e-11);
  });
});

describe("nested grouping factors", () => {
  const fit = lmm(SLOPES, rows(table));

  test("are listed from the finest to the coarsest, as lme4 does", () => {
    expect(fit.random.map(({ group, terms }) => [group, ...terms])).toEqual([
      ["region:site:person", "(Intercept)", "wave"],
      ["region:site", "(Intercept)", "wave"],
      ["region", "(Intercept)"],
    ]);
    expect(Object.keys(fit.ngroups)).toEqual(["region:site:person", "region:site", "region"]);
    expect(fit.ngroups.region).toBe(4);
  });

  test("are the same written with a slash, and as columns whose codes are unique", () => {
    const slash = lmm("y ~ wave + x + (1 | region/site/person)", rows(table));
    const codes = table.nrows;
    const value = (name: string, row: number) => {
      const column = table.columns[name];
      return column.kind === "numeric" ? column.values[row] : Number.NaN;
    };
    const unique = createTable({
      ...table.columns,
      s: numericColumn(Array.from({ length: codes }, (_, i) => 100 * value("region", i) + value("site", i))),
      p: factorColumn(
        Array.from(
          { length: codes },
          (_, i) => `p${value("region", i)}-${value("site", i)}-${value("person", i)}`,
        ),
      ),
    });
    const plain = lmm("y ~ wave + x + (1 | p) + (1 | region) + (1 | s)", rows(unique));
    expect(slash.random.map(({ group }) => group)).toEqual(["person:site:region", "site:region", "region"]);
    expect(plain.random.map(({ group }) => group)).toEqual(["p", "s", "region"]);
    expectRelative(plain.deviance, slash.deviance, 1e-12);
    expect(plain.theta).toEqual(slash.theta);
  });

  test("the order of rows changes no number", () => {
    const order = createRandom(3);
    const keys = Array.from({ length: table.nrows }, (_, row) => [order.uniform(), row]);
    const shuffled = keys.sort((a, b) => a[0] - b[0]).map(([, row]) => row);
    const columns = Object.entries(table.columns).map(([name, column]) => [
      name,
      column.kind === "numeric" ? numericColumn(shuffled.map((row) => column.values[row])) : column,
    ]);
    const other = lmm(SLOPES, rows(createTable(Object.fromEntries(columns))), { df: "kenward-roger" });
    const same = lmm(SLOPES, rows(table), { df: "kenward-roger" });
    expectRelative(other.deviance, same.deviance, 1e-9);
    other.fixed.forEach((row, j) => {
      expectRelative(row.estimate, same.fixed[j].estimate, 1e-8);
      expectRelative(row.stdError, same.fixed[j].stdError, 1e-8);
      expectRelative(row.df, same.fixed[j].df ?? 0, 1e-4);
    });
  });

  test("a factor of two columns may stand alone, and its groups are named by both", () => {
    const { fit: one, ranef } = lmmDetails("y ~ wave + (1 | region:site)", rows(table));
    expect(one.ngroups).toEqual({ "region:site": 12 });
    expect(ranef[0].levels.slice(0, 4)).toEqual(["0:0", "0:1", "0:2", "1:0"]);
  });

  test("a site variance of zero is reported as zero, with the likelihood of the model without sites", () => {
    const found = Array.from({ length: 30 }, (_, seed) => simulated(100 + seed, 0)).find((data) => {
      const nested = lmm("y ~ wave + x + (1 | region:site) + (1 | region:site:person)", rows(data));
      return nested.random[1].stdDev[0] === 0;
    });
    expect(found).toBeDefined();
    const data = rows(found ?? table);
    const nested = lmm("y ~ wave + x + (1 | region:site) + (1 | region:site:person)", data);
    const plain = lmm("y ~ wave + x + (1 | region:site:person)", data);
    expect(nested.singular).toBe(true);
    expect(nested.warnings.map(({ code }) => code)).toContain("lmm.singular");
    expectRelative(nested.deviance, plain.deviance, 1e-9);
    nested.fixed.forEach((row, j) => {
      expectRelative(row.stdError, plain.fixed[j].stdError, 1e-6);
      expectRelative(row.df, plain.fixed[j].df ?? 0, 1e-4);
    });
  });

  test("the modes of all levels add up to the fitted values, and those of each level to zero", () => {
    const { ranef, fitted } = lmmDetails("y ~ 1 + (1 | region/site/person)", rows(table));
    expect(ranef.map(({ levels }) => levels.length)).toEqual([48, 12, 4]);
    expect(ranef[0].levels.slice(0, 2)).toEqual(["0:0:0", "0:0:1"]);
    for (const { modes } of ranef) {
      expectAbsolute(
        modes.reduce((sum, [mode]) => sum + mode, 0),
        0,
        1e-9,
      );
    }
    expect(fitted.length).toBe(table.nrows);
    expectAbsolute(
      fitted.reduce((sum, { residual }) => sum + residual, 0),
      0,
      1e-8,
    );
  });

  test("Kenward-Roger's adjustment is there for singular fits too, with all variances among its parameters", () => {
    const data = rows(simulated(103, 0));
    const formula = "y ~ wave + x + (1 | region:site) + (1 | region:site:person)";
    const adjusted = lmm(formula, data, { df: "kenward-roger" });
    expect(adjusted.kenwardRoger?.dVcov.length).toBe(3);
    expect(adjusted.fixed.every(({ df, stdError }) => Number.isFinite(df) && stdError > 0)).toBe(true);
  });

  test("a slope of what is the same for everyone at a site cannot be told from the level of the site", () => {
    const { site } = table.columns;
    const height = site.kind === "numeric" ? site.values.map((value) => value % 2) : new Float64Array(0);
    const data = rows(createTable({ ...table.columns, height: numericColumn(Array.from(height)) }));
    const doubtful = lmm("y ~ wave + (1 + height | region:site) + (1 | region:site:person)", data);
    expect(doubtful.warnings.map(({ code }) => code)).toContain("lmm.variances-not-identified");
    expect(fit.warnings.map(({ code }) => code)).not.toContain("lmm.variances-not-identified");
  });

  test("go with independent residuals only", () => {
    expect(() =>
      lmm("y ~ wave + (1 | region/site)", rows(table), { residual: { type: "ar1", time: "wave" } }),
    ).toThrow(/one grouping column; found region, site:region|site:region, region/);
  });

  test("within() and between() go by the finest factor, or by the id column", () => {
    const person = lmm("y ~ within(x) + between(x) + (1 | region/site/person)", rows(table));
    const region = lmm("y ~ within(x) + between(x) + (1 | region/site/person)", rows(table), {
      id: "region",
    });
    expect(person.groupsWithTwoRows).toBe(48);
    expect(region.groupsWithTwoRows).toBe(4);
    expect(person.withinStdDev["within(x)"]).not.toBe(region.withinStdDev["within(x)"]);
  });
});

describe("groups that are not nested, or not different, are refused", () => {
  const crossed = createTable({
    person: numericColumn([1, 1, 2, 2, 3, 3, 4, 4]),
    rater: numericColumn([1, 2, 1, 2, 1, 2, 1, 2]),
    own: factorColumn(["a", "a", "b", "b", "c", "c", "d", "d"]),
    one: numericColumn(Array(8).fill(1)),
    y: numericColumn([1, 2.5, 2, 4, 3, 3.5, 2.2, 5]),
  });

  test.each([
    ["y ~ 1 + (1 | person) + (1 | rater)", "lmm.crossed-groups"],
    ["y ~ 1 + (1 | person) + (1 | own)", "lmm.same-groups"],
    ["y ~ 1 + (1 | person) + (1 | one)", "lmm.one-group"],
    ["y ~ 1 + (1 | person/rater)", "lmm.one-row-per-group"],
    ["y ~ 1 + (1 | person) + (1 | person:one)", "lmm.same-groups"],
  ])("%s gives %s", (formula, code) => {
    expect(codeOf(formula, crossed)).toBe(code);
  });

  test("the message says which rows, and what to write when numbers start anew at each site", () => {
    expect(() => lmm("y ~ 1 + (1 | person) + (1 | rater)", rows(crossed))).toThrow(
      /rows 1 and 2 of one "person" in two.*\(1 \| rater\/person\)/s,
    );
  });
});
