import type { Endpoint, PathParameters } from "@longwave/api";
import type { Context, Hono } from "hono";
import { addressOf } from "../access/address.ts";
import { checkSameSite } from "../access/same-origin.ts";
import { refuse } from "../errors.ts";
import { readBody } from "./read-body.ts";

/** What a handler gets: parsed parts of the request, and the way to present its answer. */
export interface Call<Path extends string, Body, Query, Answer> {
  readonly request: Request;
  /** Where the request came from, for limits; "local" without a socket. */
  readonly address: string;
  readonly path: PathParameters<Path>;
  /** @throws Refusal `request.invalid` */
  body(): Promise<Body>;
  /** @throws Refusal `request.invalid` */
  query(): Query;
  json(answer: Answer, cookies?: readonly (string | undefined)[]): Response;
  none(cookies?: readonly (string | undefined)[]): Response;
  html(page: string): Response;
  /** Bytes to be saved under a name. */
  file(bytes: Uint8Array, name: string): Response;
}

/** Answers one row of the contract that is not for staff with a handler of four steps: read, authorize, act, present. */
export function mount<Path extends string, Body, Query, Answer>(
  app: Hono,
  endpoint: Endpoint<Path, Body, Query, Answer>,
  handler: (call: Call<Path, Body, Query, Answer>) => Promise<Response>,
): void {
  if (endpoint.who === "staff")
    throw new Error(`${endpoint.path} is for staff: mount it where the table of rules is asked`);
  app.on(endpoint.method, endpoint.path, (c) => {
    if (endpoint.who === "participant") checkSameSite(c.req.raw);
    return handler(callOf(c, endpoint));
  });
}

/** A request of a row of the contract, with the ways to answer it. */
export function callOf<Path extends string, Body, Query, Answer>(
  c: Context,
  endpoint: Endpoint<Path, Body, Query, Answer>,
): Call<Path, Body, Query, Answer> {
  const { answer } = endpoint;
  return {
    request: c.req.raw,
    address: addressOf(c.req.raw, c.env),
    path: c.req.param() as PathParameters<Path>,
    body: async () => parseWith(endpoint.body, await readJson(c.req.raw, endpoint.largest), "body"),
    query: () => parseWith(endpoint.query, c.req.query(), "query"),
    json: (value, cookies = []) =>
      present(JSON.stringify(value), { status: answer.status, type: "application/json", cookies }),
    none: (cookies = []) => present(null, { status: 204, type: undefined, cookies }),
    html: (page) => present(page, { status: 200, type: "text/html; charset=utf-8", cookies: [] }),
    file: (bytes, name) => {
      if (answer.kind !== "file") throw new Error("the contract gives no file here, yet its handler does");
      const response = present(new Uint8Array(bytes), { status: 200, type: answer.type, cookies: [] });
      response.headers.set("content-disposition", `attachment; filename="${name}"`);
      return response;
    },
  };
}

interface Presentation {
  readonly status: number;
  readonly type: string | undefined;
  readonly cookies: readonly (string | undefined)[];
}

function present(
  body: string | Uint8Array<ArrayBuffer> | null,
  { status, type, cookies }: Presentation,
): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  if (type) headers.set("content-type", type);
  for (const cookie of cookies) if (cookie !== undefined) headers.append("set-cookie", cookie);
  return new Response(body, { status, headers });
}

async function readJson(request: Request, largest?: number): Promise<unknown> {
  const text = await readBody(request, largest);
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(
      "request.invalid",
      "a body of JSON",
      text === "" ? "nothing" : "text that is not JSON",
      "Send JSON.",
    );
  }
}

interface Parser<T> {
  safeParse(value: unknown): ParseResult<T>;
}
type ParseResult<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function parseWith<T>(schema: Parser<T> | undefined, value: unknown, part: string): T {
  if (!schema) throw new Error(`the contract has no ${part} here, yet its handler reads one`);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.map(String).join(".") || part}: ${issue.message}`);
  throw refuse(
    "request.invalid",
    `a ${part} as in /openapi.json`,
    issues.join("; "),
    "Mend these and send it again.",
  );
}
