import type { ExportInput } from "./types.ts";

/** Times of forms, by `person wave`. */
export interface Moments {
  readonly started: ReadonlyMap<string, number>;
  readonly last: ReadonlyMap<string, number>;
  readonly received: ReadonlyMap<string, number>;
  readonly finished: ReadonlyMap<string, number>;
  readonly firstSent: ReadonlyMap<string, number>;
  readonly sentCount: ReadonlyMap<string, number>;
}

/** When each form was begun, answered, received and said to be done, and what was sent about it. */
export function moments({ answers, dataset, finished, received, messages }: ExportInput): Moments {
  const [started, last] = [new Map<string, number>(), new Map<string, number>()];
  for (const { person, wave, seq, answeredAt } of answers) {
    if (seq > dataset.upToSeq) continue;
    keepInto(started, `${person} ${wave}`, answeredAt, Math.min);
    keepInto(last, `${person} ${wave}`, answeredAt, Math.max);
  }
  const [firstSent, sentCount] = [new Map<string, number>(), new Map<string, number>()];
  for (const { person, wave, state, sentAt } of messages) {
    if (wave === undefined || state !== "sent" || sentAt === undefined) continue;
    keepInto(firstSent, `${person} ${wave}`, sentAt, Math.min);
    sentCount.set(`${person} ${wave}`, (sentCount.get(`${person} ${wave}`) ?? 0) + 1);
  }
  const byForm = (
    forms: readonly { readonly person: string; readonly wave: string; readonly at: number }[],
  ) => new Map(forms.map(({ person, wave, at }) => [`${person} ${wave}`, at]));
  return { started, last, received: byForm(received), finished: byForm(finished), firstSent, sentCount };
}

function keepInto(
  times: Map<string, number>,
  key: string,
  at: number,
  which: (a: number, b: number) => number,
): void {
  times.set(key, which(times.get(key) ?? at, at));
}
