import { useEffect, useRef } from "preact/hooks";
import type { Model } from "../state/model.ts";
import type { Kept } from "./kept-store.ts";
import type { Opening } from "./opening.ts";

const HOUR_MS = 3_600_000;
/** How long answers may wait on a phone. */
const KEPT_MS = 72 * HOUR_MS;

/** Keeps on this phone what has not been sent, and deletes it with its key when all is sent or three days are over. */
export function useKept(opening: Opening, model: Model): void {
  const { state, visit, outbox, logged, notMine } = model;
  const { unsent } = outbox;
  const hadUnsent = useRef(false);
  useEffect(() => {
    if (state === undefined) return;
    if (unsent.length > 0 && !notMine) {
      hadUnsent.current = true;
      void keep(opening, { state, visit, unsent, logged });
    } else if (hadUnsent.current) {
      hadUnsent.current = false;
      void forget(opening, state.holder);
    }
  }, [opening, state, visit, unsent, logged, notMine]);
}

async function keep(opening: Opening, content: Kept["content"]): Promise<void> {
  const { kept: store, now } = opening.world;
  const until = keptUntil(content.unsent);
  if (until <= now()) return forget(opening, content.state.holder);
  const saved = await store.save({ holder: content.state.holder, until, content }, opening.token.current);
  opening.tell({ kind: "kept", until: saved ? until : undefined });
}

async function forget(opening: Opening, holder: string): Promise<void> {
  await opening.world.kept.remove(holder);
  opening.tell({ kind: "kept", until: undefined });
}

function keptUntil(unsent: Kept["content"]["unsent"]): number {
  return Math.min(...unsent.map(({ answeredAt }) => answeredAt)) + KEPT_MS;
}

/** Whose kept answers to look for: one person's, those of a link, or of whoever used this phone alone. */
type Wanted = { readonly holder: string } | { readonly token: string | undefined };

/** Brings back what was kept on this phone for this person; whether there was anything. */
export async function bringBack(opening: Opening, wanted: Wanted): Promise<boolean> {
  const { kept: store, now } = opening.world;
  const all = await store.load(now());
  const found =
    "holder" in wanted
      ? all.find(({ holder }) => holder === wanted.holder)
      : await ofLink(opening, all, wanted.token);
  if (found === undefined) return false;
  opening.tell({ kind: "broughtBack", kept: found });
  return true;
}

/** Without a connection nobody can say whose visit this is: a link tells, and a phone with one person's answers does. */
async function ofLink(
  opening: Opening,
  all: readonly Kept[],
  token: string | undefined,
): Promise<Kept | undefined> {
  if (token === undefined) return all.length === 1 ? all[0] : undefined;
  const mark = await opening.world.kept.markOf(token);
  return mark === undefined ? undefined : all.find(({ linkMark }) => linkMark === mark);
}
