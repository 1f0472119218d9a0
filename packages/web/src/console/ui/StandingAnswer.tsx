import type { EnteredAnswer, EntrySheet } from "@longwave/api";
import type { FormItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { readTyped, wordsOf } from "../data/typed.ts";
import { useAction } from "../data/use-resource.ts";
import { shortDate } from "../text/en.ts";
import { entryPage as words } from "../text/entry.ts";
import { NotDone } from "./States.tsx";
import { TypedField } from "./TypedField.tsx";

interface StandingAnswerProps {
  readonly place: { readonly study: string; readonly person: string; readonly wave: string };
  readonly item: FormItem;
  /** Every row of this question; the last one stands. */
  readonly rows: readonly EnteredAnswer[];
  readonly canCorrect: boolean;
  readonly onSheet: (sheet: EntrySheet) => void;
}

/** An answer that stands, how it came, what it was before, and the way to correct it. */
export function StandingAnswer(props: StandingAnswerProps): JSX.Element | null {
  const { item, rows, canCorrect } = props;
  const [correcting, setCorrecting] = useState(false);
  const stands = rows.at(-1);
  if (stands === undefined) return null;
  if (correcting) return <Correction {...props} stands={stands} onClose={() => setCorrecting(false)} />;
  return (
    <>
      <p class="question">{item.text}</p>
      <div class="codes-line small soft">
        <p>{history(stands)}</p>
        {rows.length > 1 ? (
          <p>
            {words.was}{" "}
            {rows
              .slice(0, -1)
              .map(({ payload }) => wordsOf(item, payload, { blank: words.blank }))
              .join("; ")}
          </p>
        ) : null}
      </div>
      <div class="standing">
        <b>{wordsOf(item, stands.payload, { blank: words.blank })}</b>{" "}
        {stands.late ? <span class="tag notice">{words.isLate}</span> : null}
        {canCorrect ? (
          <button
            type="button"
            class="btn quiet"
            aria-label={words.correctOf(item.text)}
            onClick={() => setCorrecting(true)}
          >
            {words.correct}
          </button>
        ) : null}
      </div>
    </>
  );
}

function history(answer: EnteredAnswer): string {
  const parts = [words.answered(answer, shortDate(answer.answeredAt))];
  const { enteredBy, reason, receivedAt } = answer;
  if (enteredBy !== null && reason === null) parts.push(words.entered(enteredBy));
  if (enteredBy !== null && reason !== null)
    parts.push(words.corrected(enteredBy, shortDate(receivedAt), reason));
  return parts.join(" · ");
}

interface CorrectionProps extends StandingAnswerProps {
  readonly stands: EnteredAnswer;
  readonly onClose: () => void;
}

function Correction({ place, item, stands, onSheet, onClose }: CorrectionProps): JSX.Element {
  const [text, setText] = useState("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const [id] = useState(() => crypto.randomUUID());
  const typed = readTyped(item, text);
  const action = useAction(
    (payload: unknown) =>
      api.correctAnswer({ path: place, body: { id, replaces: stands.id, payload, reason: reason.trim() } }),
    (sheet: EntrySheet) => {
      onClose();
      onSheet(sheet);
    },
  );
  const short = tried && reason.trim().length < 3;
  const save = (): void => {
    setTried(true);
    if (typed.kind === "answer" && reason.trim().length >= 3) action.run(typed.payload);
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    event.stopPropagation();
    save();
  };
  const field = `correct-${item.id}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands inside a form, where no other form may stand
    <div class="correction stack" role="group" aria-label={words.correctOf(item.text)} onKeyDown={keys}>
      <p class="question">{item.text}</p>
      <TypedField id={field} label={words.newAnswer} item={item} text={text} typed={typed} onType={setText} />
      <div class={short ? "field wrong" : "field"}>
        <label for={`${field}-why`}>
          {words.reason} <span class="hint">{words.reasonHint}</span>
        </label>
        <input
          id={`${field}-why`}
          value={reason}
          maxLength={500}
          aria-invalid={short}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <p role="alert" class="error">
          {short ? words.reasonNeeded : ""}
        </p>
      </div>
      <p class="acts">
        <button type="button" class="btn" aria-disabled={action.busy} onClick={save}>
          {action.busy ? words.busy : words.saveCorrection}
        </button>
        <button type="button" class="btn quiet" onClick={onClose}>
          {words.dismiss}
        </button>
      </p>
      <NotDone failure={action.failure} />
    </div>
  );
}
