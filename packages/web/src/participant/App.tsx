import type { ParticipantState } from "@longwave/api";
import type { JSX } from "preact";
import { useAnnouncedScreen } from "./data/use-announced-screen.ts";
import type { Actions } from "./data/use-participant.ts";
import { useParticipant } from "./data/use-participant.ts";
import type { World } from "./data/world.ts";
import { Consent } from "./screens/Consent.tsx";
import { Contact } from "./screens/Contact.tsx";
import { Help } from "./screens/Help.tsx";
import { Landing } from "./screens/Landing.tsx";
import { Leave } from "./screens/Leave.tsx";
import { Declined, Ended, Finishing, Left, Opening, TroublePage, Waiting } from "./screens/Notes.tsx";
import { OwnAnswers } from "./screens/OwnAnswers.tsx";
import { Paused } from "./screens/Paused.tsx";
import { Question } from "./screens/Question.tsx";
import { Session } from "./screens/Session.tsx";
import { Thanks } from "./screens/Thanks.tsx";
import { Write } from "./screens/Write.tsx";
import type { Model } from "./state/model.ts";
import type { LaidOver, Screen } from "./state/screen.ts";
import { isLaid, screenKey, screenOf } from "./state/screen.ts";
import { screenTitle } from "./state/screen-title.ts";
import { sessionItem } from "./state/session.ts";
import type { Words } from "./text/index.ts";
import { wordsIn } from "./text/index.ts";
import { Frame } from "./ui/Frame.tsx";
import { ReachBox } from "./ui/ReachBox.tsx";
import { SessionBox } from "./ui/SessionBox.tsx";

/** The participant app: one screen at a time, and Help laid over it without losing what stands there. */
export function App({ world }: { readonly world: World }): JSX.Element {
  const { model, actions } = useParticipant(world);
  const words = wordsIn(model.language);
  const laid = isLaid(model.aside) ? model.aside : undefined;
  const screen = screenOf(laid ? { ...model, aside: "none" } : model);
  useAnnouncedScreen(
    laid ?? screenKey(screen),
    laid === undefined ? screenTitle(screen, words) : `${titleOf(laid, words)} – ${words.brand}`,
    model.language,
  );
  return (
    <>
      <Frame
        words={words}
        wide={isScale(screen)}
        hidden={laid !== undefined}
        onHelp={() => actions.tell({ kind: "aside", aside: "help" })}
        onLeave={
          model.state === undefined ? undefined : () => actions.tell({ kind: "aside", aside: "leave" })
        }
        onWrite={
          model.state === undefined ? undefined : () => actions.tell({ kind: "aside", aside: "write" })
        }
        notices={laid === undefined ? noticesOf(model, words) : []}
      >
        {isPaused(model) ? (
          <p class="small soft" role="status">
            {words.studyPaused}
          </p>
        ) : null}
        <ScreenView screen={screen} model={model} actions={actions} world={world} />
      </Frame>
      <Laid laid={laid} words={words} model={model} actions={actions} world={world} />
    </>
  );
}

/** Whether somebody who has joined is to know that the study is paused. */
function isPaused({ state }: Model): boolean {
  return state?.study.paused === true && state.consent.given !== undefined;
}

/** The 0 to 10 scale stands in one row where there is room. */
function isScale(screen: Screen): boolean {
  if (screen.kind === "session") return sessionItem(screen.page)?.kind === "scale";
  return screen.kind === "question" && screen.item.kind === "scale";
}

function titleOf(laid: LaidOver, words: Words): string {
  return laid === "help" ? words.helpPage.title : words[laid].title;
}

/** The privacy notice and the terms of the study, where its text has them. */
function noticesOf(
  model: Model,
  words: Words,
): readonly { readonly words: string; readonly address: string }[] {
  const { privacy, terms } = model.state?.study.notices ?? {};
  return [
    ...(privacy === undefined ? [] : [{ words: words.privacyNotice, address: privacy }]),
    ...(terms === undefined ? [] : [{ words: words.terms, address: terms }]),
  ];
}

interface LaidProps extends Omit<ViewProps, "screen"> {
  readonly laid: LaidOver | undefined;
  readonly words: Words;
}

