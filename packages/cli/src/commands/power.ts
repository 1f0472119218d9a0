import {
  type Detectable,
  detectablePeople,
  encodeJson,
  type HybridTruth,
  type PanelTruth,
  type PowerResult,
  type PowerStudy,
  power as simulatePower,
} from "@longwave/stats";
import {
  HELP_OPTION,
  oneOf,
  readArguments,
  requiredOption,
  type Typed,
  wholeNumber,
  wrongValue,
} from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { alignColumns } from "../output/align.ts";
import { progressLine } from "../progress.ts";
import { SUMMARIES } from "../summaries.ts";

/** Options that state a truth, with the value they have when they are not given. */
const RICLPM_TRUTH = {
  icc: 0.66,
  own: 0.2,
  "x-to-y": -0.05,
  "y-to-x": 0,
  "within-r": -0.1,
  "between-r": -0.2,
} as const;

const HYBRID_TRUTH = {
  within: -0.1,
  between: -0.2,
  "slope-sd": 0.1,
  "x-within": 1,
  "x-between": 1,
  "intercept-sd": 1,
  "residual-sd": 0.7,
} as const;

const description: CommandDescription = {
  name: "power",
  summary: SUMMARIES.power,
  arguments: [],
  options: [
    {
      name: "model",
      value: "riclpm|hybrid",
      help: "lags between two series, or within and between people (riclpm)",
    },
    { name: "people", value: "N", help: "people who enrol; needed without --fast" },
    { name: "waves", value: "5", help: "how often they are asked" },
    { name: "replicates", value: "500", help: "simulated studies" },
    { name: "seed", value: "1", help: "the same seed gives the same result" },
    { name: "alpha", value: "0.05", help: "two-sided level of the tests" },
    { name: "fast", help: "riclpm: people needed, without simulation and without dropout" },
    { name: "power", value: "0.8", help: "with --fast: the power wanted" },
    { name: "icc", value: "0.66", help: "riclpm: share of the variance between people" },
    { name: "own", value: "0.2", help: "riclpm: lag of each series on itself" },
    { name: "x-to-y", value: "-0.05", help: "riclpm: lag of x on later y, in within-person SDs" },
    { name: "y-to-x", value: "0", help: "riclpm: lag of y on later x" },
    { name: "within-r", value: "-0.1", help: "riclpm: correlation at the same wave within people" },
    { name: "between-r", value: "-0.2", help: "riclpm: correlation of people's levels" },
    { name: "lags", value: "equal|free", help: "riclpm: lags over time in the model that is fitted (equal)" },
    { name: "within", value: "-0.1", help: "hybrid: slope within people" },
    { name: "between", value: "-0.2", help: "hybrid: slope between people" },
    { name: "slope-sd", value: "0.1", help: "hybrid: SD of personal slopes" },
    { name: "x-within", value: "1", help: "hybrid: SD of the exposure within people" },
    { name: "x-between", value: "1", help: "hybrid: SD of the exposure between people" },
    { name: "intercept-sd", value: "1", help: "hybrid: SD of people's levels" },
    { name: "residual-sd", value: "0.7", help: "hybrid: SD of the residual" },
    { name: "no-random-slope", help: "hybrid: fit a random intercept only" },
    { name: "dropout", value: "0.3", help: "share who have left before the last wave (0)" },
    {
      name: "dropout-on-y",
      value: "0.3",
      help: "change in the log-odds of leaving per SD of the last outcome (0)",
    },
    {
      name: "categories",
      value: "LIST",
      help: "cut the outcome into categories with these shares: 0.5,0.3,0.2",
    },
    { name: "json", help: "print one JSON object instead of the table" },
    HELP_OPTION,
  ],
  notes: [
    "Every figure has its Monte-Carlo error in brackets. A fit that does not converge is counted, not dropped.",
  ],
  examples: [
    {
      line: "longwave power --fast --x-to-y -0.05 --waves 5 --icc 0.66 --y-to-x -0.03",
      what: "how many people a lag of 0.05 needs",
    },
    {
      line: "longwave power --people 1400 --waves 5 --dropout 0.35 --replicates 1000",
      what: "the same with people leaving, by simulation",
    },
    {
      line: "longwave power --model hybrid --people 300 --within -0.1 --slope-sd 0.2",
      what: "a within-person slope that differs from person to person",
    },
  ],
};

