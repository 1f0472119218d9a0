import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
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
}

function notLocked() {
  return refuse(
    "data.not-locked",
    "a study whose data are locked",
    "one that still takes answers",
    "Lock it with two signatures first: an analysis chosen after looking at answers cannot confirm anything.",
  );
}
