import { invertPositive, multiply, transpose } from "../../linalg/dense.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import { type Cluster, clusterOf, type FittedRows, rowsByCluster } from "./cluster.ts";
import { withIndependentResiduals } from "./ranef-conditional.ts";

/** One element of a covariance matrix of random effects: row >= column of a block. */
interface Element {
  readonly block: number;
  readonly row: number;
  readonly column: number;
}

function elementsOf({ design }: FittedRows): Element[] {
  return design.blocks.flatMap(({ names }, block) =>
    names.flatMap((_, column) =>
      names.slice(column).map((_, below) => ({ block, row: column + below, column })),
    ),
  );
}

/** Z of a cluster, a column for each random effect as in `Cluster.factor`, and whitened if R is not the identity. */
function plainZ(model: FittedRows, cluster: Cluster): Float64Array {
  const z = new Float64Array(cluster.n * cluster.nFactors);
  const { design, blockGroups } = model;
  for (const { block, level, start } of cluster.effects) {
    const { names, start: first } = design.blocks[block];
    cluster.rows.forEach((row, i) => {
      if (blockGroups[block].codes[row] !== level) return;
      for (let r = 0; r < names.length; r++)
        z[i * cluster.nFactors + start + r] = design.part.random[first + r][row];
    });
  }
  return withIndependentResiduals({ ...cluster, factor: z }).factor;
}

/** Z'V^-1 Z, Z'V^-2 Z and tr V^-2 of a cluster. */
function inverseMoments(
  model: FittedRows,
  cluster: Cluster,
): { one: Float64Array; two: Float64Array; trace: number } {
  const { n, nFactors: c } = cluster;
  const { factor } = withIndependentResiduals(cluster);
  const z = plainZ(model, cluster);
  const transposed = transpose(factor, n, c);
  const gram = multiply(transposed, factor, { n: c, k: n, m: c });
  const whole = gram.map((value, e) => value + Number(e % (c + 1) === 0));
  const k = invertPositive(whole, c) ?? new Float64Array(c * c);
  const size = { n: c, k: c, m: c };
  const kg = multiply(k, gram, size);
  const inner = multiply(
    multiply(factor, k, { n, k: c, m: c }),
    multiply(transposed, z, { n: c, k: n, m: c }),
    {
      n,
      k: c,
      m: c,
    },
  );
  const solved = z.map((value, e) => (value - inner[e]) / model.sigma2);
  const inverseZ = solved;
  let trace = n;
  for (let i = 0; i < c; i++) {
    trace -= 2 * kg[i * c + i];
    for (let j = 0; j < c; j++) trace += kg[i * c + j] * kg[j * c + i];
  }
  return {
    one: multiply(transpose(z, n, c), inverseZ, { n: c, k: n, m: c }),
    two: multiply(transpose(inverseZ, n, c), inverseZ, { n: c, k: n, m: c }),
    trace: trace / (model.sigma2 * model.sigma2),
  };
}

/** The columns of Z that an element pairs, for every level in the cluster, both ways off the diagonal. */
function pairsOf(cluster: Cluster, { block, row, column }: Element): (readonly [number, number])[] {
  return cluster.effects
    .filter((effect) => effect.block === block)
    .flatMap(({ start }) => {
      const pair = [start + row, start + column] as const;
      return row === column ? [pair] : [pair, [pair[1], pair[0]] as const];
    });
}

function addCluster(
  information: Float64Array,
  model: FittedRows,
  cluster: Cluster,
  elements: readonly Element[],
): void {
  const { nFactors: c } = cluster;
  const n = elements.length + 1;
  const { one, two, trace } = inverseMoments(model, cluster);
  const pairs = elements.map((element) => pairsOf(cluster, element));
  pairs.forEach((left, i) => {
    pairs.forEach((right, j) => {
      for (const [a, b] of left)
        for (const [d, e] of right) information[i * n + j] += (one[e * c + a] * one[b * c + d]) / 2;
    });
    let mixed = 0;
    for (const [a, b] of left) mixed += two[b * c + a] / 2;
    information[i * n + n - 1] += mixed;
    information[(n - 1) * n + i] += mixed;
  });
  information[n * n - 1] += trace / 2;
}

/** The inverse on the directions that the data inform; null where an element has none. */
function inverse(information: Float64Array, n: number): Float64Array | null {
  const scale = Float64Array.from({ length: n }, (_, i) => Math.sqrt(information[i * n + i]));
  if (scale.some((value) => !(value > 0))) return null;
  const scaled = information.map((value, e) => value / (scale[Math.floor(e / n)] * scale[e % n]));
  if (Math.min(...symmetricEigen(scaled, n).values) < 1e-10) return null;
  const result = invertPositive(scaled, n);
  return result?.map((value, e) => value / (scale[Math.floor(e / n)] * scale[e % n])) ?? null;
}

/**
 * The variance of each estimated variance of a random effect, from the expected information of all elements of the
 * covariances and the residual variance: I_ab = tr(V^-1 dV_a V^-1 dV_b) / 2. Parameters of a residual structure count
 * as known.
 *
 * @returns for each block and effect the variance of its variance, in scaled coordinates; null where the data cannot say.
 * Searle, Casella & McCulloch (1992), Variance Components, section 6.3.
 */
export function varianceOfVariances(model: FittedRows): ((block: number, effect: number) => number) | null {
  const elements = elementsOf(model);
  const n = elements.length + 1;
  const information = new Float64Array(n * n);
  for (const rows of rowsByCluster(model.clusters))
    addCluster(information, model, clusterOf(model, rows), elements);
  const covariance = inverse(information, n);
  if (covariance === null) return null;
  return (block, effect) => {
    const place = elements.findIndex(
      (element) => element.block === block && element.row === effect && element.column === effect,
    );
    return covariance[place * n + place];
  };
}
