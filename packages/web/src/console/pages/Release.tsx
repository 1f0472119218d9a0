import type { Releases, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { takesAnswers } from "../data/standing.ts";
import { useReleases } from "../data/use-releases.ts";
import { useAction } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { releaseExplained, releasePage as words } from "../text/release.ts";
import { Draft } from "../ui/ReleaseDraft.tsx";
import { Version } from "../ui/ReleaseVersion.tsx";
import { Empty, Full, NotDone } from "../ui/States.tsx";

/** De-identified data for other researchers: a preview, versions that were kept, and who received them. */
export function Release({ study }: { readonly study: StudySummary }): JSX.Element {
  if (takesAnswers(study)) {
    return (
      <Empty title={words.notLockedTitle}>
        {words.notLocked} <a href={addressOf(study.id, "lock")}>{words.toLock}</a>
      </Empty>
    );
  }
  return <OfLocked study={study.id} />;
}

function OfLocked({ study }: { readonly study: string }): JSX.Element {
  const fetched = useReleases(study);
  const [kept, setKept] = useState<number | undefined>(undefined);
  return (
    <Full fetched={fetched}>
      {(releases) => (
        <div class="stack wide-gap">
          {releases.versions.length === 0 && releases.draft === undefined ? <Explained /> : null}
          <p role="status">{kept === undefined ? "" : words.kept(kept)}</p>
          {releases.draft === undefined ? null : (
            <Draft
              study={study}
              draft={releases.draft}
              onKept={({ number }) => {
                setKept(number);
                fetched.reload();
              }}
            />
          )}
          <PreviewForm
            study={study}
            releases={releases}
            onStarted={() => {
              setKept(undefined);
              fetched.reload();
            }}
          />
          <Versions study={study} releases={releases} onChanged={fetched.reload} />
        </div>
      )}
    </Full>
  );
}

function Explained(): JSX.Element {
  return (
    <Empty title={words.emptyTitle}>
      {releaseExplained.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Empty>
  );
}

interface PartProps {
  readonly study: string;
  readonly releases: Releases;
}

function PreviewForm({
  study,
  releases,
  onStarted,
}: PartProps & { readonly onStarted: () => void }): JSX.Element {
  const [k, setK] = useState(String(releases.k));
  const [minCell, setMinCell] = useState(String(releases.minCell));
  const floors = { k: Number(k), minCell: Number(minCell) };
  const action = useAction(() => api.previewRelease({ path: { study }, body: floors }), onStarted);
  const making = releases.draft?.state === "making";
  const submit = (event: Event): void => {
    event.preventDefault();
    if (isFloor(floors.k) && isFloor(floors.minCell) && !making) action.run(undefined);
  };
  const label = releases.draft === undefined ? words.preview : words.previewAgain;
  return (
    <form class="card measure-card" aria-labelledby="preview" onSubmit={submit} noValidate>
      <h2 id="preview">{words.previewTitle}</h2>
      <p class="soft">{words.agreed(releases.agreed)}</p>
      <Floor id="k" label={words.k} hint={words.kHint} value={k} onText={setK} />
      <Floor
        id="min-cell"
        label={words.minCell}
        hint={words.minCellHint}
        value={minCell}
        onText={setMinCell}
      />
      <div>
        <button
          type="submit"
          class={releases.draft?.state === "ready" ? "btn second" : "btn"}
          aria-disabled={action.busy || making}
        >
          {action.busy ? words.previewBusy : label}
        </button>
      </div>
      <NotDone failure={action.failure} />
    </form>
  );
}

function isFloor(value: number): boolean {
  return Number.isInteger(value) && value >= 2 && value <= 1000;
}

interface FloorProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onText: (text: string) => void;
}

function Floor({ id, label, hint, value, onText }: FloorProps): JSX.Element {
  const wrong = !isFloor(Number(value));
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for={id}>
        {label} <span class="hint">{hint}</span>
      </label>
      <input
        id={id}
        type="number"
        min={2}
        max={1000}
        step={1}
        value={value}
        aria-invalid={wrong}
        aria-describedby={`${id}-error`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <p role="alert" class="error" id={`${id}-error`}>
        {wrong ? words.floorWrong : ""}
      </p>
    </div>
  );
}

function Versions({
  study,
  releases,
  onChanged,
}: PartProps & { readonly onChanged: () => void }): JSX.Element | null {
  if (releases.versions.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="versions">
      <h2 id="versions">{words.versions}</h2>
      {releases.versions.map((version) => (
        <Version key={version.number} study={study} version={version} onChanged={onChanged} />
      ))}
    </section>
  );
}
