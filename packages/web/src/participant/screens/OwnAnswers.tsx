import type { OwnRecord, ParticipantState } from "@longwave/api";
import type { JSX } from "preact";
import type { Actions } from "../data/use-participant.ts";
import { dateInWords } from "../dates.ts";
import type { Model } from "../state/model.ts";
import type { OwnPage } from "../state/own-page.ts";
import type { Words } from "../text/index.ts";
import { Heading } from "../ui/Heading.tsx";
import { OwnMeasureView } from "../ui/OwnMeasure.tsx";
import { OwnSessionsView } from "../ui/OwnSessions.tsx";
import { Opening, TroublePage } from "./Notes.tsx";
import { OwnCode } from "./OwnCode.tsx";

interface OwnProps {
  readonly words: Words;
  readonly model: Model;
  readonly state: ParticipantState;
  readonly own: OwnPage;
  readonly actions: Actions;
  readonly timeZone: string;
}

/** One's own answers over time: words first, then a quiet chart; and before that, a code. */
export function OwnAnswers(props: OwnProps): JSX.Element {
  const { words, model, state, own, actions } = props;
  const back = (
    <div class="go no-print">
      <button type="button" class="btn quiet" onClick={() => actions.tell({ kind: "aside", aside: "none" })}>
        {state.current === undefined ? words.own.back : words.own.toQuestions}
      </button>
    </div>
  );
  switch (own.kind) {
    case "loading":
      return <Opening words={{ ...words, opening: words.own.loading }} />;
    case "trouble":
      return (
        <>
          <TroublePage
            words={words}
            kind={own.trouble}
            busy={model.busy}
            canTry={false}
            onRetry={actions.own.open}
          />
          {back}
        </>
      );
    case "code":
      return (
        <>
          <OwnCode words={words} busy={model.busy} study={state.study} own={own} actions={actions.own} />
          {back}
        </>
      );
    case "shown":
      return (
        <>
          <Shown {...props} own={own} />
          {back}
        </>
      );
  }
}

interface ShownProps extends OwnProps {
  readonly own: Extract<OwnPage, { kind: "shown" }>;
}

function Shown(props: ShownProps): JSX.Element {
  const { words, state, own } = props;
  const { feedback } = own.record;
  const title = { off: words.own.offTitle, locked: words.own.lockedTitle, record: words.own.title }[
    feedback.kind
  ];
  return (
    <>
      <p class="eyebrow over">
        {state.study.simulated ? <span class="tag notice">{words.simulated}</span> : null}
        {state.study.tryIt ? <span class="tag notice">{words.own.demonstration}</span> : null}
        <span>{state.study.title}</span>
      </p>
      <Heading>{title}</Heading>
      {feedback.kind === "off" ? <p class="lede">{words.own.offText}</p> : null}
      {feedback.kind === "locked" ? <Sentences texts={feedback.sentences} /> : null}
      {feedback.kind === "record" ? <Record {...props} feedback={feedback} /> : null}
      <NextTime {...props} />
      <Copy {...props} />
      {feedback.kind === "off" ? null : <Rules words={words} rules={feedback.rules} />}
    </>
  );
}

type Feedback = Extract<OwnRecord["feedback"], { kind: "record" }>;

function Sentences({ texts }: { readonly texts: readonly string[] }): JSX.Element {
  return (
    <>
      {texts.map((text, index) => (
        <p key={text} class={index === 0 ? "lede" : "sentence"}>
          {text}
        </p>
      ))}
    </>
  );
}

function Record(props: ShownProps & { readonly feedback: Feedback }): JSX.Element {
  const { words, feedback, own, actions, model } = props;
  return (
    <>
      <Sentences texts={feedback.sentences} />
      {feedback.measures.map((measure) => (
        <OwnMeasureView key={measure.item} words={words} measure={measure} />
      ))}
      {feedback.cautions.length === 0 ? null : (
        <div class="caution">
          {feedback.cautions.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
      <OwnSessionsView
        words={words}
        sessions={feedback.sessions}
        shows={own.record.showsSessions}
        busy={model.busy}
        onChoose={actions.own.chooseSessions}
      />
      <section class="own-part" aria-labelledby="own-study">
        <h2 id="own-study">{words.own.studyTitle}</h2>
        {feedback.study.sentences.map((text) => (
          <p key={text}>{text}</p>
        ))}
        {feedback.study.address === undefined ? null : (
          <div class="go">
            <a class="btn second" href={feedback.study.address}>
              {words.own.studyLink}
            </a>
          </div>
        )}
      </section>
      <div class="help" role="note">
        <p>
          <b>{words.own.helpTitle}</b>
        </p>
        {feedback.help.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </div>
    </>
  );
}

function NextTime({ words, model, state, timeZone }: ShownProps): JSX.Element | null {
  if (state.current !== undefined) return null;
  const next = state.study.locked ? undefined : state.waves.find((wave) => wave.state === "not_yet");
  return (
    <section class="own-part" aria-labelledby="own-next">
      <h2 id="own-next">{words.own.nextTitle}</h2>
      <p>
        {next === undefined
          ? words.own.noNext
          : words.thanks.nextOpens(dateInWords(next.opensAt, model.language, timeZone))}
      </p>
    </section>
  );
}

function Copy({ words, model, state, own, actions }: ShownProps): JSX.Element {
  const { contact } = state.study;
  return (
    <section class="own-part no-print" aria-labelledby="own-copy">
      <h2 id="own-copy">{words.own.copyTitle}</h2>
      <p>{words.own.copyText}</p>
      <p role="status" class="soft">
        {own.copyFailed === true ? words.own.copyFailed : model.busy ? words.own.copying : ""}
      </p>
      <div class="go">
        <button
          type="button"
          class="btn second"
          onClick={() => actions.own.copy("read", own)}
          aria-disabled={model.busy}
        >
          {words.own.copyRead}
        </button>
        <button
          type="button"
          class="btn second"
          onClick={() => actions.own.copy("computer", own)}
          aria-disabled={model.busy}
        >
          {words.own.copyComputer}
        </button>
        {own.record.feedback.kind === "record" ? (
          <button type="button" class="btn second" onClick={actions.own.print}>
            {words.own.print}
          </button>
        ) : null}
      </div>
      <h2 id="own-correct">{words.own.correctTitle}</h2>
      <p>
        {words.own.correct} <a href={`mailto:${contact.email}`}>{contact.email}</a>
      </p>
    </section>
  );
}

function Rules({ words, rules }: { readonly words: Words; readonly rules: Feedback["rules"] }): JSX.Element {
  const { reviewedBy, reviewedOn } = rules;
  return (
    <p class="soft small after">
      {words.own.rules(rules.version, rules.hash.slice(0, 12))}{" "}
      {reviewedBy === undefined || reviewedOn === undefined
        ? rules.notice
        : words.own.reviewed(reviewedBy, reviewedOn)}
    </p>
  );
}
