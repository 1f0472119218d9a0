import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import type { Session } from "./staff.ts";

/** Signs somebody out on one other device, or on all others; a session that is not theirs is nobody's. */
export async function endSessions(
  context: Pick<ServerContext, "store" | "staff" | "now">,
  session: Session,
  wanted: string | undefined,
): Promise<void> {
  const others = (await context.staff.sessions(session.staff)).filter(({ id }) => id !== session.id);
  const ended = wanted === undefined ? others : others.filter(({ id }) => id === wanted);
  if (ended.length === 0) return;
  await context.staff.end(ended);
  await recordEvent(context.store.db, {
    at: context.now(),
    actor: `staff:${session.staff.email}`,
    action: "staff.sessions-ended",
    detail: { sessions: ended.length },
  });
}
