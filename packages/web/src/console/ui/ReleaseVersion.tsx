import type { RecipientRequest, ReleaseRecipient, ReleaseVersion } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { shortDate, shortMoment } from "../text/en.ts";
import { releasePage as words } from "../text/release.ts";
import { RecipientForm } from "./RecipientForm.tsx";
import { ReleaseFacts } from "./ReleaseFacts.tsx";

interface VersionProps {
  readonly study: string;
  readonly version: ReleaseVersion;
  readonly onChanged: () => void;
}

/** One version: its name, its files, what it came to, and who received it. */
export function Version({ study, version, onChanged }: VersionProps): JSX.Element {
  const { number, numbers, changes } = version;
  const address = `/api/studies/${encodeURIComponent(study)}/releases/${number}`;
  return (
    <section class="card" aria-labelledby={`version-${number}`}>
      <header>
        <h3 id={`version-${number}`}>{words.version(number)}</h3>
        <p>{words.madeBy(version.madeBy, shortMoment(version.madeAt))}</p>
      </header>
      <p class="small">
        {words.fingerprint}: <span class="hash break">{version.hash}</span>
      </p>
      <div class="acts">
        <a class="btn" href={`${address}/file`} download aria-label={words.downloadOf(number)}>
          {words.download}
        </a>
        <a
          class="btn second"
          href={`${address}/report`}
          target="_blank"
          rel="noreferrer"
          aria-label={words.versionReport(number)}
        >
          {words.report}
        </a>
        <span class="soft small">{words.downloadHint}</span>
      </div>
      <ReleaseFacts numbers={numbers} />
      <Changes changes={changes} />
      <Recipients study={study} version={version} onChanged={onChanged} />
    </section>
  );
}

/** What is different since the version before, folded. */
export function Changes({ changes }: { readonly changes: readonly string[] }): JSX.Element | null {
  if (changes.length === 0) return null;
  return (
    <details>
      <summary>{words.changes}</summary>
      <ul class="plain-list">
        {changes.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </details>
  );
}

function Recipients({ study, version, onChanged }: VersionProps): JSX.Element {
  const [added, setAdded] = useState<ReleaseRecipient | undefined>(undefined);
  const { number, recipients } = version;
  const action = useAction(
    (body: RecipientRequest) => api.addRecipient({ path: { study, number: String(number) }, body }),
    (recipient) => {
      setAdded(recipient);
      onChanged();
    },
  );
  return (
    <>
      <h4>{words.recipients}</h4>
      <p role="status" class="small">
        {added === undefined ? "" : words.added(added.name)}
      </p>
      {recipients.length === 0 ? <p class="soft">{words.noRecipients}</p> : <List recipients={recipients} />}
      <details>
        <summary>{words.add}</summary>
        <p class="soft small">{words.recipientsLede}</p>
        <RecipientForm
          key={added?.id ?? ""}
          id={`recipient-${number}`}
          today={new Date().toISOString().slice(0, 10)}
          action={action}
        />
      </details>
    </>
  );
}

function List({ recipients }: { readonly recipients: readonly ReleaseRecipient[] }): JSX.Element {
  return (
    <ul class="plain-list">
      {recipients.map((each) => (
        <li key={each.id} class="break">
          <b>{each.name}</b>, {each.organisation}, {shortDate(each.receivedAt)}. {each.purpose}{" "}
          {words.agreement}: {each.agreement}.{" "}
          <span class="soft small">({words.recorded(each.recordedBy)})</span>
        </li>
      ))}
    </ul>
  );
}
