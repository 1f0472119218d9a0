import type { CodeRefusal, OwnPage } from "../state/own-page.ts";
import type { Opening } from "./opening.ts";
import { withSession } from "./opening.ts";
import type { Reply } from "./server.ts";
import { troubleOf } from "./server.ts";

/** Which copy of everything: to read, or for a computer. */
export type CopyKind = "read" | "computer";

/** Opens the page of one's own answers, or the question for a code. */
export async function openOwnPage(opening: Opening): Promise<void> {
  show(opening, { kind: "loading" });
  await ask(opening, () => opening.world.server.ownRecord());
}

/** Shows or hides the picture of one's own sessions. */
export async function chooseSessions(opening: Opening, wanted: boolean): Promise<void> {
  await ask(opening, () => opening.world.server.chooseSessions(wanted));
}

async function ask(
  opening: Opening,
  request: () => ReturnType<Opening["world"]["server"]["ownRecord"]>,
): Promise<void> {
  opening.tell({ kind: "began" });
  const reply = await withSession(opening, request);
  if (reply.kind === "ok") show(opening, { kind: "shown", record: reply.value });
  else if (isUnverified(reply)) show(opening, { kind: "code" });
  else show(opening, { kind: "trouble", trouble: troubleOf(reply) });
}

/** Asks for a code by e-mail, or on the page itself in a study that anyone may try. */
export async function askForCode(opening: Opening, onPage: boolean): Promise<void> {
  const { server } = opening.world;
  opening.tell({ kind: "began" });
  if (onPage) {
    const reply = await withSession(opening, () => server.shownCode());
    if (reply.kind !== "ok") return codeTrouble(opening, reply);
    return show(opening, { kind: "code", minutes: reply.value.minutes, shown: reply.value.code });
  }
  const reply = await withSession(opening, () => server.requestCode());
  if (reply.kind !== "ok") return codeTrouble(opening, reply);
  show(opening, { kind: "code", minutes: reply.value.minutes });
}

/** Sends the code that was typed; when it fits, the page opens. */
export async function typeCode(
  opening: Opening,
  code: string,
  before: Extract<OwnPage, { readonly kind: "code" }>,
): Promise<void> {
  const { refusal: _earlier, ...asked } = before;
  if (!/\d/.test(code)) return show(opening, { ...asked, refusal: "empty" });
  opening.tell({ kind: "began" });
  const reply = await withSession(opening, () => opening.world.server.redeemCode(code));
  if (reply.kind === "ok") return openOwnPage(opening);
  const refusal = refusalOf(reply);
  if (refusal === undefined) return codeTrouble(opening, reply);
  show(opening, { ...asked, refusal });
}

/** Fetches a copy of everything and gives it to the browser as a file. */
export async function takeCopy(
  opening: Opening,
  kind: CopyKind,
  at: { readonly own: Extract<OwnPage, { readonly kind: "shown" }>; readonly fileName: string },
): Promise<void> {
  const { server, saveFile } = opening.world;
  opening.tell({ kind: "began" });
  const reply = await withSession(opening, () => (kind === "read" ? server.ownCopyPage() : server.ownCopy()));
  if (reply.kind === "ok") {
    const [ending, type] = kind === "read" ? ["html", "text/html"] : ["json", "application/json"];
    saveFile(`${at.fileName}.${ending}`, reply.value, `${type};charset=utf-8`);
    return show(opening, { kind: "shown", record: at.own.record });
  }
  if (isUnverified(reply)) return show(opening, { kind: "code" });
  show(opening, { ...at.own, copyFailed: true });
}

type Failed = Exclude<Reply<unknown>, { kind: "ok" }>;

/** Whether a reply asks for a one-time code. */
export function isUnverified(reply: Failed): boolean {
  return reply.kind === "problem" && reply.code === "session.not-verified";
}

/** What is wrong with a code, when that is what a reply says. */
export function refusalOf(reply: Failed): CodeRefusal | undefined {
  if (reply.kind !== "problem") return undefined;
  if (reply.code === "code.wrong" || reply.code === "request.invalid") return "wrong";
  return reply.code === "request.too-many" ? "tooMany" : undefined;
}

function codeTrouble(opening: Opening, reply: Failed): void {
  const refusal = refusalOf(reply);
  const trouble: OwnPage = { kind: "trouble", trouble: troubleOf(reply) };
  show(opening, refusal === undefined ? trouble : { kind: "code", refusal });
}

function show(opening: Opening, own: OwnPage): void {
  opening.tell({ kind: "own", own });
}
