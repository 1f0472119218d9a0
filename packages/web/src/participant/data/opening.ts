import type { ParticipantState, PublicStudy } from "@longwave/api";
import type { ConsentForm } from "@longwave/study/answering";
import type { Happening, Model } from "../state/model.ts";
import type { Language } from "../text/index.ts";
import type { Reply } from "./server.ts";
import { troubleOf } from "./server.ts";
import { bringBack } from "./use-kept.ts";
import type { TryOut, World } from "./world.ts";
import { tokenIn } from "./world.ts";

/** The means of every request: the world, where to tell what happened, and the link of this visit. */
export interface Opening {
  readonly world: World;
  readonly tell: (happening: Happening) => void;
  /** Kept in memory only, so that a visit that outlives its cookie can go on. */
  readonly token: { current: string | undefined };
  /** The wish to try a study, until a personal link has been made for it. */
  readonly tryOut: { current: TryOut | undefined };
}

/** Reads what is open for the person of this visit. */
export async function loadState(opening: Opening): Promise<void> {
  opening.tell({ kind: "began" });
  const reply = await withSession(opening, () => opening.world.server.state());
  if (reply.kind === "problem" && troubleOf(reply) === "no_link") await readInvitation(opening);
  if (reply.kind === "unreachable" && (await bringBack(opening, { token: undefined }))) return;
  if (reply.kind === "ok") await bringBack(opening, { holder: reply.value.holder });
  tellState(opening, reply);
}

/** Exchanges the personal link for a visit, on the press of the button and not before. */
export async function openLink(opening: Opening, model: Model): Promise<void> {
  if (opening.tryOut.current !== undefined && !(await makeLink(opening, opening.tryOut.current))) return;
  const token = opening.token.current;
  if (token === undefined) return loadState(opening);
  opening.tell({ kind: "began" });
  const { server, timeZone } = opening.world;
  const reply = await server.openSession(token, timeZone);
  if (reply.kind === "unreachable" && (await bringBack(opening, { token }))) return;
  if (reply.kind === "ok") {
    await bringBack(opening, { holder: reply.value.holder });
    opening.world.clearToken();
    showOwnLink(opening, reply.value, token);
  }
  if (reply.kind === "ok" && wantsOtherLanguage(reply.value, model.language)) {
    tellState(opening, await server.state(model.language));
    return;
  }
  tellState(opening, reply);
}

/** Exchanges the code of a letter for a visit. What this phone may keep of earlier visits is not brought back. */
export async function openByLetter(opening: Opening, code: string): Promise<void> {
  opening.tell({ kind: "began" });
  const { server, timeZone } = opening.world;
  tellState(opening, await server.openByLetter(code, timeZone));
}

/** Makes the personal link of somebody who only tries; from then on there is no difference. */
async function makeLink(opening: Opening, wanted: TryOut): Promise<boolean> {
  opening.tell({ kind: "began" });
  const reply = await opening.world.server.tryStudy(wanted.study);
  if (reply.kind !== "ok") {
    opening.tell({ kind: "failed", trouble: troubleOf(reply) });
    return false;
  }
  const { link } = reply.value;
  opening.token.current = tokenIn(link.slice(link.indexOf("#")));
  opening.tryOut.current = undefined;
  return true;
}

/** No message holds the link of somebody who tries, so the page has to show it. */
function showOwnLink({ world, tell }: Opening, state: ParticipantState, token: string): void {
  if (state.study.tryIt) tell({ kind: "linkKnown", link: world.addressOf(`/p#${token}`) });
}

/** The language chosen on the landing page holds for the consent page; afterwards the person's own does. */
function wantsOtherLanguage(state: ParticipantState, language: Language): boolean {
  return (
    state.consent.given === undefined && state.language !== language && state.languages.includes(language)
  );
}

