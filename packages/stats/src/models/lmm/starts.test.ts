import { expect, test } from "vitest";
import { parseFormula } from "../../formula/parse.ts";
import { modelFrame } from "../../frame/model-frame.ts";
import { minimize } from "../../optimize/newton.ts";
import { createRandom, type Random } from "../../random/random.ts";
import { createTable, numericColumn } from "../../table/columns.ts";
import type { Table } from "../../table/table.ts";
import { createWorkspace, devianceGradient, profiledDeviance } from "./objective.ts";
import { findOptimum } from "./optimum.ts";
import { setupLmm, thetaPlaces } from "./setup.ts";

/** A few people, often without any variance of levels or slopes: singular fits are the rule here. */
function sparsePanel(random: Random): Table {
  const [people, waves] = [8 + random.integer(30), 3 + random.integer(4)];
  const levelSd = random.uniform() < 0.3 ? 0 : random.uniform() * 1.5;
  const slopeSd = random.uniform() < 0.4 ? 0 : random.uniform() * 0.6;
  const [id, wave, x, y]: number[][] = [[], [], [], []];
  for (let person = 0; person < people; person++) {
    const [level, slope] = [levelSd * random.normal(), slopeSd * random.normal()];
    for (let t = 0; t < waves; t++) {
      if (t > 1 && random.uniform() < 0.2) continue;
      const exposure = random.normal();
      id.push(person);
      wave.push(t);
      x.push(exposure);
      y.push(1 + level + slope * t - 0.3 * exposure + random.normal());
    }
  }
  return createTable({
    id: numericColumn(id),
    wave: numericColumn(wave),
    x: numericColumn(x),
    y: numericColumn(y),
  });
}

// Seed 227 with a slope of x has a second valley, 0.58 lower than the one at zero.
test.each([227, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("no other start ends lower (simulated panel %d)", (seed) => {
  const random = createRandom(seed);
  const table = sparsePanel(random);
  for (const effects of ["1 + wave", "1 + x", "1 + wave + x"]) {
    const setup = setupLmm(modelFrame(parseFormula(`y ~ x + wave + (${effects} | id)`), table, {}));
    const optimum = findOptimum(setup, true);
    expect(optimum.converged).toBe(true);
    const places = thetaPlaces(setup.blocks);
    const criterion = { ...optimum.criterion, places };
    const work = createWorkspace(criterion);
    for (let start = 0; start < 5; start++) {
      const theta = Float64Array.from(places.row, () => 1.2 * random.normal());
      const found = minimize((point, gradient) => {
        const deviance = profiledDeviance(criterion, work, point);
        if (Number.isFinite(deviance)) gradient.set(devianceGradient(criterion, work));
        return deviance;
      }, theta);
      expect(optimum.deviance).toBeLessThan(found.value + 1e-6);
    }
  }
});
