import type { DuplicateVerdict, LikelyDuplicate, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { recruitmentPage as words } from "../text/recruitment.ts";
import { Full, NotDone } from "./States.tsx";

/** People who may be there twice, each pair with a manager's word on it. */
export function Duplicates({ study }: { readonly study: StudySummary }): JSX.Element {
  const fetched = useResource(`duplicates ${study.id}`, () =>
    api.likelyDuplicates({ path: { study: study.id } }),
  );
  return (
    <section class="card c12" aria-labelledby="duplicates">
      <h2 id="duplicates">{words.duplicates}</h2>
      <Full fetched={fetched}>
        {({ duplicates }) =>
          duplicates.length === 0 ? (
            <p class="soft">{words.duplicatesNone}</p>
          ) : (
            <>
              <p class="soft">{words.duplicatesText}</p>
              <ul class="plain-rows">
                {duplicates.map((pair) => (
                  <Pair
                    key={`${pair.person.id} ${pair.other.id}`}
                    study={study}
                    pair={pair}
                    onMarked={fetched.replace}
                  />
                ))}
              </ul>
            </>
          )
        }
      </Full>
    </section>
  );
}

interface PairProps {
  readonly study: StudySummary;
  readonly pair: LikelyDuplicate;
  readonly onMarked: (marked: { readonly duplicates: readonly LikelyDuplicate[] }) => void;
}

const verdicts: readonly DuplicateVerdict[] = ["same", "different"];

function Pair({ study, pair, onMarked }: PairProps): JSX.Element {
  const { person, other, bornIn, verdict: said } = pair;
  const action = useAction(
    (verdict: DuplicateVerdict) =>
      api.markDuplicate({
        path: { study: study.id },
        body: { person: person.id, other: other.id, verdict },
      }),
    onMarked,
  );
  const name = words.pair(person.number, other.number);
  return (
    <li>
      <span>
        <b>{person.label}</b> <span class="soft">{name}</span>
        {bornIn === undefined ? null : <span class="soft">, {words.bornIn(bornIn)}</span>}
        {said === undefined ? null : <span>. {words.said[said]}</span>}
        <NotDone failure={action.failure} />
      </span>
      <span class="acts">
        {verdicts
          .filter((verdict) => verdict !== said)
          .map((verdict) => (
            <button
              key={verdict}
              type="button"
              class="btn second small"
              aria-label={`${name}: ${words[verdict]}`}
              onClick={() => action.run(verdict)}
            >
              {words[verdict]}
            </button>
          ))}
      </span>
    </li>
  );
}