/** The study for the landing page: the one to try, or the only one that is open, so that it cannot be wrong. */
export async function readInvitation(opening: Opening): Promise<void> {
  const reply = await opening.world.server.publicStudies();
  if (reply.kind !== "ok") return;
  const hasLink = opening.token.current !== undefined;
  const { title, question } = (hasLink ? onlyOpen(reply.value) : toTry(reply.value, opening)) ?? {};
  if (title !== undefined && question !== undefined) opening.tell({ kind: "invited", title, question });
  else if (opening.tryOut.current !== undefined) opening.tell({ kind: "failed", trouble: "no_link" });
}

function onlyOpen(studies: readonly PublicStudy[]): PublicStudy | undefined {
  const open = studies.filter((study) => study.phase === "recruiting" || study.phase === "running");
  return open.length === 1 ? open[0] : undefined;
}

function toTry(studies: readonly PublicStudy[], { tryOut }: Opening): PublicStudy | undefined {
  const wanted = tryOut.current?.study;
  return studies.find((study) => study.tryIt && (wanted === undefined || study.id === wanted));
}

/** Shows the page in another language; on the consent page the study's own words follow. */
export async function chooseLanguage(opening: Opening, model: Model, language: Language): Promise<void> {
  // A consent on its way holds for the words it was given to; another language must not overtake it.
  if (model.busy) return;
  opening.tell({ kind: "language", language });
  if (model.state === undefined) return;
  opening.tell({ kind: "began" });
  tellState(opening, await withSession(opening, () => opening.world.server.state(language)));
}

/** Gives consent to exactly the words on the screen. */
export async function giveConsent(
  opening: Opening,
  form: ConsentForm,
  ticks: Readonly<Record<string, boolean>>,
): Promise<void> {
  opening.tell({ kind: "began" });
  const { server, timeZone } = opening.world;
  const { hash, version, language } = form;
  const reply = await withSession(opening, () =>
    server.consent({ hash, version, language, timeZone, ticks }),
  );
  // The words changed while they were being read: they are shown again, and nothing is ticked.
  if (reply.kind === "problem" && reply.code === "consent.form-changed") {
    tellState(opening, await server.state(language));
    return;
  }
  tellState(opening, reply);
}

/** Stays under the consent given before; the new one is not asked for again. */
export async function declineConsent(opening: Opening, form: ConsentForm): Promise<void> {
  opening.tell({ kind: "began" });
  const { server } = opening.world;
  const { hash, version, language } = form;
  const reply = await withSession(opening, () => server.declineConsent({ hash, version, language }));
  const outdated = reply.kind === "problem" && reply.code.startsWith("consent.");
  tellState(opening, outdated ? await server.state(language) : reply);
}

/** Says that the wave is done; when the server still misses an answer, goes to that question. */
export async function finishWave(opening: Opening, wave: string): Promise<void> {
  opening.tell({ kind: "began" });
  const reply = await withSession(opening, () => opening.world.server.finish(wave));
  if (reply.kind === "problem" && reply.code === "wave.unanswered") return loadState(opening);
  tellState(opening, reply);
}

/** Ends the visit on this phone and deletes what it kept of this person. */
export async function leavePhone(opening: Opening, model: Model): Promise<void> {
  opening.tell({ kind: "began" });
  if (model.state !== undefined) await opening.world.kept.remove(model.state.holder);
  opening.token.current = undefined;
  const reply = await opening.world.server.signOut();
  opening.tell({ kind: "left", reached: reply.kind === "ok" });
}

/** Makes a request, and once more with the link in memory when the visit has ended meanwhile. */
export async function withSession<T>(opening: Opening, ask: () => Promise<Reply<T>>): Promise<Reply<T>> {
  const reply = await ask();
  const token = opening.token.current;
  if (reply.kind !== "problem" || reply.code !== "session.none" || token === undefined) return reply;
  const { server, timeZone } = opening.world;
  const renewed = await server.openSession(token, timeZone);
  return renewed.kind === "ok" ? ask() : renewed;
}

function tellState(opening: Opening, reply: Reply<ParticipantState>): void {
  if (reply.kind === "ok") opening.tell({ kind: "opened", state: reply.value });
  else opening.tell({ kind: "failed", trouble: troubleOf(reply) });
}
