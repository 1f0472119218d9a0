import { useMemo } from "preact/hooks";
import type { Model } from "../state/model.ts";
import type { OwnPage } from "../state/own-page.ts";
import { wordsIn } from "../text/index.ts";
import type { Opening } from "./opening.ts";
import { openLink } from "./opening.ts";
import type { CopyKind } from "./own-page.ts";
import { askForCode, chooseSessions, openOwnPage, takeCopy, typeCode } from "./own-page.ts";

/** What the page of one's own answers can do. */
export interface OwnActions {
  readonly open: () => void;
  /** The same from the landing page: the link is exchanged first. */
  readonly enter: () => void;
  readonly askForCode: (onPage: boolean) => void;
  readonly typeCode: (code: string, own: Extract<OwnPage, { readonly kind: "code" }>) => void;
  readonly chooseSessions: (show: boolean) => void;
  readonly copy: (kind: CopyKind, own: Extract<OwnPage, { readonly kind: "shown" }>) => void;
  readonly print: () => void;
}

/** The actions of the page of one's own answers. */
export function useOwnPage(opening: Opening, model: Model): OwnActions {
  const { language } = model;
  const actions = useMemo<Omit<OwnActions, "enter">>(
    () => ({
      open: () => {
        opening.tell({ kind: "aside", aside: "own" });
        void openOwnPage(opening);
      },
      askForCode: (onPage) => void askForCode(opening, onPage),
      typeCode: (code, own) => void typeCode(opening, code, own),
      chooseSessions: (show) => void chooseSessions(opening, show),
      copy: (kind, own) => void takeCopy(opening, kind, { own, fileName: wordsIn(language).own.copyFile }),
      print: () => opening.world.print(),
    }),
    [opening, language],
  );
  return { ...actions, enter: () => void enter(opening, model) };
}

async function enter(opening: Opening, model: Model): Promise<void> {
  opening.tell({ kind: "own", own: { kind: "loading" } });
  opening.tell({ kind: "aside", aside: "own" });
  await openLink(opening, model);
  await openOwnPage(opening);
}
