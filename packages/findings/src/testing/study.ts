import { readFileSync } from "node:fs";
import { buildDataset, type Dataset, type Protocol } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { type SimulatedStudy, type SimulationOptions, simulateStudy } from "../simulate/simulate-study.ts";

const path = new URL("../../../../protocols/exercise-and-pain.yaml", import.meta.url);

/** The flagship protocol, as written. */
export const protocol: Protocol = readProtocol(readFileSync(path, "utf8"), "exercise-and-pain.yaml");

/** A simulated study that began on 13 January 2025. */
export function simulated(
  seed: number,
  people: number,
  within?: SimulationOptions["within"],
): SimulatedStudy {
  return simulateStudy(protocol, {
    seed,
    people,
    ...(within === undefined ? {} : { within }),
    startAt: Date.UTC(2025, 0, 13, 9),
    timeZone: "Europe/Oslo",
  });
}

/** The dataset of a simulated study after its last answer. */
export function simulatedDataset(
  seed: number,
  people: number,
  within?: SimulationOptions["within"],
): Dataset {
  const study = simulated(seed, people, within);
  return buildDataset({
    protocol,
    people: study.people,
    answers: study.answers,
    upToSeq: study.answers.at(-1)?.seq ?? 0,
  });
}
