import type { ConsentGiven, PaperConsentSheet } from "@longwave/api";
import type { ComponentChildren, JSX } from "preact";
import { paperConsentPage as words } from "../text/paper-consent.ts";

type ConsentForm = PaperConsentSheet["papers"][number]["form"];

interface ConsentSheetProps {
  readonly label: string;
  readonly form: ConsentForm;
  /** Boxes as they were ticked; without it they are there to be ticked. */
  readonly given?: ConsentGiven | undefined;
}

/** The exact words of a consent on a sheet: to be signed, or as the person's copy of what they signed. */
export function ConsentSheet({ label, form, given }: ConsentSheetProps): JSX.Element {
  const { language } = form;
  return (
    <article class="letter" lang={language}>
      <p class="letter-to">{label}</p>
      <h2>{form.title}</h2>
      {form.sections.map(({ title, paragraphs }) => (
        <section key={title}>
          <h3>{title}</h3>
          {paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </section>
      ))}
      <ul class="bare-list paper-ticks">
        {form.ticks.map(({ id, label: tick, promise }) => (
          <li key={id}>
            <span aria-hidden="true">{given?.ticks[id] === true ? "☒" : "☐"}</span>{" "}
            <span>
              <b>{tick}.</b> {promise}
              {given === undefined ? "" : ` ${given.ticks[id] === true ? "✓" : "–"}`}
            </span>
          </li>
        ))}
      </ul>
      {given === undefined ? <Signing language={language} /> : null}
      {given?.signedOn == null ? null : <p>{words.kept[language](given.signedOn, given.seenBy ?? "")}</p>}
      <p class="small">
        {words.versionOf[language](form.version)} <span class="paper-hash">{form.hash}</span>
      </p>
    </article>
  );
}

function Signing({ language }: { readonly language: ConsentForm["language"] }): JSX.Element {
  return (
    <>
      <p>{words.agree[language]}</p>
      <div class="paper-signing">
        <Line>{words.name[language]}</Line>
        <Line>{words.date[language]}</Line>
        <Line>{words.signature[language]}</Line>
      </div>
    </>
  );
}

function Line({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <p class="small paper-line">{children}</p>;
}
