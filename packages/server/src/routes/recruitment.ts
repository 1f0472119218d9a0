import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { likelyDuplicates, markTwo } from "../joining/duplicates.ts";
import { recruitmentPage, switchOpenLink } from "../joining/recruitment.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of how people come into a study. */
export function recruitmentRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.recruitment, async (call) =>
    call.json(await recruitmentPage(context, call.study)),
  );
  mountStudy(app, context, endpoints.switchOpenLink, async (call) => {
    const { open } = await call.body();
    return call.json(await switchOpenLink(context, call, open));
  });
  mountStudy(app, context, endpoints.likelyDuplicates, async (call) =>
    call.json({ duplicates: await likelyDuplicates(context, call) }),
  );
  mountStudy(app, context, endpoints.markDuplicate, async (call) => {
    const mark = await call.body();
    return call.json({ duplicates: await markTwo(context, call, mark) });
  });
}
