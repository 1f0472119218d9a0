import type { JSX } from "preact";
import type { World } from "../data/world.ts";
import { momentInWords } from "../dates.ts";
import type { Model } from "../state/model.ts";
import { savingState } from "../state/outbox.ts";
import type { Words } from "../text/index.ts";

interface SavingProps {
  readonly words: Words;
  readonly model: Pick<Model, "outbox" | "keptUntil" | "language">;
  readonly world: Pick<World, "now" | "timeZone">;
  /** What stands on the screen cannot be kept, so nothing may be called saved beside it. */
  readonly isWrong?: boolean;
  readonly onTryNow: () => void;
}

/** What has become of the answers: said aloud, and "saved" only after the server said so. */
export function Saving(props: SavingProps): JSX.Element {
  const { words, model, isWrong = false, onTryNow } = props;
  const state = savingState(model.outbox);
  const { saving } = words;
  if (state !== "not_yet_sent") {
    const text = { as_you_go: saving.asYouGo, saving: saving.saving, saved: saving.saved }[state];
    return (
      <p class="small soft saving" role="status">
        {isWrong ? "" : text}
      </p>
    );
  }
  const [fact, hint] = unsentWords(props);
  return (
    <div class="help unsent">
      <p role="status">
        <b>{fact}</b> {hint}
      </p>
      <button type="button" class="btn quiet" onClick={onTryNow}>
        {saving.sendNow}
      </button>
    </div>
  );
}

/** Kept on this phone until a moment; or, where the browser keeps nothing, only on this page. */
function unsentWords({ words, model, world }: SavingProps): readonly [fact: string, hint: string] {
  const { saving } = words;
  const count = model.outbox.unsent.length;
  if (model.keptUntil === undefined) return [saving.notYetSent(count), saving.offlineHint];
  const { language } = model;
  const when = momentInWords(model.keptUntil, world.now(), { language, timeZone: world.timeZone });
  return [saving.keptUntil(count, when), saving.keptHint];
}
