import type { ConsentForm } from "@longwave/study/answering";
import { useCallback, useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { Happening, Model } from "../state/model.ts";
import { initialModel, update } from "../state/model.ts";
import type { Language } from "../text/index.ts";
import { preferredLanguage } from "../text/index.ts";
import type { ContactActions } from "./contact.ts";
import { contactActions } from "./contact.ts";
import type { LeaveActions } from "./leave.ts";
import { leaveActions } from "./leave.ts";
import type { Opening } from "./opening.ts";
import {
  chooseLanguage,
  declineConsent,
  finishWave,
  giveConsent,
  leavePhone,
  loadState,
  openByLetter,
  openLink,
  readInvitation,
} from "./opening.ts";
import { useHistory } from "./use-history.ts";
import { useKept } from "./use-kept.ts";
import { useOutbox } from "./use-outbox.ts";
import type { OwnActions } from "./use-own-page.ts";
import { useOwnPage } from "./use-own-page.ts";
import type { World } from "./world.ts";

/** What the screens can do. */
export interface Actions {
  readonly tell: (happening: Happening) => void;
  readonly openLink: () => void;
  readonly openByLetter: (code: string) => void;
  readonly reload: () => void;
  readonly consent: (form: ConsentForm, ticks: Readonly<Record<string, boolean>>) => void;
  readonly declineConsent: (form: ConsentForm) => void;
  readonly language: (language: Language) => void;
  readonly own: OwnActions;
  readonly leavePhone: () => void;
  readonly leaving: LeaveActions;
  readonly contact: ContactActions;
}

/** The model of the page and the ways to change it; everything that reaches the server starts here. */
export function useParticipant(world: World): { readonly model: Model; readonly actions: Actions } {
  const [model, tell] = useReducer(update, world, (start) =>
    initialModel({
      hasToken: start.token() !== undefined,
      tries: start.tryOut() !== undefined,
      language: preferredLanguage(start.browserLanguages),
    }),
  );
  const token = useRef(world.token());
  const tryOut = useRef(world.tryOut());
  const opening = useMemo<Opening>(() => ({ world, tell, token, tryOut }), [world]);
  useStart(opening);
  useOutbox(opening, model);
  useKept(opening, model);
  useFinish(opening, model);
  useHistory(model, tell);
  const reload = useCallback(() => void loadState(opening), [opening]);
  const actions: Actions = {
    tell,
    openLink: () => void openLink(opening, model),
    openByLetter: (code) => void openByLetter(opening, code),
    reload,
    consent: (form, ticks) => void giveConsent(opening, form, ticks),
    declineConsent: (form) => void declineConsent(opening, form),
    language: (language) => void chooseLanguage(opening, model, language),
    own: useOwnPage(opening, model),
    leavePhone: () => void leavePhone(opening, model),
    leaving: useMemo(() => leaveActions(opening), [opening]),
    contact: useMemo(() => contactActions(opening), [opening]),
  };
  return { model, actions };
}

/** Reads the state when the page opens, or waits at the landing page; a new link in the address starts again. */
function useStart(opening: Opening): void {
  useEffect(() => {
    const { token, tryOut } = opening;
    if (token.current === undefined && tryOut.current === undefined) void loadState(opening);
    else void readInvitation(opening);
    const onNewLink = (): void => {
      const [link, wish] = [opening.world.token(), opening.world.tryOut()];
      if (link === undefined && wish === undefined) return;
      [token.current, tryOut.current] = [link, wish];
      opening.tell({ kind: "linkOpened", tries: wish !== undefined });
      if (wish !== undefined) void readInvitation(opening);
    };
    window.addEventListener("hashchange", onNewLink);
    return () => window.removeEventListener("hashchange", onNewLink);
  }, [opening]);
}

/** When every question has been passed and every answer is saved, the wave is finished. */
function useFinish(opening: Opening, model: Model): void {
  const { visit, outbox, busy, trouble } = model;
  const wave = visit?.form.wave;
  const ready = visit?.at === undefined && outbox.unsent.length === 0 && !busy && trouble === undefined;
  const consented = model.state?.consent.given !== undefined && model.stage === "ready";
  useEffect(() => {
    if (wave !== undefined && ready && consented) void finishWave(opening, wave);
  }, [opening, wave, ready, consented]);
}
