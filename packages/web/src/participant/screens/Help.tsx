import type { JSX } from "preact";
import type { Words } from "../text/index.ts";
import { Heading } from "../ui/Heading.tsx";

interface HelpProps {
  readonly words: Words;
  readonly contact: { readonly name: string; readonly email: string } | undefined;
  readonly onClose: () => void;
}

/** What to do if pain is new or severe, whom to ask, and that nobody reads answers as they come in. */
export function Help({ words, contact, onClose }: HelpProps): JSX.Element {
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
    </>
  );
}
