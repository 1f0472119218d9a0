import type { JSX } from "preact";
import type { Actions } from "../data/use-participant.ts";
import type { World } from "../data/world.ts";
import { dateInWords } from "../dates.ts";
import type { Model } from "../state/model.ts";
import { savingState } from "../state/outbox.ts";
import type { Screen } from "../state/screen.ts";
import type { Words } from "../text/index.ts";
import { Heading } from "../ui/Heading.tsx";
import { OwnLink } from "../ui/OwnLink.tsx";
import { Saving } from "../ui/Saving.tsx";
import { SessionBox } from "../ui/SessionBox.tsx";

interface PausedProps {
  readonly words: Words;
  readonly model: Model;
  readonly screen: Extract<Screen, { kind: "paused" }>;
  readonly actions: Actions;
  readonly world: World;
}

/** After "Stop here, finish later": what is saved, how to come back, and until when. */
export function Paused({ words, model, screen, actions, world }: PausedProps): JSX.Element {
  const { paused } = words;
  const { tell } = actions;
  const wave = screen.state.waves.find((candidate) => candidate.id === screen.visit.form.wave);
  const unsent = model.outbox.unsent.length > 0;
  return (
    <>
      <Heading>{paused.title}</Heading>
      <p class="lede">
        {unsent ? (model.keptUntil === undefined ? paused.unsent : paused.unsentKept) : paused.saved}
      </p>
      {savingState(model.outbox) === "not_yet_sent" ? (
        <Saving words={words} model={model} world={world} onTryNow={() => tell({ kind: "readyAgain" })} />
      ) : null}
      <HowToComeBack words={words} model={model} />
      {wave === undefined ? null : (
        <p class="soft after">
          {paused.until(dateInWords(wave.closesAt - 1, model.language, world.timeZone))}
        </p>
      )}
      <div class="go">
        <button type="button" class="btn second" onClick={() => tell({ kind: "aside", aside: "none" })}>
          {paused.goOn}
        </button>
      </div>
      <SessionBox words={words} model={model} world={world} actions={actions} />
    </>
  );
}

function HowToComeBack({ words, model }: { readonly words: Words; readonly model: Model }): JSX.Element {
  const { paused, tryOut } = words;
  if (model.ownLink !== undefined) {
    return (
      <>
        <p class="after">{tryOut.comeBack}</p>
        <OwnLink words={words} link={model.ownLink} />
      </>
    );
  }
  return <p class="after">{model.state?.study.tryIt === true ? tryOut.comeBackHere : paused.how}</p>;
}
