import type { DataColumn, Dataset, Protocol } from "@longwave/study";
import { askedItems } from "./asked-items.ts";
import { shownCount } from "./hidden-count.ts";
import type { ItemMissingness } from "./types.ts";

const reasonWords: Readonly<Record<string, string>> = {
  not_asked: "not asked, because of an earlier answer or wave",
  skipped: "rather not say",
  not_answered: "stopped before it",
  wave_not_done: "wave not done",
  no_translation: "not asked in this language",
  by_rule: "left out by rule",
  form_not_finished: "form left before its end",
  form_time_unknown: "staff typed the form, or the clock of the phone was wrong",
  not_in_file: "not in the file",
  suppressed: "hidden in a release",
};

/** For each question and wave: how many answered it, and why others did not. Waves that do not ask it are left out. */
export function itemMissingness(protocol: Protocol, dataset: Dataset): readonly ItemMissingness[] {
  const waves = dataset.personWave.columns.find(({ name }) => name === protocol.plan.variables.wave);
  const batteries = batteryWaves(protocol);
  return askedItems(protocol, dataset).flatMap(({ item, column }) =>
    protocol.waves.flatMap((wave, index) => {
      if (!batteries.get(item.id)?.has(wave.id)) return [];
      const rows = waves?.values.flatMap((value, row) => (value === index + 1 ? [row] : [])) ?? [];
      const text = item.text.en;
      return rows.length === 0
        ? []
        : [{ item: item.id, text, wave: wave.label.en, ...countReasons(column, rows) }];
    }),
  );
}

/** The waves in which each item is on the form. */
function batteryWaves(protocol: Protocol): ReadonlyMap<string, ReadonlySet<string>> {
  const waves = new Map<string, Set<string>>();
  for (const wave of protocol.waves) {
    const instruments = wave.batteries.flatMap((battery) => protocol.batteries[battery] ?? []);
    for (const instrument of protocol.instruments.filter(({ id }) => instruments.includes(id))) {
      for (const { id } of instrument.items) waves.set(id, (waves.get(id) ?? new Set()).add(wave.id));
    }
  }
  return waves;
}

function countReasons(
  column: DataColumn,
  rows: readonly number[],
): Pick<ItemMissingness, "answered" | "missing"> {
  const counts = new Map<string, number>();
  let answered = 0;
  for (const row of rows) {
    if ((column.values[row] ?? null) !== null) {
      answered++;
      continue;
    }
    const reason = column.missing?.[row] ?? "not_answered";
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const missing = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => ({ reason: reasonWords[reason] ?? reason, count: shownCount(count) }));
  return { answered: shownCount(answered), missing };
}
