import type { EntrySheet } from "@longwave/api";
import type { AnswerPayload, Answers, FormItem } from "@longwave/study/answering";
import { askedItems } from "@longwave/study/answering";
import { useEffect, useState } from "preact/hooks";
import { readTyped, type Typed } from "./typed.ts";

/** One question of the form as it stands while somebody types. */
export interface DraftRow {
  readonly item: FormItem;
  /** The answer that stands on the server already; it is corrected, not typed. */
  readonly stands: boolean;
  readonly text: string;
  readonly typed: Typed;
}

/** A form being typed. */
export interface Draft {
  /** The questions put to the person, given what stands and what was typed. */
  readonly rows: readonly DraftRow[];
  readonly type: (item: string, text: string) => void;
  /** Marks all that is still empty as left blank. */
  readonly markBlank: () => void;
  readonly clear: () => void;
}

/** Follows what is typed; leaving the page with something typed asks first. */
export function useDraft({ form, answers }: EntrySheet): Draft {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const standing = Object.fromEntries(answers.map(({ item, payload }) => [item, payload]));
  const rows = rowsOf(form.items, askedItems(form, together(form.items, standing, texts)), standing, texts);
  const dirty = rows.some(({ stands, text }) => !stands && text.trim() !== "");
  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [dirty]);
  return {
    rows,
    type: (item, text) => setTexts((before) => ({ ...before, [item]: text })),
    markBlank: () =>
      setTexts((before) => ({
        ...before,
        ...Object.fromEntries(rows.filter(isEmpty).map(({ item }) => [item.id, "-"])),
      })),
    clear: () => setTexts({}),
  };
}

/** Whether a question waits for an answer. */
export function isEmpty({ stands, typed }: DraftRow): boolean {
  return !stands && typed.kind === "empty";
}

/** The answers that were typed and can be sent. */
export function typedAnswers(
  draft: Draft,
): readonly { readonly item: string; readonly payload: AnswerPayload }[] {
  return draft.rows.flatMap(({ item, stands, typed }) =>
    !stands && typed.kind === "answer" ? [{ item: item.id, payload: typed.payload }] : [],
  );
}

/** What stands and what was typed, as the conditions of later questions see it. */
function together(
  items: readonly FormItem[],
  standing: Answers,
  texts: Readonly<Record<string, string>>,
): Answers {
  const typed = items.flatMap((item) => {
    const read = readTyped(item, texts[item.id] ?? "");
    return read.kind === "answer" ? [[item.id, read.payload] as const] : [];
  });
  return { ...Object.fromEntries(typed), ...standing };
}

/** An answer that stands is shown although its question no longer applies: it can still be corrected. */
function rowsOf(
  items: readonly FormItem[],
  asked: readonly FormItem[],
  standing: Answers,
  texts: Readonly<Record<string, string>>,
): readonly DraftRow[] {
  return items
    .filter((item) => asked.includes(item) || Object.hasOwn(standing, item.id))
    .map((item) => ({
      item,
      stands: Object.hasOwn(standing, item.id),
      text: texts[item.id] ?? "",
      typed: readTyped(item, texts[item.id] ?? ""),
    }));
}
