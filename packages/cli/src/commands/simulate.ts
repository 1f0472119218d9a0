import { simulateStudy } from "@longwave/findings";
import { buildDataset, dataTableCsv } from "@longwave/study";
import { HELP_OPTION, readArguments, requiredOption, wholeNumber } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { loadProtocol } from "../input.ts";
import { type Io, pathFrom } from "../io.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { SUMMARIES } from "../summaries.ts";

/** Made-up people need a made-up calendar: fixed, so that the same seed gives the same file on any day. */
const FIRST_INVITATION = Date.UTC(2025, 8, 1, 8);
const TIME_ZONE = "Europe/Oslo";
const INVITED = 6419;

const description: CommandDescription = {
  name: "simulate",
  summary: SUMMARIES.simulate,
  arguments: [{ name: "PROTOCOL", help: "the study as YAML" }],
  options: [
    { name: "out", value: "FILE.csv", help: "where to write: one row for each person and wave answered" },
    {
      name: "events",
      value: "EVENTS.csv",
      help: "also write the sessions and rests that some of them logged",
    },
    { name: "people", value: "N", help: `people invited (${INVITED})` },
    { name: "seed", value: "N", help: "the same seed gives the same people (1)" },
    HELP_OPTION,
  ],
  examples: [
    {
      line: "longwave simulate protocols/exercise-and-pain.yaml --out simulated.csv",
      what: "the demonstration cohort",
    },
    {
      line: "longwave simulate protocols/exercise-and-pain.yaml --out simulated.csv --events sessions.csv",
      what: "with the sessions that some people log",
    },
    {
      line: "longwave simulate protocols/exercise-and-pain.yaml --people 300 --seed 7 --out small.csv",
      what: "a small one",
    },
  ],
};

/** `longwave simulate PROTOCOL --out FILE.csv`: simulated people, always labelled so by `analyse --simulated`. */
export const simulate: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const out = requiredOption(typed, description, "out");
  const people = wholeNumber(typed, "people", { least: 1, most: 1_000_000, fallback: INVITED });
  const seed = wholeNumber(typed, "seed", { least: 0, most: 2 ** 32 - 1, fallback: 1 });
  const protocol = await loadProtocol(io, typed.positionals[0] ?? "");
  const dataset = io.interrupts.during(() => {
    const study = simulateStudy(protocol, { seed, people, startAt: FIRST_INVITATION, timeZone: TIME_ZONE });
    return buildDataset({ protocol, ...study, upToSeq: study.answers.length });
  });
  writeFileWhole(pathFrom(io, out), dataTableCsv(dataset.personWave, { reasons: "left-out" }));
  const { flow, personWave, event } = dataset;
  const eventsFile = typed.text("events");
  if (eventsFile !== undefined) {
    writeFileWhole(pathFrom(io, eventsFile), dataTableCsv(event, { reasons: "left-out" }));
  }
  io.stdout.write(
    `Simulated people: ${flow.invited} invited, ${flow.answeredOnce} answered at least once, ${flow.answeredTwice} at least twice.\n` +
      `${personWave.nrows} rows of ${personWave.columns.length} columns in ${out} (seed ${seed}).\n` +
      (eventsFile === undefined ? "" : `${event.nrows} sessions and rests in ${eventsFile}.\n`),
  );
}
