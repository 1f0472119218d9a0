import type { Context, Hono } from "hono";
import { routePath } from "hono/route";
import type { ServerContext } from "../context.ts";
import type { RequestLine } from "../options.ts";

/**
 * Tells of every request once it has been answered. The address is told as the pattern that it matched, so neither ids
 * nor secrets nor what somebody searched for are among it; who asked is not told at all.
 */
export function tellRequests(app: Hono, { now, onRequest }: Pick<ServerContext, "now" | "onRequest">): void {
  if (onRequest === undefined) return;
  app.use("*", async (c, next) => {
    const at = now();
    await next();
    const line: RequestLine = {
      at,
      method: c.req.method,
      route: patternOf(c),
      status: c.res.status,
      ms: now() - at,
    };
    onRequest(line);
  });
}

/** The pattern of an address, such as `/api/studies/:study/people`; `*` when nothing is there. */
export function patternOf(c: Context): string {
  const pattern = routePath(c, -1);
  // What matched no route has matched the ones that see every request.
  return pattern === "/api/*" || pattern === "/*" ? "*" : pattern;
}