/** Help, a letter to the team, or the way out, laid over the screen. */
function Laid({ laid, words, model, actions, world }: LaidProps): JSX.Element | null {
  const close = (): void => actions.tell({ kind: "aside", aside: "none" });
  if (laid === undefined) return null;
  return (
    <Frame words={words} hidden={false} id={laid}>
      {laid === "contact" && model.state !== undefined ? (
        <Contact words={words} study={model.state.study} actions={actions.contact} onClose={close} />
      ) : laid === "write" && model.state !== undefined ? (
        <Write words={words} study={model.state.study} world={world} onClose={close} />
      ) : laid === "help" || model.state === undefined ? (
        <Help
          words={words}
          contact={model.state?.study.contact}
          onClose={close}
          unsent={model.state === undefined ? undefined : model.outbox.unsent.length}
          onLeave={actions.leavePhone}
          onWrite={
            model.state === undefined ? undefined : () => actions.tell({ kind: "aside", aside: "write" })
          }
        />
      ) : (
        <Leave
          words={words}
          language={model.language}
          study={model.state.study}
          timeZone={world.timeZone}
          actions={actions.leaving}
          onClose={close}
        />
      )}
    </Frame>
  );
}

interface ViewProps {
  readonly screen: Screen;
  readonly model: Model;
  readonly actions: Actions;
  readonly world: World;
}

function ScreenView({ screen, model, actions, world }: ViewProps): JSX.Element {
  const words = wordsIn(model.language);
  const { tell } = actions;
  switch (screen.kind) {
    case "landing":
      return (
        <Landing
          words={words}
          model={model}
          onGo={actions.openLink}
          onOwn={actions.own.enter}
          onLanguage={actions.language}
          onNotMine={(notMine) => tell({ kind: "notMine", notMine })}
        />
      );
    case "left":
      return <Left words={words} reached={screen.reached} />;
    case "opening":
      return <Opening words={words} />;
    case "help":
      return <Opening words={words} />;
    case "trouble":
      return (
        <TroublePage
          words={words}
          kind={screen.trouble}
          busy={model.busy}
          canTry={model.invitation !== undefined}
          onRetry={actions.openLink}
          onCode={actions.openByLetter}
          {...(model.state?.consent.given === undefined ? {} : { onOwn: actions.own.open })}
        />
      );
    case "declined":
      return <Declined words={words} onBack={() => tell({ kind: "aside", aside: "none" })} />;
    case "consent":
      return (
        <Consent
          words={words}
          model={model}
          state={screen.state}
          onAgree={(ticks) => actions.consent(screen.state.consent.form, ticks)}
          onLanguage={actions.language}
          onDecline={() => decline(screen.state.consent, actions)}
        />
      );
    case "question":
      return (
        <Question
          key={screen.item.id}
          words={words}
          model={model}
          screen={screen}
          tell={tell}
          world={world}
        />
      );
    default:
      return <AfterQuestions screen={screen} model={model} actions={actions} world={world} />;
  }
}

/** No, thank you; or, to a consent asked anew, the old one stands, or the ways to leave are shown. */
function decline({ form, again }: ParticipantState["consent"], { tell, declineConsent }: Actions): void {
  if (again === undefined) tell({ kind: "aside", aside: "declined" });
  else if (again.whenDeclined === "stay") declineConsent(form);
  else tell({ kind: "aside", aside: "leave" });
}

interface AfterProps extends ViewProps {
  readonly screen: Extract<
    Screen,
    { kind: "finishing" | "paused" | "session" | "thanks" | "waiting" | "ended" | "own" }
  >;
}

function AfterQuestions({ screen, model, actions, world }: AfterProps): JSX.Element {
  const words = wordsIn(model.language);
  const { tell } = actions;
  const study = model.state?.study;
  // Nobody has an address in a demonstration.
  const isReal = study !== undefined && !study.tryIt && !study.simulated;
  const sessions = (
    <>
      <SessionBox words={words} model={model} world={world} actions={actions} />
      {isReal ? <ReachBox words={words} onOpen={() => tell({ kind: "aside", aside: "contact" })} /> : null}
    </>
  );
  switch (screen.kind) {
    case "session":
      return <Session words={words} model={model} page={screen.page} tell={tell} world={world} />;
    case "finishing":
      return (
        <Finishing
          words={words}
          trouble={model.trouble}
          onRetry={() => tell({ kind: "readyAgain" })}
          onBack={() => tell({ kind: "back" })}
        />
      );
    case "paused":
      return <Paused words={words} model={model} screen={screen} actions={actions} world={world} />;
    case "thanks":
      return (
        <Thanks
          words={words}
          model={model}
          state={screen.state}
          timeZone={world.timeZone}
          onOwn={actions.own.open}
          sessions={sessions}
        />
      );
    case "own":
      return (
        <OwnAnswers
          words={words}
          model={model}
          state={screen.state}
          own={screen.own}
          actions={actions}
          timeZone={world.timeZone}
        />
      );
    case "waiting":
    case "ended": {
      const between = {
        ...{ words, language: model.language, timeZone: world.timeZone },
        ...{ closed: screen.closed, onOwn: actions.own.open, sessions },
      };
      return screen.kind === "ended" ? <Ended {...between} /> : <Waiting {...between} next={screen.next} />;
    }
  }
}