/** `longwave power`: how many people a study needs. */
export const power: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const study = readStudy(typed);
  const isFast = typed.has("fast");
  if (isFast && study.model !== "riclpm") {
    throw new CliError(
      "cli.option-value",
      "Expected --fast with --model riclpm; found it with hybrid. Leave it out to simulate.",
    );
  }
  if (isFast && study.model === "riclpm") {
    const found = detectBoth(study.truth, typed);
    io.stdout.write(typed.has("json") ? `${encodeJson(found)}\n` : printDetectable(found));
    return;
  }
  const result = simulate(io, typed, study);
  io.stdout.write(typed.has("json") ? `${encodeJson(result)}\n` : printPower(result));
}

function numberOf(typed: Typed, name: string, fallback: number): number {
  const text = typed.text(name);
  if (text === undefined) return fallback;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw wrongValue(name, "a number", text);
}

/** The options of a truth, by name. */
function numbersOf<Name extends string>(
  typed: Typed,
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(defaults) as Name[];
  return Object.fromEntries(names.map((name) => [name, numberOf(typed, name, defaults[name])])) as Record<
    Name,
    number
  >;
}

function refuseForeign(typed: Typed, model: string, foreign: Readonly<Record<string, number>>): void {
  const wrong = Object.keys(foreign).find((name) => typed.text(name) !== undefined);
  if (wrong === undefined) return;
  const other = model === "riclpm" ? "hybrid" : "riclpm";
  throw new CliError(
    "cli.option-value",
    `Expected --${wrong} with --model ${other}; found it with ${model}. Leave it out, or choose the other model.`,
  );
}

function commonTruth(typed: Typed): Pick<PanelTruth, "waves" | "dropout" | "categories"> {
  const share = numberOf(typed, "dropout", 0);
  const onOutcome = numberOf(typed, "dropout-on-y", 0);
  const categories = typed.text("categories");
  return {
    waves: wholeNumber(typed, "waves", { least: 2, fallback: 5 }),
    ...(share === 0 ? {} : { dropout: { share, onOutcome } }),
    ...(categories === undefined ? {} : { categories: categories.split(",").map(Number) }),
  };
}

function readStudy(typed: Typed): PowerStudy {
  const model = oneOf(typed, "model", { words: ["riclpm", "hybrid"], fallback: "riclpm" });
  const common = commonTruth(typed);
  if (model === "hybrid") {
    refuseForeign(typed, model, RICLPM_TRUTH);
    const truth = numbersOf(typed, HYBRID_TRUTH);
    return { model, truth: { ...common, ...hybridTruth(truth) }, randomSlope: !typed.has("no-random-slope") };
  }
  refuseForeign(typed, model, HYBRID_TRUTH);
  const truth = numbersOf(typed, RICLPM_TRUTH);
  const lags = oneOf(typed, "lags", { words: ["equal", "free"], fallback: "equal" });
  return { model, truth: { ...common, ...panelTruth(truth) }, lags };
}

function panelTruth(typed: Record<keyof typeof RICLPM_TRUTH, number>): Omit<PanelTruth, "waves"> {
  return {
    icc: typed.icc,
    autoregression: { x: typed.own, y: typed.own },
    xToY: typed["x-to-y"],
    yToX: typed["y-to-x"],
    withinCorrelation: typed["within-r"],
    betweenCorrelation: typed["between-r"],
  };
}

