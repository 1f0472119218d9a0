import { collectedProtocol } from "../amendments/collected.ts";
import type { AnswerPayload } from "../answering/index.ts";
import type { Instrument, ItemText, Protocol } from "../protocol/types.ts";
import { waveItems } from "../protocol/variables.ts";
import { buildDataset, type DatasetInput } from "./build.ts";
import { standingAnswers } from "./standing-answers.ts";
import type { Dataset } from "./types.ts";

/** Why a form is worth a look: the same answer all the way down, under {@link FAST_SECONDS}, or an unlikely change. */
export type QualityFlagKind = "straight_lined" | "fast" | "changed";

/** One reason to look at one form; `item` is the question that changed. What was answered is not in it. */
export interface QualityFlag {
  readonly person: string;
  readonly wave: string;
  readonly kind: QualityFlagKind;
  readonly item?: string;
  /** `ends`: from one end of its scale to the other; `differs`: it is asked once and was answered in two ways. */
  readonly change?: "ends" | "differs";
}

/** A form answered to its end in fewer seconds is flagged. */
export const FAST_SECONDS = 40;
/** On shorter scales both ends are near, and an honest person goes from one to the other. */
const FEWEST_STEPS = 5;

/**
 * The forms of a study that are worth a look, by person and wave. A flag is a question to ask and no verdict: it leaves
 * nobody out.
 *
 * **Unlikely changes.** A question asked once (year of birth, height) that was answered in two ways at two waves; and a
 * rating, or an ordered choice, of at least five steps that went from one end to the other between two waves that the
 * person answered one after the other. Counts of days are left alone: none one week and seven the next is nothing odd.
 * @throws StudyError as {@link buildDataset}
 */
export function qualityFlags(input: DatasetInput): readonly QualityFlag[] {
  const dataset = buildDataset(input);
  const protocol = collectedProtocol(input.protocol, input.versions ?? []);
  return [...formFlags(dataset, protocol), ...changeFlags(input, protocol)];
}

function formFlags({ personWave }: Dataset, protocol: Protocol): readonly QualityFlag[] {
  const column = (name: string) => personWave.columns.find((each) => each.name === name)?.values ?? [];
  const [ids, waves] = [column("id"), column("wave")];
  const [straight, seconds] = [column("straight_lined"), column("form_seconds")];
  return ids.flatMap((id, row): readonly QualityFlag[] => {
    const at = { person: String(id), wave: protocol.waves[Number(waves[row]) - 1]?.id ?? "" };
    const took = seconds[row];
    return [
      ...(straight[row] === 1 ? [{ ...at, kind: "straight_lined" as const }] : []),
      ...(typeof took === "number" && took < FAST_SECONDS ? [{ ...at, kind: "fast" as const }] : []),
    ];
  });
}

function changeFlags({ answers, upToSeq }: DatasetInput, protocol: Protocol): readonly QualityFlag[] {
  const items = [...waveItems(protocol).values()];
  const waves = protocol.waves.map(({ id }) => id);
  return [...standingAnswers(answers, upToSeq)].flatMap(([person, forms]) =>
    items.flatMap(({ item, instrument }) => {
      const change = changeOf(instrument, item);
      if (change === undefined) return [];
      const given = waves.flatMap((wave) => {
        const payload = forms.get(wave)?.get(item.id)?.payload;
        return payload?.kind === "value" ? [{ wave, value: payload.value }] : [];
      });
      return given
        .slice(1)
        .flatMap(({ wave, value }, before): readonly QualityFlag[] =>
          change.isUnlikely(given[before]?.value, value)
            ? [{ person, wave, kind: "changed", item: item.id, change: change.kind }]
            : [],
        );
    }),
  );
}

type Value = Extract<AnswerPayload, { kind: "value" }>["value"] | undefined;

interface ChangeRule {
  readonly kind: "ends" | "differs";
  readonly isUnlikely: (before: Value, now: Value) => boolean;
}

function changeOf({ once }: Instrument, item: ItemText): ChangeRule | undefined {
  if (once === true && item.kind !== "text")
    return { kind: "differs", isUnlikely: (before, now) => JSON.stringify(before) !== JSON.stringify(now) };
  const steps = stepsOf(item);
  const [low, high] = [steps[0], steps.at(-1)];
  if (steps.length < FEWEST_STEPS) return undefined;
  return {
    kind: "ends",
    isUnlikely: (before, now) => (before === low && now === high) || (before === high && now === low),
  };
}

/** The answers of an ordered question from one end to the other; none where it has no order. */
function stepsOf(item: ItemText): readonly (number | string)[] {
  if (item.kind === "scale")
    return Array.from({ length: item.max - item.min + 1 }, (_, step) => item.min + step);
  const isOrdered = item.kind === "single_choice" && item.level !== "nominal";
  return isOrdered ? item.options.map(({ value }) => value) : [];
}
