import { randomUUID } from "node:crypto";
import type { SafetyRule } from "@longwave/study";
import type { Kysely } from "kysely";
import type { CommitQueue } from "../answers/commit-queue.ts";
import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { membersOf } from "../store/queries/members.ts";
import { addMessages, type NewMessage } from "../store/queries/outbox.ts";
import { addSafetyPause, harmReportsSince, safetyPauses } from "../store/queries/safety.ts";
import {
  allStudies,
  openPhases,
  type StudyRow,
  setPaused,
  studyById,
  takeStudy,
} from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

const DAY_MS = 86_400_000;

type Watching = Pick<ServerContext, "store" | "now" | "mail" | "compiler" | "log">;

/** A commit queue that looks at the safety of a study after each answer to a question about harm. */
export function watchingHarm(queue: CommitQueue, context: Watching): CommitQueue {
  return {
    drain: queue.drain,
    async submit(submission) {
      const outcomes = await queue.submit(submission);
      const study = await studyById(context.store.db, submission.study);
      const watched = study && ruleOf(context, study)?.items;
      if (watched && submission.answers.some(({ item }) => watched.includes(item)))
        await lookAtSafety(context, submission.study);
      return outcomes;
    },
  };
}

function ruleOf({ compiler }: Pick<Watching, "compiler">, study: StudyRow): SafetyRule | undefined {
  const counts = openPhases.includes(study.phase) && !study.simulated && study.pausedAt === undefined;
  return counts ? compiler.protocol(study).safety.pauseRule : undefined;
}

/** How many people have reported harm in the time of the rule, or since the study last went on, and of how many. */
export async function countHarm(
  { store, now }: Pick<Watching, "store" | "now">,
  study: string,
  rule: SafetyRule,
): Promise<{ readonly reported: number; readonly asked: number; readonly reached: boolean }> {
  const resumed = (await safetyPauses(store.db, study)).map(({ resumed_at }) => resumed_at ?? 0);
  const since = Math.max(now() - rule.withinDays * DAY_MS, ...resumed);
  const found = await harmReportsSince(store.db, study, { items: rule.items, since });
  const [reported, asked] = [found.reported.size, found.asked.size];
  const reached = reported >= rule.people && (rule.share === undefined || reported > rule.share * asked);
  return { reported, asked, reached };
}

/**
 * Pauses a study whose safety rule has been reached, and tells its managers and its contact at once. What has been
 * saved stays saved whatever happens here: a failure is written down, and the next look makes it good.
 */
export async function lookAtSafety(context: Watching, id: string): Promise<void> {
  try {
    const study = await studyById(context.store.db, id);
    const rule = study && ruleOf(context, study);
    if (!study || !rule) return;
    const { reported, reached } = await countHarm(context, id, rule);
    if (reached) await pauseForSafety(context, study, { rule, reported });
  } catch (error) {
    context.log(`looking at the safety of study ${id} failed and is tried again: ${String(error)}`);
  }
}

/** Looks at every study once: for reports that came just before the server stopped. */
export async function lookAtAllSafety(context: Watching): Promise<void> {
  for (const { id } of await allStudies(context.store.db)) await lookAtSafety(context, id);
}

async function pauseForSafety(
  context: Watching,
  study: StudyRow,
  { rule, reported }: { readonly rule: SafetyRule; readonly reported: number },
): Promise<void> {
  const at = context.now();
  const { withinDays } = rule;
  await context.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt } = await takeStudy(trx, study.id);
    if (pausedAt !== undefined || !openPhases.includes(phase)) return;
    await setPaused(trx, study.id, { from: at });
    const pause = { study: study.id, paused_at: at, people: reported, within_days: withinDays };
    await addSafetyPause(trx, { ...pause, resumed_at: null });
    const detail = { people: reported, withinDays };
    await recordEvent(trx, { at, study: study.id, actor: "safety rule", action: "study.paused", detail });
    await tellTeam(context, trx, { study, at, template: "safety_paused", key: `${at}`, parameters: detail });
  });
  context.mail.wake();
}

/** Decides a message to every owner and manager of a study and to its contact, each once. */
export async function tellTeam(
  { compiler }: Pick<Watching, "compiler">,
  trx: Kysely<Tables>,
  told: {
    readonly study: StudyRow;
    readonly at: number;
    readonly template: "safety_paused" | "harm_reported" | "retention_soon" | "retention_over";
    readonly key: string;
    readonly parameters: NewMessage["parameters"];
  },
): Promise<void> {
  const { study, at, template, parameters } = told;
  const leading = (await membersOf(trx, study.id)).filter(
    ({ role }) => role === "owner" || role === "manager",
  );
  const contact = compiler.protocol(study).contact.email.toLowerCase();
  const addresses = [...new Set([...leading.map(({ email }) => email), contact])];
  await addMessages(
    trx,
    addresses.map((email) => ({
      id: randomUUID(),
      key: `${template}:${study.id}:${told.key}:${email}`,
      study: study.id,
      template,
      parameters,
      recipient: { kind: "staff", id: email },
      language: "en",
      urgent: true,
      decidedAt: at,
      dueAt: at,
    })),
  );
}
