import type { AnswerRecord } from "../dataset/types.ts";

/** How one form came. */
export interface FormEntry {
  readonly mode: "web" | "phone" | "paper" | "import" | "mixed";
  /** Numbers of the staff who entered its answers, such as "1 3"; absent when the person answered by themselves. */
  readonly by: string | undefined;
  readonly corrections: number;
}

interface Gathered {
  readonly modes: Set<"web" | "phone" | "paper" | "import">;
  readonly by: Set<number>;
  corrections: number;
}

/**
 * How each form came, by `person wave`. The way of an answer is that of its first row: a correction by staff says anew
 * what the person said. Staff are numbered in the order of their first entry.
 */
export function entriesOf(answers: readonly AnswerRecord[], upToSeq: number): ReadonlyMap<string, FormEntry> {
  const numbers = new Map<string, number>();
  const forms = new Map<string, Gathered>();
  const inOrder = answers.filter(({ seq }) => seq <= upToSeq).sort((a, b) => a.seq - b.seq);
  for (const { person, wave, mode, enteredBy, replaces } of inOrder) {
    const key = `${person} ${wave}`;
    const form = forms.get(key) ?? { modes: new Set(), by: new Set(), corrections: 0 };
    forms.set(key, form);
    if (enteredBy !== undefined) form.by.add(numberOf(numbers, enteredBy));
    if (replaces === undefined) form.modes.add(mode ?? "web");
    else if (enteredBy !== undefined) form.corrections += 1;
  }
  return new Map([...forms].map(([key, form]) => [key, formEntry(form)]));
}

function numberOf(numbers: Map<string, number>, staff: string): number {
  const number = numbers.get(staff) ?? numbers.size + 1;
  numbers.set(staff, number);
  return number;
}

function formEntry({ modes, by, corrections }: Gathered): FormEntry {
  const [only = "web", ...more] = modes;
  return {
    mode: more.length === 0 ? only : "mixed",
    by: by.size === 0 ? undefined : [...by].sort((a, b) => a - b).join(" "),
    corrections,
  };
}
