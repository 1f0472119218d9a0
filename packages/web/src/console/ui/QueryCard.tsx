import { may, type QueriesPage, type QueryItem, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { addressOfPerson } from "../router.ts";
import { shortMoment } from "../text/en.ts";
import { qualityWords as words } from "../text/quality.ts";
import { QueryWords } from "./QueryWords.tsx";

interface QueryCardProps {
  readonly study: StudySummary;
  readonly query: QueryItem;
  readonly onDone: (page: QueriesPage) => void;
}

type Saying = "explain" | "ask" | "close";

/** One query with what was said about it, and what can be done with it. */
export function QueryCard({ study, query, onDone }: QueryCardProps): JSX.Element {
  const [saying, setSaying] = useState<Saying | undefined>(undefined);
  const about = words.about(query.person.label, query.wave);
  const label = (what: string): string => words.forQuery(what, query.question, about);
  return (
    <li>
      <article aria-label={label(words.states[query.state])}>
        <p>
          <span class="tag">{words.states[query.state]}</span> <b>{query.question}</b>{" "}
          <span class="soft">{about}</span>
        </p>
        {query.entries.map((entry) => (
          <div key={`${entry.at} ${entry.kind}`} class="letter-answer">
            <p class="small soft">{words.entry(entry.by, words.kinds[entry.kind], shortMoment(entry.at))}</p>
            {entry.words === "" ? null : <p class="letter-words">{entry.words}</p>}
          </div>
        ))}
        {saying === undefined ? (
          <p class="acts">
            {actsOf(study, query).map((act) => (
              <button
                key={act}
                type="button"
                class="btn second small"
                aria-label={label(namesOf[act])}
                onClick={() => setSaying(act)}
              >
                {namesOf[act]}
              </button>
            ))}
            {may(study.role, "people.answers") ? (
              <a
                href={addressOfPerson(study.id, query.person.id, query.wave)}
                aria-label={words.toFormOf(query.question, about)}
              >
                {words.toForm}
              </a>
            ) : null}
          </p>
        ) : (
          <Say
            study={study.id}
            query={query}
            what={saying}
            onCancel={() => setSaying(undefined)}
            onDone={(page) => {
              setSaying(undefined);
              onDone(page);
            }}
          />
        )}
      </article>
    </li>
  );
}

const namesOf: Readonly<Record<Saying, string>> = {
  explain: words.explain,
  ask: words.askAgain,
  close: words.close,
};

function actsOf({ role }: StudySummary, { state }: QueryItem): readonly Saying[] {
  const explains = state !== "closed" && may(role, "people.answers");
  const asks = may(role, "queries.ask");
  return [
    ...(explains ? (["explain"] as const) : []),
    ...(asks && state !== "open" ? (["ask"] as const) : []),
    ...(asks && state !== "closed" ? (["close"] as const) : []),
  ];
}

interface SayProps {
  readonly study: string;
  readonly query: QueryItem;
  readonly what: Saying;
  readonly onCancel: () => void;
  readonly onDone: (page: QueriesPage) => void;
}

function Say({ study, query, what, onCancel, onDone }: SayProps): JSX.Element {
  const [id] = useState(() => crypto.randomUUID());
  const path = { study, query: query.id };
  const action = useAction(
    (said: string) =>
      what === "explain"
        ? api.answerQuery({ path, body: { id, words: said } })
        : api.followQuery({ path, body: { id, do: what, words: said } }),
    onDone,
  );
  return (
    <QueryWords
      id={`say-${query.id}`}
      label={words.words[what]}
      optional={what === "close"}
      send={what === "close" ? words.close : words.send}
      action={action}
      onCancel={onCancel}
    />
  );
}
