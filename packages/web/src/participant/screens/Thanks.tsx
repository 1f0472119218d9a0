import type { ParticipantState } from "@longwave/api";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { calendarDay, dateInWords } from "../dates.ts";
import { calendarFile } from "../ics.ts";
import type { JustFinished, Model } from "../state/model.ts";
import { recapLines } from "../state/recap.ts";
import type { Words } from "../text/index.ts";
import { Heading } from "../ui/Heading.tsx";
import { OwnEntry } from "../ui/OwnEntry.tsx";
import { OwnLink } from "../ui/OwnLink.tsx";

interface ThanksProps {
  readonly sessions: JSX.Element;
  readonly words: Words;
  readonly model: Model;
  readonly state: ParticipantState;
  readonly timeZone: string;
  readonly onOwn: () => void;
}

/** After a wave: thank you, when the next one opens, help when an answer calls for it, and what was answered. */
export function Thanks({ words, model, state, timeZone, onOwn, sessions }: ThanksProps): JSX.Element {
  const { thanks } = words;
  const number = state.waves.find((wave) => wave.id === state.thanks?.wave)?.number;
  const helpText = model.finished?.helpText;
  return (
    <>
      <p class="eyebrow over">
        {state.study.simulated ? <span class="tag notice">{words.simulated}</span> : null}
        <span>{state.study.title}</span>
        {number === undefined ? null : <span>{thanks.place(number, state.waves.length)}</span>}
      </p>
      <Heading>{thanks.title}</Heading>
      <NextTime words={words} model={model} state={state} timeZone={timeZone} />
      <OwnEntry words={words} onOwn={onOwn} />
      {sessions}
      {helpText === undefined ? null : (
        <div class="help" role="note">
          <p>{helpText}</p>
        </div>
      )}
      {model.finished === undefined ? null : <Recap words={words} finished={model.finished} />}
    </>
  );
}

function NextTime({ words, model, state, timeZone }: Omit<ThanksProps, "onOwn" | "sessions">): JSX.Element {
  const { thanks } = words;
  const next = state.thanks?.next;
  const file = useFileAddress(
    next === undefined
      ? undefined
      : calendarFile({
          uid: `${state.study.id}-${next.wave}-${next.targetDate}@longwave`,
          day: calendarDay(next.opensAt, timeZone),
          title: thanks.calendarTitle(state.study.title),
          text: thanks.calendarText,
          madeAt: state.now,
        }),
  );
  if (next === undefined) return <p class="lede">{thanks.last}</p>;
  return (
    <>
      <p class="lede">{thanks.nextOpens(dateInWords(next.opensAt, model.language, timeZone))}</p>
      <p class="soft">{thanks.nothingUntil}</p>
      {model.ownLink === undefined ? null : <OwnLink words={words} link={model.ownLink} />}
      <div class="go">
        <a class="btn second" href={file} download={`longwave-${next.wave}.ics`}>
          {thanks.calendar}
        </a>
      </div>
      <p class="soft small saving">{thanks.calendarHint}</p>
    </>
  );
}

/** The address of a file made in the browser, given back to it when the page is left. */
function useFileAddress(text: string | undefined): string | undefined {
  const [address, setAddress] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (text === undefined) return;
    const made = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return address;
}

function Recap({ words, finished }: { readonly words: Words; readonly finished: JustFinished }): JSX.Element {
  const { thanks } = words;
  const lines = recapLines(finished, words);
  const skipped = lines.filter((line) => line.skipped).length;
  return (
    <section class="recap" aria-labelledby="recap">
      <h2 id="recap">{thanks.recapTitle}</h2>
      <p class="soft">
        {thanks.recap(lines.length - skipped, skipped)} {thanks.recapNote}
      </p>
      <details class="why">
        <summary>{thanks.recapShow}</summary>
        <dl class="facts">
          {lines.map((line) => (
            <div key={line.id}>
              <dt>{line.question}</dt>
              <dd>{line.answer}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