function hybridTruth(typed: Record<keyof typeof HYBRID_TRUTH, number>): Omit<HybridTruth, "waves"> {
  return {
    within: typed.within,
    between: typed.between,
    slopeStdDev: typed["slope-sd"],
    exposureWithin: typed["x-within"],
    exposureBetween: typed["x-between"],
    interceptStdDev: typed["intercept-sd"],
    residualStdDev: typed["residual-sd"],
  };
}

function simulate(io: Io, typed: Typed, study: PowerStudy): PowerResult {
  requiredOption(typed, description, "people");
  const people = wholeNumber(typed, "people", { least: 2, fallback: 2 });
  const bar = progressLine(io, "studies");
  try {
    const options = {
      people,
      replicates: wholeNumber(typed, "replicates", { least: 2, fallback: 500 }),
      seed: wholeNumber(typed, "seed", { least: 0, most: 2 ** 32 - 1, fallback: 1 }),
      alpha: numberOf(typed, "alpha", 0.05),
      onProgress: (done: number, of: number) => bar.show(done, of, "simulating"),
    };
    return io.interrupts.during(() => simulatePower(study, options));
  } finally {
    bar.clear();
  }
}

interface BothDirections {
  readonly power: number;
  readonly paths: readonly (Detectable & { readonly path: string })[];
}

function detectBoth(truth: PanelTruth, typed: Typed): BothDirections {
  const wanted = numberOf(typed, "power", 0.8);
  const options = {
    lags: oneOf(typed, "lags", { words: ["equal", "free"], fallback: "equal" }),
    power: wanted,
    alpha: numberOf(typed, "alpha", 0.05),
  };
  const asked = [
    { path: "x-to-y" as const, effect: truth.xToY },
    { path: "y-to-x" as const, effect: truth.yToX },
  ].filter(({ effect }) => effect !== 0);
  if (asked.length === 0) {
    throw new CliError(
      "cli.option-value",
      "Expected a lag other than 0 to detect; found --x-to-y 0 and --y-to-x 0. State the size that matters.",
    );
  }
  return {
    power: wanted,
    paths: asked.map(({ path, effect }) => ({
      path,
      ...detectablePeople(truth, { path, effect, ...options }),
    })),
  };
}

function printDetectable({ power: wanted, paths }: BothDirections): string {
  const rows = [
    ["Lag", "Size", "Std.Error x root N", "People"],
    ...paths.map(({ path, effect, stdErrorRootN, people }) => [
      path,
      String(effect),
      stdErrorRootN.toFixed(4),
      String(people),
    ]),
  ];
  return `People who must answer every wave, for a power of ${wanted}\n${alignColumns(rows).join("\n")}\n`;
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

function share(rate: { readonly value: number; readonly monteCarloError: number } | null): string {
  return rate === null ? "" : `${percent(rate.value)} (${(100 * rate.monteCarloError).toFixed(1)})`;
}

function printPower(result: PowerResult): string {
  const { people, replicates, seed, alpha, notConverged, improper, targets, model } = result;
  const number = (value: number) => value.toFixed(4);
  const rows = [
    ["Target", "Truth", "Mean", "Bias", "SD", "Mean SE", "Interval holds truth", "Power"],
    ...targets.map((target) => [
      target.name,
      target.truth === null ? "" : String(target.truth),
      number(target.meanEstimate),
      target.bias === null ? "" : `${number(target.bias.value)} (${number(target.bias.monteCarloError)})`,
      number(target.empiricalStdDev.value),
      number(target.meanStdError),
      share(target.coverage),
      share(target.rejected),
    ]),
  ];
  return [
    `${replicates} simulated studies of ${people} people (${model}, seed ${seed}); tests at ${alpha}; Monte-Carlo errors in brackets`,
    "",
    ...alignColumns(rows),
    "",
    `Did not converge: ${share(notConverged)}. ${model === "riclpm" ? "Improper" : "Singular"} solutions: ${share(improper)}.`,
    ...(targets.some(({ truth }) => truth === null)
      ? [
          "The outcome is cut into categories: the truth is on another scale, so bias and coverage are not given.",
        ]
      : []),
    "",
  ].join("\n");
}
