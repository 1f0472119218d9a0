import { endpoints } from "@longwave/api";
import type { Hono } from "hono";
import type { ServerContext } from "../context.ts";
import { importsOf, lookAtFile, startImport } from "../imports/console.ts";
import { mountStudy } from "./mount-staff.ts";

/** The routes of files that are imported into a study. */
export function importRoutes(app: Hono, context: ServerContext): void {
  mountStudy(app, context, endpoints.lookAtImport, async (call) => {
    const file = await call.body();
    return call.json(await lookAtFile(context, call, file));
  });
  mountStudy(app, context, endpoints.startImport, async (call) => {
    const request = await call.body();
    return call.json(await startImport(context, call, request));
  });
  mountStudy(app, context, endpoints.imports, async (call) =>
    call.json(await importsOf(context, call.study)),
  );
}
