import type { MoveRequest, StudySummary } from "@longwave/api";
import { may } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { settingsPage } from "../text/changes.ts";
import { frame } from "../text/en.ts";
import { ReasonField } from "../ui/ReasonField.tsx";
import { NotDone } from "../ui/States.tsx";

type Move = StudySummary["moves"][number];

interface SettingsProps {
  readonly study: StudySummary;
  readonly onStudy: (study: StudySummary) => void;
}

/** Where a study stands, and every move it can make now, with what each does. */
export function Settings({ study, onStudy }: SettingsProps): JSX.Element {
  const moves = may(study.role, "study.move") ? study.moves : [];
  return (
    <div class="stack wide-gap">
      <section class="card measure-card" aria-labelledby="stands">
        <h2 id="stands">{settingsPage.now}</h2>
        <p>
          <b>{frame.phases[study.phase]}</b>
          {study.pausedAt === undefined ? "" : ` · ${frame.paused}`}
        </p>
        {study.phase === "design" ? null : <p class="soft">{settingsPage.opened}</p>}
        {study.keepUntil === undefined ? null : <p>{settingsPage.keepUntil(study.keepUntil)}</p>}
      </section>
      <section class="stack" aria-labelledby="moves">
        <h2 id="moves">{settingsPage.moves}</h2>
        {moves.length === 0 ? <p class="soft">{settingsPage.none}</p> : null}
        {moves.map((move) => (
          <MoveCard key={move.move} study={study} move={move} onStudy={onStudy} />
        ))}
      </section>
    </div>
  );
}

interface CardProps extends SettingsProps {
  readonly move: Move;
}

function MoveCard({ study, move: { move, asksReason }, onStudy }: CardProps): JSX.Element {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const action = useAction(
    (body: MoveRequest) => api.moveStudy({ path: { study: study.id }, body }),
    onStudy,
  );
  const { name, does } = settingsPage.move[move];
  const missing = asksReason && reason.trim() === "";
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (!missing) action.run(asksReason ? { move, reason: reason.trim() } : { move });
  };
  return (
    <form class="card measure-card" onSubmit={submit} noValidate aria-labelledby={`move-${move}`}>
      <h3 id={`move-${move}`}>{name}</h3>
      <p>{does}</p>
      {asksReason ? (
        <ReasonField
          id={`why-${move}`}
          label={settingsPage.reason}
          hint={settingsPage.reasonHint}
          error={tried && missing ? settingsPage.reasonNeeded : ""}
          value={reason}
          onText={setReason}
        />
      ) : null}
      <div>
        <button type="submit" class="btn second" aria-disabled={action.busy}>
          {name}
        </button>
      </div>
      <NotDone failure={action.failure} />
    </form>
  );
}
