import type { Endpoint, Need, Permission } from "@longwave/api";
import { rules } from "@longwave/api";
import type { Hono } from "hono";
import { enter, enterStudy, type Inside } from "../access/gate.ts";
import type { ServerContext } from "../context.ts";
import { type Call, callOf } from "./mount.ts";

/** Answers a row of the contract for staff outside studies, once the table of rules lets them in. */
export function mountStaff<Path extends string, Body, Query, Answer>(
  app: Hono,
  context: ServerContext,
  endpoint: Endpoint<Path, Body, Query, Answer>,
  handler: (call: Call<Path, Body, Query, Answer> & Pick<Inside, "session" | "staff">) => Promise<Response>,
): void {
  const needs = needOf(endpoint);
  if (isPermission(needs)) throw new Error(`${endpoint.path} needs ${needs}, which belongs to a study`);
  app.on(endpoint.method, endpoint.path, async (c) => {
    const session = await enter(context, c.req.raw, needs);
    return handler({ ...callOf(c, endpoint), session, staff: session.staff });
  });
}

/** Answers a row of the contract for staff inside the study of its path, once the table of rules lets them in. */
export function mountStudy<Path extends `${string}/:study${string}`, Body, Query, Answer>(
  app: Hono,
  context: ServerContext,
  endpoint: Endpoint<Path, Body, Query, Answer>,
  handler: (call: Call<Path, Body, Query, Answer> & Inside) => Promise<Response>,
): void {
  const needs = needOf(endpoint);
  if (!isPermission(needs)) throw new Error(`${endpoint.path} is of a study and needs a permission in it`);
  app.on(endpoint.method, endpoint.path as string, async (c) => {
    const inside = await enterStudy(context, c.req.raw, { study: c.req.param("study") ?? "", needs });
    return handler({ ...callOf(c, endpoint), ...inside });
  });
}

function needOf(endpoint: Endpoint): Need {
  if (endpoint.who === "staff") return endpoint.needs;
  throw new Error(`${endpoint.path} is not for staff: mount it without a rule`);
}

function isPermission(need: Need): need is Permission {
  return Object.hasOwn(rules, need);
}
