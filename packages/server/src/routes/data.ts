import { endpoints } from "@longwave/api";
import { sumsToSend } from "@longwave/source";
import { isLocked } from "@longwave/study";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { noSums } from "../standing/standing-sums.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { mountStudy } from "./mount-staff.ts";

/** The route of a study's own data. */
export function dataRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.downloadData, async (call) => {
    const { study, staff } = call;
    const job = { study: study.id, at: context.now(), software: context.version, actor: staff.email };
    const made = await context.exports.make(job);
    if (made === undefined) throw notLocked();
    return call.file(made.zip, made.name);
  });
  mountStudy(app, context, endpoints.downloadSums, async (call) => {
    const { study, staff, query } = call;
    if (!isLocked(study.phase)) throw notLocked();
    const { text, people } = sumsToSend(await context.standing.sumsOf(study, query().formula), SUMS_FLOOR);
    if (people === 0) throw noSums(`no group of ${SUMS_FLOOR} people or more`);
    await recordSums(context, { study: study.id, email: staff.email, formula: query().formula });
    return call.file(new TextEncoder().encode(text), `${study.id}-sums.json`);
  });
}

/** No group of people in a file of sums is smaller: sums of few people speak of them. */
const SUMS_FLOOR = 10;

interface TakenSums {
  readonly study: string;
  readonly email: string;
  readonly formula: string;
}

async function recordSums(context: ServerContext, { study, email, formula }: TakenSums): Promise<void> {
  await recordEvent(context.store.db, {
    at: context.now(),
    study,
    actor: `staff:${email}`,
    action: "sums.downloaded",
    detail: { formula },
  });
}

function notLocked() {
  return refuse(
    "data.not-locked",
    "a study whose data are locked",
    "one that still takes answers",
    "Lock it with two signatures first: an analysis chosen after looking at answers cannot confirm anything.",
  );
}
