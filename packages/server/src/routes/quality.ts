import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { qualityPage } from "../quality/flags.ts";
import { answerQuery, followQuery, openQuery, queriesPage } from "../quality/queries.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of looking after data: flagged forms, and queries on single answers. */
export function qualityRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.quality, async (call) =>
    call.json(await qualityPage(context, call, call.query())),
  );
  mountStudy(app, context, endpoints.queries, async (call) =>
    call.json(await queriesPage(context, call, call.query().state)),
  );
  mountStudy(app, context, endpoints.openQuery, async (call) => {
    const request = await call.body();
    return call.json(await openQuery(context, call, request));
  });
  mountStudy(app, context, endpoints.answerQuery, async (call) => {
    const request = await call.body();
    return call.json(await answerQuery(context, call, { query: call.path.query, request }));
  });
  mountStudy(app, context, endpoints.followQuery, async (call) => {
    const request = await call.body();
    return call.json(await followQuery(context, call, { query: call.path.query, request }));
  });
}
