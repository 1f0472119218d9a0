import type { DrawRequest } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { frameShape } from "../data/people-list.ts";
import { addPeople } from "../text/add-people.ts";

/** A draw as it is being filled in; null while everybody of the list is to be added. */
export type DraftDraw = {
  readonly number: string;
  readonly seed: string;
  readonly by: readonly string[];
} | null;

/** The draw that the fields ask for; undefined while something is missing in them. */
export function drawOf(draft: NonNullable<DraftDraw>): DrawRequest | undefined {
  const number = Number(draft.number);
  const seed = draft.seed.trim();
  if (!Number.isInteger(number) || number < 1 || number > 10_000 || seed === "") return undefined;
  return { number, seed, by: draft.by };
}

interface SamplingProps {
  readonly text: string;
  readonly draft: DraftDraw;
  /** Whether what is missing is said. */
  readonly tried: boolean;
  readonly onDraft: (draft: DraftDraw) => void;
}

/** Whether everybody of the list is added, or a random sample: how many, with which seed, in proportion to what. */
export function Sampling({ text, draft, tried, onDraft }: SamplingProps): JSX.Element {
  const [seed] = useState(() => String(crypto.getRandomValues(new Uint32Array(1))[0]));
  return (
    <div class="sampling">
      <div class="field">
        <label class="choice-inline">
          <input
            type="checkbox"
            checked={draft !== null}
            aria-describedby="draw-hint"
            onChange={(event) => onDraft(event.currentTarget.checked ? { number: "", seed, by: [] } : null)}
          />{" "}
          {addPeople.draw}
        </label>
        <p class="hint" id="draw-hint">
          {addPeople.drawHint}
        </p>
      </div>
      {draft === null ? null : <DrawFields text={text} draft={draft} tried={tried} onDraft={onDraft} />}
    </div>
  );
}

interface DrawFieldsProps extends SamplingProps {
  readonly draft: NonNullable<DraftDraw>;
}

function DrawFields({ text, draft, tried, onDraft }: DrawFieldsProps): JSX.Element {
  const badNumber = tried && drawOf({ ...draft, seed: "any" }) === undefined;
  const badSeed = tried && draft.seed.trim() === "";
  return (
    <div class="split">
      <div class={badNumber ? "field wrong" : "field"}>
        <label for="draw-number">{addPeople.number}</label>
        <input
          id="draw-number"
          inputMode="numeric"
          value={draft.number}
          aria-invalid={badNumber}
          aria-describedby="draw-number-error"
          onInput={(event) => onDraft({ ...draft, number: event.currentTarget.value })}
        />
        <p role="alert" class="error" id="draw-number-error">
          {badNumber ? addPeople.needNumber : ""}
        </p>
      </div>
      <div class={badSeed ? "field wrong" : "field"}>
        <label for="draw-seed">{addPeople.seed}</label>
        <input
          id="draw-seed"
          value={draft.seed}
          maxLength={40}
          aria-invalid={badSeed}
          aria-describedby="draw-seed-hint draw-seed-error"
          onInput={(event) => onDraft({ ...draft, seed: event.currentTarget.value })}
        />
        <p class="hint" id="draw-seed-hint">
          {addPeople.seedHint}
        </p>
        <p role="alert" class="error" id="draw-seed-error">
          {badSeed ? addPeople.needSeed : ""}
        </p>
      </div>
      <Groups
        groups={frameShape(text).groups}
        chosen={draft.by}
        onChosen={(by) => onDraft({ ...draft, by })}
      />
    </div>
  );
}

interface GroupsProps {
  readonly groups: readonly string[];
  readonly chosen: readonly string[];
  readonly onChosen: (by: readonly string[]) => void;
}

/** The columns of the list by which the draw is kept in proportion. */
function Groups({ groups, chosen, onChosen }: GroupsProps): JSX.Element {
  return (
    <fieldset class="field">
      <legend>{addPeople.by}</legend>
      {groups.length === 0 ? <p class="hint">{addPeople.noGroups}</p> : null}
      {groups.map((group) => (
        <label key={group} class="choice-inline">
          <input
            type="checkbox"
            checked={chosen.includes(group)}
            onChange={(event) =>
              onChosen(
                groups.filter((each) =>
                  each === group ? event.currentTarget.checked : chosen.includes(each),
                ),
              )
            }
          />{" "}
          {group}
        </label>
      ))}
    </fieldset>
  );
}

/** How the list is read that is drawn from. */
export function FramePreview({ text }: { readonly text: string }): JSX.Element {
  const { rows, isNamed } = frameShape(text);
  return (
    <section class="card preview" aria-labelledby="preview">
      <h2 id="preview">{addPeople.frameTitle}</h2>
      <p class="soft" role="status">
        {rows === 0 ? addPeople.previewEmpty : isNamed ? addPeople.frame(rows) : addPeople.frameUnnamed}
      </p>
    </section>
  );
}
