import type { Endpoint, PathParameters } from "./endpoint.ts";
import type { Endpoints } from "./endpoints/table.ts";
import { endpoints } from "./endpoints/table.ts";
import type { Problem } from "./problems.ts";
import { isProblem, problem } from "./problems.ts";

/** What a call of the client takes: the parameters of the path, a body and a query, as far as the row has them. */
export type CallInput<E> =
  E extends Endpoint<infer Path, infer Body, infer Query, unknown>
    ? (unknown extends PathParameters<Path> ? unknown : { readonly path: PathParameters<Path> }) &
        (unknown extends Body ? unknown : { readonly body: Body }) &
        (unknown extends Query ? unknown : { readonly query?: Query })
    : never;

/** What a call of the client resolves to. */
export type CallAnswer<E> =
  E extends Endpoint<string, infer _Body, infer _Query, infer Answer> ? Answer : never;

/** One function for each row of the contract; each rejects with an {@link ApiError}. */
export type Client = {
  readonly [Name in keyof Endpoints]: unknown extends CallInput<Endpoints[Name]>
    ? () => Promise<CallAnswer<Endpoints[Name]>>
    : (input: CallInput<Endpoints[Name]>) => Promise<CallAnswer<Endpoints[Name]>>;
};

/** A refusal by the server, with the problem it gave. */
export class ApiError extends Error {
  readonly problem: Problem;
  constructor(given: Problem) {
    super(`${given.title}. Expected ${given.expected}; found ${given.found}. ${given.remedy}`);
    this.name = "ApiError";
    this.problem = given;
  }
}

interface AnyInput {
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | undefined>>;
}

/**
 * A client with one typed function for each endpoint.
 *
 * @param options.baseUrl  where the server is; the page's own origin when left out.
 * @throws ApiError when the server refuses.
 */
export function createClient(options: {
  readonly baseUrl?: string;
  readonly fetch: (input: string, init: RequestInit) => Promise<Response>;
}): Client {
  const call = async (endpoint: Endpoint, input: AnyInput): Promise<unknown> => {
    const address = (options.baseUrl ?? "") + pathOf(endpoint, input) + queryOf(input.query);
    return readAnswer(endpoint, await options.fetch(address, requestInit(endpoint, input.body)));
  };
  const entries = Object.entries({ ...endpoints } as Record<string, Endpoint>).map(([name, endpoint]) => [
    name,
    (input: AnyInput = {}) => call(endpoint, input),
  ]);
  return Object.fromEntries(entries) as Client;
}

function pathOf(endpoint: Endpoint, input: AnyInput): string {
  return endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(input.path?.[name] ?? ""));
}

function queryOf(query: AnyInput["query"]): string {
  const given = Object.entries(query ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

function requestInit(endpoint: Endpoint, body: unknown): RequestInit {
  if (endpoint.method === "GET") return { method: "GET", credentials: "same-origin" };
  return {
    method: endpoint.method,
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  };
}

async function readAnswer(endpoint: Endpoint, response: Response): Promise<unknown> {
  if (!response.ok) throw new ApiError(await readProblem(response));
  switch (endpoint.answer.kind) {
    case "json":
      return endpoint.answer.schema.parse(await response.json());
    case "html":
      return response.text();
    case "file":
      return new Uint8Array(await response.arrayBuffer());
    case "none":
      return undefined;
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return body;
  return problem("server.failed", {
    expected: "an answer in the form of the contract",
    found: `status ${response.status} with something else`,
    remedy: "Try again; if it goes on, tell the person who runs the server.",
  });
}
