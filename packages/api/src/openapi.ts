import type { ZodType } from "zod";
import { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { problemSchema } from "./endpoints/shared.ts";
import { endpoints } from "./endpoints/table.ts";
import { problems } from "./problems.ts";

type Json = Readonly<Record<string, unknown>>;

const cookies = {
  participant: { name: "longwave_visit", overHttps: "__Host-longwave_visit" },
  staff: { name: "longwave.session_token", overHttps: "__Secure-longwave.session_token" },
} as const;

function cookieScheme({ name, overHttps }: { readonly name: string; readonly overHttps: string }): object {
  return { type: "apiKey", in: "cookie", name, description: `Over HTTPS it is called ${overHttps}.` };
}

/** The contract as an OpenAPI 3.1 document, made from the table of endpoints. */
export function openApiDocument(version = "0.1.0"): object {
  return {
    openapi: "3.1.0",
    info: {
      title: "Longwave",
      version,
      description:
        "Times are whole milliseconds since 1970 UTC. A request that changes something must be JSON and come from the same origin.",
    },
    paths: paths(),
    components: {
      schemas: { Problem: schemaOf(problemSchema) },
      securitySchemes: {
        participant: cookieScheme(cookies.participant),
        staff: cookieScheme(cookies.staff),
      },
    },
  };
}

function paths(): Json {
  const found: Record<string, Record<string, Json>> = {};
  for (const [name, endpoint] of Object.entries<Endpoint>({ ...endpoints } as Record<string, Endpoint>)) {
    const path = endpoint.path.replace(/:(\w+)/g, "{$1}");
    found[path] = { ...found[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return found;
}

function operation(name: string, endpoint: Endpoint): Json {
  return {
    operationId: name,
    summary: endpoint.summary,
    ...(endpoint.who === "anyone" ? { security: [] } : { security: [{ [endpoint.who]: [] }] }),
    parameters: [...pathParameters(endpoint.path), ...queryParameters(endpoint.query)],
    ...(endpoint.body ? { requestBody: { required: true, content: jsonContent(endpoint.body) } } : {}),
    responses: { [endpoint.answer.status]: success(endpoint), ...failures(endpoint) },
  };
}

function pathParameters(path: string): readonly Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: ZodType | undefined): readonly Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query) as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function success({ answer }: Endpoint): Json {
  switch (answer.kind) {
    case "json":
      return { description: "Done.", content: jsonContent(answer.schema) };
    case "html":
      return { description: "A page.", content: { "text/html": { schema: { type: "string" } } } };
    case "file":
      return {
        description: "A file.",
        content: { [answer.type]: { schema: { type: "string", contentMediaType: answer.type } } },
      };
    case "none":
      return { description: "Done; nothing to say." };
  }
}

/** One response for each status, naming the codes it can carry. */
function failures(endpoint: Endpoint): Json {
  const byStatus = new Map<number, string[]>();
  for (const code of endpoint.problems) {
    const { status, title } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${title}.`]);
  }
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    [...byStatus].map(([status, lines]) => [status, { description: lines.join(" "), content }]),
  );
}

function jsonContent(schema: ZodType): Json {
  return { "application/json": { schema: schemaOf(schema) } };
}

function schemaOf(schema: ZodType): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any" }) as Json;
  return rest;
}
