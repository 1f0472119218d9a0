import type { LeaveRequest } from "@longwave/api";
import type { LeavePage } from "../state/leave-page.ts";
import type { OwnPage } from "../state/own-page.ts";
import type { Opening } from "./opening.ts";
import { withSession } from "./opening.ts";
import { isUnverified, refusalOf } from "./own-page.ts";
import type { Reply } from "./server.ts";
import { troubleOf } from "./server.ts";

/** What the pages of leaving can do; each gives the page that comes next. */
export interface LeaveActions {
  readonly leave: (way: LeaveRequest["way"]) => Promise<LeavePage>;
  readonly askForCode: (onPage: boolean) => Promise<LeavePage>;
  readonly typeCode: (code: string, asked: CodeAsked) => Promise<LeavePage>;
  readonly print: () => void;
}

type CodeAsked = Extract<OwnPage, { readonly kind: "code" }>;

/** The ways to leave, by the server of this page. */
export function leaveActions(opening: Opening): LeaveActions {
  return {
    leave: (way) => leave(opening, way),
    askForCode: (onPage) => askForCode(opening, onPage),
    typeCode: (code, asked) => typeCode(opening, code, asked),
    print: () => opening.world.print(),
  };
}

async function leave(opening: Opening, way: LeaveRequest["way"]): Promise<LeavePage> {
  const reply = await withSession(opening, () => opening.world.server.leave(way));
  if (reply.kind === "ok") return { kind: "done", receipt: reply.value };
  if (isUnverified(reply)) return { kind: "code", asked: { kind: "code" } };
  return failed(reply, way === "ask_erase" ? "erase" : way);
}

async function askForCode(opening: Opening, onPage: boolean): Promise<LeavePage> {
  const { server } = opening.world;
  const reply = await withSession<{ readonly minutes: number; readonly code?: string }>(opening, () =>
    onPage ? server.shownCode() : server.requestCode(),
  );
  if (reply.kind !== "ok") return refused(reply, { kind: "code" });
  const { minutes, code } = reply.value;
  return { kind: "code", asked: { kind: "code", minutes, ...(code === undefined ? {} : { shown: code }) } };
}

async function typeCode(opening: Opening, code: string, before: CodeAsked): Promise<LeavePage> {
  const { refusal: _earlier, ...asked } = before;
  if (!/\d/.test(code)) return { kind: "code", asked: { ...asked, refusal: "empty" } };
  const reply = await withSession(opening, () => opening.world.server.redeemCode(code));
  return reply.kind === "ok" ? leave(opening, "erase") : refused(reply, asked);
}

type Failed = Exclude<Reply<unknown>, { kind: "ok" }>;

function refused(reply: Failed, asked: CodeAsked): LeavePage {
  const refusal = refusalOf(reply);
  return refusal === undefined ? failed(reply, "erase") : { kind: "code", asked: { ...asked, refusal } };
}

function failed(reply: Failed, way: "stop_contact" | "stop_keep" | "erase"): LeavePage {
  return { kind: "confirm", way, trouble: troubleOf(reply) };
}
