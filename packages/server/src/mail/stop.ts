import { createHmac } from "node:crypto";
import type { Language } from "@longwave/api";
import { sameToken } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { leave } from "../people/leave.ts";
import { anyMessageById } from "../store/queries/outbox.ts";

/** The address that stops messages: of one message, not of the person, and good for nothing else. */
export function stopPath(linkKey: Buffer, message: string): string {
  return `/stop/${message}.${markOf(linkKey, message)}`;
}

function markOf(linkKey: Buffer, message: string): string {
  const text = JSON.stringify(["stop", message]);
  return createHmac("sha256", linkKey).update(text).digest().subarray(0, 16).toString("base64url");
}

/** Whose messages an address stops, and the language of their pages; undefined when it is not one of ours. */
export async function stopOf(
  context: Pick<ServerContext, "store" | "linkKey">,
  token: string,
): Promise<{ readonly study: string; readonly person: string; readonly language: Language } | undefined> {
  const [id = "", mark = ""] = token.split(".");
  if (!sameToken(mark, markOf(context.linkKey, id))) return undefined;
  const message = await anyMessageById(context.store.db, id);
  if (message?.recipient.kind !== "person") return undefined;
  return { study: message.study, person: message.recipient.id, language: message.language };
}

/** From now on the person gets only what they ask for; what waits for them is cancelled. */
export async function stopFor(
  context: Pick<ServerContext, "store" | "now" | "log" | "mail">,
  { study, person }: { readonly study: string; readonly person: string },
): Promise<void> {
  await leave(context, { study, person, way: "stop_contact", actor: `person:${person}` });
}
