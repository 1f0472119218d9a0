import type { DoubleEntry, EnteredAnswer, EntryDifference, EntrySheet } from "@longwave/api";
import type { AnswerPayload, FormItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { wordsOf } from "../data/typed.ts";
import { useAction } from "../data/use-resource.ts";
import { entryPage as words } from "../text/entry.ts";
import { NotDone } from "./States.tsx";

interface DifferencesProps {
  readonly place: { readonly study: string; readonly person: string; readonly wave: string };
  readonly double: DoubleEntry;
  readonly items: readonly FormItem[];
  readonly answers: readonly EnteredAnswer[];
  readonly canSettle: boolean;
  readonly onSheet: (sheet: EntrySheet) => void;
}

/** The questions that two people typed differently, each with the way to say which is right. */
export function Differences({
  place,
  double,
  items,
  answers,
  canSettle,
  onSheet,
}: DifferencesProps): JSX.Element | null {
  const { differences } = double;
  if (differences.length === 0) return null;
  const open = differences.filter(({ settled }) => settled === null).length;
  return (
    <section class="card" aria-labelledby="differences">
      <header>
        <h2 id="differences">{words.differencesTitle(open === 0 ? differences.length : open)}</h2>
        {open === 0 ? null : <p>{words.differences}</p>}
      </header>
      <ul class="rows">
        {differences.map((difference) => (
          <li key={difference.item}>
            <Difference
              place={place}
              double={double}
              difference={difference}
              item={items.find(({ id }) => id === difference.item)}
              answers={answers}
              canSettle={canSettle}
              onSheet={onSheet}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DifferenceProps extends Omit<DifferencesProps, "items"> {
  readonly difference: EntryDifference;
  readonly item: FormItem | undefined;
}

function Difference(props: DifferenceProps): JSX.Element {
  const { place, double, difference, item, answers, canSettle, onSheet } = props;
  const question = item?.text ?? difference.item;
  const inWords = (payload: AnswerPayload | null): string =>
    item === undefined || payload === null ? words.untyped : wordsOf(item, payload, { blank: words.blank });
  const { settled } = difference;
  const now = difference.corrected ? answers.find(({ id }) => id === difference.stands) : undefined;
  return (
    <>
      <p>
        <b>{question}</b>
      </p>
      <dl class="facts">
        <dt>{words.first(double.firstBy)}</dt>
        <dd>{inWords(difference.first)}</dd>
        <dt>{words.secondBy(double.secondBy ?? "")}</dt>
        <dd>{inWords(difference.second)}</dd>
        {now === undefined || settled !== null ? null : (
          <>
            <dt>{words.standsNow(now.enteredBy)}</dt>
            <dd>
              {inWords(now.payload)}
              {now.reason === null ? "" : `: ${now.reason}`}
            </dd>
          </>
        )}
      </dl>
      {now === undefined || settled !== null ? null : <p class="notice-line">{words.meanwhile}</p>}
      {settled === null ? null : (
        <p class="small soft">
          {[words.settled(settled.took, settled.by), settled.reason].filter((part) => part).join(": ")}
        </p>
      )}
      {settled === null && canSettle ? (
        <Settle place={place} difference={difference} question={question} onSheet={onSheet} />
      ) : null}
    </>
  );
}

interface SettleProps extends Pick<DifferencesProps, "place" | "onSheet"> {
  readonly difference: EntryDifference;
  readonly question: string;
}

function Settle({ place, difference, question, onSheet }: SettleProps): JSX.Element {
  const { item, stands, corrected } = difference;
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const action = useAction(
    (take: "first" | "second") =>
      api.settleDifference({ path: { ...place, item }, body: { take, reason: reason.trim(), stands } }),
    onSheet,
  );
  const short = tried && reason.trim().length < 3;
  const takeSecond = (): void => {
    setTried(true);
    if (reason.trim().length >= 3) action.run("second");
  };
  const field = `why-${item}`;
  return (
    <div class={short ? "field wrong" : "field"}>
      <label for={field}>
        {words.why} <span class="hint">{words.whyHint}</span>
      </label>
      <input
        id={field}
        value={reason}
        maxLength={500}
        aria-invalid={short}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <p role="alert" class="error">
        {short ? words.reasonNeeded : ""}
      </p>
      <p class="acts">
        <button
          type="button"
          class="btn second"
          aria-label={words.takeFor(corrected ? "standing" : "first", question)}
          onClick={() => action.run("first")}
        >
          {words.take[corrected ? "standing" : "first"]}
        </button>
        <button
          type="button"
          class="btn second"
          aria-label={words.takeFor("second", question)}
          onClick={takeSecond}
        >
          {words.take.second}
        </button>
      </p>
      <NotDone failure={action.failure} />
    </div>
  );
}
