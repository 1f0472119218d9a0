import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Words } from "../text/index.ts";
import { Heading } from "../ui/Heading.tsx";

interface HelpProps {
  readonly words: Words;
  readonly contact: { readonly name: string; readonly email: string } | undefined;
  readonly onClose: () => void;
  /** How many answers have not been sent; undefined for who has not opened a visit here. */
  readonly unsent: number | undefined;
  readonly onLeave: () => void;
  /** Absent before someone has come in. */
  readonly onWrite?: (() => void) | undefined;
}

/** What to do if pain is new or severe, whom to ask, and that nobody reads answers as they come in. */
export function Help({ words, contact, onClose, unsent, onLeave, onWrite }: HelpProps): JSX.Element {
  const { helpPage } = words;
  return (
    <>
      <Heading>{helpPage.title}</Heading>
      <div class="help">
        <p>
          <b>{helpPage.urgentTitle}</b> {helpPage.urgent}
        </p>
        <p>{helpPage.nobodyReads}</p>
      </div>
      <dl class="facts">
        <div>
          <dt>{helpPage.usualTitle}</dt>
          <dd>{helpPage.usual}</dd>
        </div>
        <div>
          <dt>{helpPage.contactTitle}</dt>
          <dd>
            {contact === undefined ? (
              helpPage.noContact
            ) : (
              <>
                {helpPage.contact(contact.name)} <a href={`mailto:${contact.email}`}>{contact.email}</a>
              </>
            )}
            {onWrite === undefined ? null : (
              <button type="button" class="btn second" onClick={onWrite}>
                {words.write.enter}
              </button>
            )}
          </dd>
        </div>
        <div>
          <dt>{helpPage.rightsTitle}</dt>
          <dd>{helpPage.rights}</dd>
        </div>
      </dl>
      <div class="go">
        <button type="button" class="btn" onClick={onClose}>
          {helpPage.close}
        </button>
      </div>
      {unsent === undefined ? null : <ThisPhone words={words} unsent={unsent} onLeave={onLeave} />}
    </>
  );
}

interface ThisPhoneProps {
  readonly words: Words;
  readonly unsent: number;
  readonly onLeave: () => void;
}

/** Signing out, with a second question when answers would be lost by it. */
function ThisPhone({ words, unsent, onLeave }: ThisPhoneProps): JSX.Element {
  const { device } = words;
  const [asks, setAsks] = useState(false);
  return (
    <section class="own-part" aria-labelledby="this-phone">
      <h2 id="this-phone">{device.title}</h2>
      <p>{device.text}</p>
      <div role="alert">{asks ? <p class="trouble">{device.unsent(unsent)}</p> : null}</div>
      <div class="go">
        <button
          type="button"
          class="btn second"
          onClick={() => (unsent > 0 && !asks ? setAsks(true) : onLeave())}
        >
          {asks ? device.leaveAll : device.leave}
        </button>
      </div>
    </section>
  );
}
