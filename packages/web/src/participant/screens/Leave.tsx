import type { LeavingWay, ParticipantState } from "@longwave/api";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LeaveActions } from "../data/leave.ts";
import { dateInWords } from "../dates.ts";
import type { LeavePage } from "../state/leave-page.ts";
import { isOutNow } from "../state/leave-page.ts";
import type { Language, Words } from "../text/index.ts";
import { ErrorSign } from "../ui/ErrorSign.tsx";
import { Heading } from "../ui/Heading.tsx";
import { TroubleNote } from "./Notes.tsx";
import { OwnCode } from "./OwnCode.tsx";

interface LeaveProps {
  readonly words: Words;
  readonly language: Language;
  readonly study: ParticipantState["study"];
  readonly timeZone: string;
  readonly actions: LeaveActions;
  readonly onClose: () => void;
}

/** Stopping and leaving: three ways in plain words, a question whether to go on, and a receipt. */
export function Leave(props: LeaveProps): JSX.Element {
  const [page, setPage] = useState<LeavePage>({ kind: "choose" });
  const [busy, setBusy] = useState(false);
  useFocusOnNewPage(page.kind);
  const go = (next: Promise<LeavePage>): void => {
    if (busy) return;
    setBusy(true);
    void next.then((after) => {
      setPage(after);
      setBusy(false);
    });
  };
  const back = isOutNow(page) ? null : (
    <div class="go no-print">
      <button type="button" class="btn quiet" onClick={props.onClose}>
        {page.kind === "done" ? props.words.own.back : props.words.leave.back}
      </button>
    </div>
  );
  const shared = { ...props, busy, go, setPage };
  return (
    <>
      <Page {...shared} page={page} />
      {back}
    </>
  );
}

function useFocusOnNewPage(kind: LeavePage["kind"]): void {
  const before = useRef(kind);
  useEffect(() => {
    if (before.current === kind) return;
    before.current = kind;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>("#leave h1")?.focus({ preventScroll: true });
  }, [kind]);
}

interface PageProps extends LeaveProps {
  readonly busy: boolean;
  readonly go: (next: Promise<LeavePage>) => void;
  readonly setPage: (page: LeavePage) => void;
}

function Page({ page, ...props }: PageProps & { readonly page: LeavePage }): JSX.Element {
  switch (page.kind) {
    case "choose":
      return <Choose {...props} page={page} />;
    case "confirm":
      return <Confirm {...props} page={page} />;
    case "code":
      return <AskCode {...props} page={page} />;
    case "done":
      return <Done {...props} page={page} />;
  }
}

const ways: readonly LeavingWay[] = ["stop_contact", "stop_keep", "erase"];

function Choose(props: PageProps & { readonly page: Extract<LeavePage, { kind: "choose" }> }): JSX.Element {
  const { words, page, setPage } = props;
  const { leave } = words;
  const wrong = page.missing === true;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setPage(
          page.way === undefined ? { kind: "choose", missing: true } : { kind: "confirm", way: page.way },
        );
      }}
    >
      <Heading>{leave.title}</Heading>
      <p class="lede">{leave.lede}</p>
      <fieldset aria-describedby={wrong ? "leave-error" : undefined}>
        <legend class="after">{leave.legend}</legend>
        <div class="options">
          {ways.map((way) => (
            <label class="option way" key={way}>
              <input
                type="radio"
                name="way"
                value={way}
                checked={page.way === way}
                onChange={() => setPage({ kind: "choose", way })}
              />
              <span>
                <b>{leave.ways[way].name}</b>
                <span class="soft">{leave.ways[way].does}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <div role="alert">
        {wrong ? (
          <p class="error" id="leave-error">
            <ErrorSign />
            <span>{leave.chooseFirst}</span>
          </p>
        ) : null}
      </div>
      <div class="go">
        <button type="submit" class="btn">
          {leave.go}
        </button>
      </div>
    </form>
  );
}

function Confirm(props: PageProps & { readonly page: Extract<LeavePage, { kind: "confirm" }> }): JSX.Element {
  const { words, page, busy, go, setPage, actions } = props;
  const way = words.leave.ways[page.way];
  return (
    <>
      <Heading>{way.confirmTitle}</Heading>
      <p class="lede">{way.does}</p>
      <p class="sentence">{way.undo}</p>
      <TroubleNote words={words} trouble={page.trouble} />
      <div class="go">
        <button type="button" class="btn" aria-disabled={busy} onClick={() => go(actions.leave(page.way))}>
          {busy ? words.leave.working : way.confirm}
        </button>
        <button
          type="button"
          class="btn second"
          onClick={() => setPage({ kind: "choose", way: page.way })}
          aria-disabled={busy}
        >
          {words.leave.other}
        </button>
      </div>
    </>
  );
}

/** The code that erasing needs; who gets no e-mail leaves at once and leaves the erasing to the team. */
function AskCode(props: PageProps & { readonly page: Extract<LeavePage, { kind: "code" }> }): JSX.Element {
  const { words, page, busy, go, actions, study } = props;
  const { code, noCode, working } = words.leave;
  return (
    <>
      <OwnCode
        words={words}
        busy={busy}
        study={study}
        own={page.asked}
        lead={code}
        actions={{
          askForCode: (onPage) => go(actions.askForCode(onPage)),
          typeCode: (typed, asked) => go(actions.typeCode(typed, asked)),
        }}
      />
      {study.tryIt ? null : (
        <section class="own-part" aria-labelledby="no-code">
          <h2 id="no-code">{noCode.title}</h2>
          <p>{noCode.text}</p>
          <div class="go">
            <button
              type="button"
              class="btn second"
              aria-disabled={busy}
              onClick={() => go(actions.leave("ask_erase"))}
            >
              {busy ? working : noCode.go}
            </button>
          </div>
        </section>
      )}
    </>
  );
}

function Done(props: PageProps & { readonly page: Extract<LeavePage, { kind: "done" }> }): JSX.Element {
  const { words, page, study, language, timeZone, actions } = props;
  const { receipt, done, thanks } = words.leave;
  const { way, at, id } = page.receipt;
  return (
    <>
      <Heading>{done[way].title}</Heading>
      <p class="lede">{done[way].text}</p>
      {way === "stop_contact" ? null : <p class="sentence">{thanks}</p>}
      <section class="own-part" aria-labelledby="receipt">
        <h2 id="receipt">{receipt.title}</h2>
        <dl class="facts">
          <Fact name={receipt.what}>{done[way].short}</Fact>
          <Fact name={receipt.when}>{dateInWords(at, language, timeZone)}</Fact>
          <Fact name={receipt.study}>{study.title}</Fact>
          <Fact name={receipt.number}>{id}</Fact>
          <Fact name={receipt.contact}>
            {study.contact.name}, {study.contact.email}
          </Fact>
        </dl>
        <p class="soft no-print">{receipt.keep}</p>
        <div class="go no-print">
          <button type="button" class="btn second" onClick={actions.print}>
            {receipt.print}
          </button>
        </div>
      </section>
    </>
  );
}

function Fact(props: {
  readonly name: string;
  readonly children: JSX.Element | string | (string | JSX.Element)[];
}) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
