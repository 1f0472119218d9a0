import type { ColumnFacts } from "../panel/facts.ts";
import { type LostToFloor, PEOPLE_A_NUMBER } from "../panel/floor.ts";
import { packedLength } from "../sums/grouped-sums.ts";
import { isWide, type WidePlan, widePlan } from "./plan.ts";
import { movedWide } from "./pool.ts";
import type { WidePattern, WideSums } from "./sums.ts";

/** Sums that may leave the house, and what they cost. */
export interface FlooredWide {
  readonly sums: WideSums;
  readonly lost: LostToFloor;
}

/** The place of a variable in a pattern, and the distance of its two values. */
interface Indicator {
  readonly at: number;
  readonly scale: number;
}

/** The variables of a pattern that have two values: everybody stands in one of two groups. */
function indicators({ variables, columns }: WidePlan, { observed }: WidePattern): Indicator[] {
  return observed.flatMap((v, at): Indicator[] => {
    const variable = variables[v];
    const parts = variable.kind === "answer" ? [{ column: variable.column, level: null }] : variable.parts;
    if (parts.every(({ level }) => level !== null)) return [{ at, scale: 1 }];
    const facts = columns[parts[0].column];
    return parts.length === 1 && facts.kind === "number" && facts.binary ? [{ at, scale: facts.scale }] : [];
  });
}

function hasFew(plan: WidePlan, pattern: WidePattern, floor: number): boolean {
  if (floor <= 1) return false;
  const { people, observed, sum, products } = pattern;
  if (people < floor || people < PEOPLE_A_NUMBER * (observed.length + 1)) return true;
  const isFew = (count: number) => Math.round(count) > 0 && Math.round(count) < floor;
  const all = indicators(plan, pattern);
  return all.some((left, j) =>
    all.slice(0, j + 1).some((right) => {
      const [a, b] = [sum[left.at] / left.scale, sum[right.at] / right.scale];
      const [high, low] = [Math.max(left.at, right.at), Math.min(left.at, right.at)];
      const both = products[packedLength(high) + low] / (left.scale * right.scale);
      return [both, a - both, b - both, people - a - b + both].some(isFew);
    }),
  );
}

/** Whether somebody of the patterns has a level of a column. */
function isLevelSeen({ plan, patterns }: WideSums, column: string, level: string): boolean {
  return plan.variables.some((variable, v) => {
    if (variable.kind === "answer" || variable.parts.length > 1) return false;
    const [part] = variable.parts;
    if (part.column !== column || part.level !== level) return false;
    return patterns.some(({ observed, sum }) => (sum[observed.indexOf(v)] ?? 0) > 0.5);
  });
}

/** The plan without waves, groups and levels that nobody kept has, so that it says nothing of those left out. */
function withoutTraces(sums: WideSums): WideSums {
  const { plan, patterns } = sums;
  const { request } = plan;
  const isGroupSeen = (label: string) => patterns.some(({ group }) => plan.groups[group] === label);
  const isKept = (name: string) => (level: string) =>
    name === request.group ? isGroupSeen(level) : isLevelSeen(sums, name, level);
  const columns = Object.entries(plan.columns).map(([name, facts]): readonly [string, ColumnFacts] => {
    if (facts.kind === "category") return [name, { ...facts, levels: facts.levels.filter(isKept(name)) }];
    return [name, { ...facts, values: facts.values?.filter((v) => isKept(name)(String(v))) ?? null }];
  });
  const isWaveSeen = (_: number, wave: number) =>
    patterns.some(({ observed }) =>
      observed.some((v) => {
        const variable = plan.variables[v];
        return variable.kind === "answer" && variable.wave === wave;
      }),
    );
  const waves = isWide(request) ? plan.waves : plan.waves.filter(isWaveSeen);
  return movedWide(sums, widePlan(request, { waves, columns: Object.fromEntries(columns) }));
}

/**
 * The sums without the patterns in which few people stand, or in which a group, or two groups crossed, has few; see
 * `withFloor` for what a floor does not see.
 */
export function wideWithFloor(sums: WideSums, floor: number): FlooredWide {
  const { variables } = sums.plan;
  const answersOf = (patterns: readonly WidePattern[]) =>
    patterns.reduce((total, { people, observed }) => {
      const waves = new Set(
        observed.flatMap((v) => {
          const variable = variables[v];
          return variable.kind === "answer" ? [variable.wave] : [];
        }),
      );
      return total + people * waves.size;
    }, 0);
  const few = new Set(sums.patterns.filter((pattern) => hasFew(sums.plan, pattern, floor)));
  const lost = [...few];
  const kept = sums.patterns.filter((pattern) => !few.has(pattern));
  const whole = { ...sums, patterns: kept };
  return {
    sums: lost.length === 0 || kept.length === 0 ? whole : withoutTraces(whole),
    lost: {
      patterns: lost.length,
      people: lost.reduce((total, { people }) => total + people, 0),
      rows: answersOf(lost),
    },
  };
}
