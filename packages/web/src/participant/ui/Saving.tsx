import type { JSX } from "preact";
import type { Outbox } from "../state/outbox.ts";
import { savingState } from "../state/outbox.ts";
import type { Words } from "../text/index.ts";

interface SavingProps {
  readonly words: Words;
  readonly outbox: Outbox;
  /** What stands on the screen cannot be kept, so nothing may be called saved beside it. */
  readonly isWrong?: boolean;
  readonly onTryNow: () => void;
}

/** What has become of the answers: said aloud, and "saved" only after the server said so. */
export function Saving({ words, outbox, isWrong = false, onTryNow }: SavingProps): JSX.Element {
  const state = savingState(outbox);
  const { saving } = words;
  if (state !== "not_yet_sent") {
    const text = { as_you_go: saving.asYouGo, saving: saving.saving, saved: saving.saved }[state];
    return (
      <p class="small soft saving" role="status">
        {isWrong ? "" : text}
      </p>
    );
  }
  return (
    <div class="help unsent">
      <p role="status">
        <b>{saving.notYetSent(outbox.unsent.length)}</b> {saving.offlineHint}
      </p>
      <button type="button" class="btn quiet" onClick={onTryNow}>
        {saving.sendNow}
      </button>
    </div>
  );
}
