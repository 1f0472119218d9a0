import type { ParticipantWave } from "@longwave/api";
import type { JSX } from "preact";
import { dateInWords } from "../dates.ts";
import type { Language, TroubleKind, Words } from "../text/index.ts";
import { Heading } from "../ui/Heading.tsx";
import { LetterCode } from "../ui/LetterCode.tsx";
import { OwnEntry } from "../ui/OwnEntry.tsx";

/** The page while the first answer of the server is awaited: its shape, still. */
export function Opening({ words }: { readonly words: Words }): JSX.Element {
  return (
    <div aria-busy="true" class="opening">
      <p role="status" class="sr">
        {words.opening}
      </p>
      <div class="loading short" />
      <div class="loading" />
      <div class="loading" />
    </div>
  );
}

/** A trouble beside what stands on the screen. */
export function TroubleNote(props: {
  readonly words: Words;
  readonly trouble: TroubleKind | undefined;
}): JSX.Element {
  const { words, trouble } = props;
  return (
    <div role="alert">
      {trouble === undefined ? null : (
        <div class="trouble">
          <p>
            <b>{words.trouble[trouble].title}.</b> {words.trouble[trouble].text}
          </p>
        </div>
      )}
    </div>
  );
}

interface TroublePageProps {
  readonly words: Words;
  readonly kind: TroubleKind;
  readonly busy: boolean;
  /** There is a study that anyone may try. */
  readonly canTry: boolean;
  readonly onRetry: () => void;
  /** Where the code of a letter may be typed. */
  readonly onCode?: (code: string) => void;
  /** Where the person has a record to see. */
  readonly onOwn?: () => void;
}

const canRetry: readonly TroubleKind[] = ["offline", "server", "refused"];
const takesCode: readonly TroubleKind[] = ["no_link", "wrong_link", "wrong_code"];

/** A trouble that fills the screen: what happened, that nothing is lost, what to do. */
export function TroublePage(props: TroublePageProps): JSX.Element {
  const { words, kind, busy, canTry, onRetry, onCode, onOwn } = props;
  return (
    <>
      <Heading>{words.trouble[kind].title}</Heading>
      <p class="lede">{words.trouble[kind].text}</p>
      {canRetry.includes(kind) ? (
        <div class="go">
          <button type="button" class="btn" onClick={onRetry} aria-disabled={busy}>
            {words.tryAgain}
          </button>
        </div>
      ) : null}
      {takesCode.includes(kind) && onCode !== undefined ? (
        <LetterCode words={words} busy={busy} onCode={onCode} />
      ) : null}
      {kind === "locked" && onOwn !== undefined ? <OwnEntry words={words} onOwn={onOwn} /> : null}
      {kind === "no_link" && canTry ? <TryOffer words={words} /> : null}
    </>
  );
}

function TryOffer({ words }: { readonly words: Words }): JSX.Element {
  return (
    <div class="after">
      <p>{words.tryOut.offer}</p>
      <div class="go">
        <a class="btn second" href="#try">
          {words.tryOut.offerGo}
        </a>
      </div>
    </div>
  );
}

/** After "No, thank you". */
export function Declined({
  words,
  onBack,
}: {
  readonly words: Words;
  readonly onBack: () => void;
}): JSX.Element {
  return (
    <>
      <Heading>{words.consent.declinedTitle}</Heading>
      <p class="lede">{words.consent.declinedText}</p>
      <div class="go">
        <button type="button" class="btn second" onClick={onBack}>
          {words.consent.declinedBack}
        </button>
      </div>
    </>
  );
}

interface FinishingProps {
  readonly words: Words;
  readonly trouble: TroubleKind | undefined;
  readonly onRetry: () => void;
  readonly onBack: () => void;
}

/** Between the last question and the thank-you page. */
export function Finishing({ words, trouble, onRetry, onBack }: FinishingProps): JSX.Element {
  return (
    <>
      <Heading>{words.finishing.title}</Heading>
      <p class="lede" role="status">
        {trouble === undefined ? words.finishing.text : words.finishing.failed}
      </p>
      <TroubleNote words={words} trouble={trouble} />
      {trouble === undefined ? null : (
        <div class="go">
          <button type="button" class="btn" onClick={onRetry}>
            {words.tryAgain}
          </button>
          <button type="button" class="btn quiet" onClick={onBack}>
            {words.back}
          </button>
        </div>
      )}
    </>
  );
}

interface BetweenProps {
  readonly words: Words;
  readonly language: Language;
  readonly timeZone: string;
  /** The wave that was last to answer, when it closed unfinished. */
  readonly closed: ParticipantWave | undefined;
  readonly onOwn: () => void;
  readonly sessions: JSX.Element;
}

/** That the questions somebody may have come for have closed. */
function Closed({ words, language, timeZone, closed }: Omit<BetweenProps, "onOwn" | "sessions">) {
  return closed === undefined ? null : (
    <p class="lede">{words.closed.text(dateInWords(closed.closesAt - 1, language, timeZone))}</p>
  );
}

/** Nothing is open yet. */
export function Waiting(props: BetweenProps & { readonly next: ParticipantWave }): JSX.Element {
  const { words, language, next, closed, timeZone, onOwn, sessions } = props;
  return (
    <>
      <Heading>{closed ? words.closed.title : words.waiting.title}</Heading>
      <Closed words={words} language={language} timeZone={timeZone} closed={closed} />
      <p class="lede">{words.waiting.opens(dateInWords(next.opensAt, language, timeZone))}</p>
      <p class="soft">{words.waiting.text}</p>
      <OwnEntry words={words} onOwn={onOwn} />
      {sessions}
    </>
  );
}

/** Nothing will open any more. */
export function Ended(props: BetweenProps): JSX.Element {
  const { words, language, closed, timeZone, onOwn, sessions } = props;
  return (
    <>
      <Heading>{closed ? words.closed.title : words.ended.title}</Heading>
      <Closed words={words} language={language} timeZone={timeZone} closed={closed} />
      <p class="lede">{words.ended.text}</p>
      <OwnEntry words={words} onOwn={onOwn} />
      {sessions}
    </>
  );
}

/** After signing out: nothing is kept here. */
export function Left({ words, reached }: { readonly words: Words; readonly reached: boolean }): JSX.Element {
  return (
    <>
      <Heading>{words.device.leftTitle}</Heading>
      <p class="lede">{reached ? words.device.leftText : words.device.leftOffline}</p>
    </>
  );
}
