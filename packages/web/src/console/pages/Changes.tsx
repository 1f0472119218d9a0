import type { StudySummary, StudyText, StudyVersion } from "@longwave/api";
import { may } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { changesPage } from "../text/changes.ts";
import { shortMoment } from "../text/en.ts";
import { AmendmentForm, Whom } from "../ui/AmendmentForm.tsx";
import { Full } from "../ui/States.tsx";
import { TextChanges } from "../ui/TextChanges.tsx";

interface ChangesProps {
  readonly study: StudySummary;
  readonly onStudy: (study: StudySummary) => void;
}

/** Every version of a study's text with what changed and why, and the form that amends it. */
export function Changes({ study, onStudy }: ChangesProps): JSX.Element {
  const path = { study: study.id };
  const key = `${study.id} ${study.version} ${study.phase}`;
  const text = useResource(`text ${key}`, () => api.studyText({ path }));
  const versions = useResource(`versions ${key}`, () => api.versions({ path }));
  const [saved, setSaved] = useState(false);
  const onSaved = (amended: StudySummary): void => {
    setSaved(true);
    onStudy(amended);
  };
  return (
    <div class="stack wide-gap">
      <p class="soft measure">{changesPage.lede}</p>
      <p role="status">{saved ? <b>{changesPage.saved(study.version)}</b> : null}</p>
      <Full fetched={text}>{(value) => <Amend study={study} text={value} onSaved={onSaved} />}</Full>
      <section class="stack" aria-labelledby="versions">
        <h2 id="versions">{changesPage.versionsTitle}</h2>
        <Full fetched={versions}>
          {(list) => list.map((version) => <Version key={version.number} version={version} study={study} />)}
        </Full>
      </section>
    </div>
  );
}

interface AmendProps {
  readonly study: StudySummary;
  readonly text: StudyText;
  readonly onSaved: (study: StudySummary) => void;
}

function Amend({ study, text, onSaved }: AmendProps): JSX.Element | null {
  if (study.phase === "design") return <p>{changesPage.inDesign}</p>;
  if (study.lock.lockedAt !== undefined) return <p>{changesPage.closed}</p>;
  if (!may(study.role, "study.write")) return null;
  return <AmendmentForm key={text.textHash} study={study} text={text.text} onSaved={onSaved} />;
}

interface VersionProps {
  readonly version: StudyVersion;
  readonly study: StudySummary;
}

function Version({ version, study }: VersionProps): JSX.Element {
  const { number, reason, effect, by, since } = version;
  return (
    <article class="card" aria-labelledby={`version-${number}`}>
      <header>
        <h3 id={`version-${number}`}>{changesPage.version(number, version.version)}</h3>
        <p>
          {number === study.version ? <span class="tag">{changesPage.inForce}</span> : null}{" "}
          {shortMoment(since)} {by === undefined ? "" : changesPage.by(by)}
        </p>
      </header>
      <p>{reason ?? changesPage.first}</p>
      {effect === undefined ? null : <Whom effect={effect} />}
      {version.changes.length === 0 ? null : <TextChanges changes={version.changes} lines={version.lines} />}
    </article>
  );
}
