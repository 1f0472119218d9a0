import {
  type Endpoint,
  endpoints,
  openApiDocument,
  type ParticipantState,
  type PeoplePage,
} from "@longwave/api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { type JsonSchema, valuesOf } from "../testing/from-schema.ts";
import { consentTo, openWorld, protocolText, tokenOf, type Visitor, type World } from "../testing/world.ts";

afterAll(stopPostgres);

const STUDY = "pain";
const RUNS = { sqlite: 6, postgres: 3 } as const;
/** What ends a session or a membership comes after everything that needs one. */
const LAST = ["beginSecondFactor", "endSessions", "leaveStudy", "removeMember"];
const NEVER = ["signOut", "closeSession"];
const all = Object.entries<Endpoint>({ ...endpoints } as Record<string, Endpoint>)
  .filter(([name]) => !NEVER.includes(name))
  .sort(([one], [other]) => LAST.indexOf(one) - LAST.indexOf(other));

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: JsonSchema }[];
  readonly requestBody?: {
    readonly content: { readonly "application/json": { readonly schema: JsonSchema } };
  };
}

function operationOf({ method, path }: Endpoint): Operation {
  const { paths } = openApiDocument() as { paths: Record<string, Record<string, Operation>> };
  const found = paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
  if (!found) throw new Error(`${method} ${path} is not in the document`);
  return found;
}

const nasty = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom("", "\0", "'--", "../x", "=1+1", "💥", "\ud800", "__proto__"),
);
const anything = fc.oneof(
  nasty,
  fc.integer(),
  fc.constant(null),
  fc.boolean(),
  fc.array(nasty, { maxLength: 3 }),
);

/** Bodies that fit the schema, bodies with its fields and anything in them, and any JSON. */
function bodiesFor({ requestBody }: Operation, known: readonly string[]): fc.Arbitrary<unknown> {
  const schema = requestBody?.content["application/json"].schema ?? {};
  const names = Object.keys(schema.properties ?? { a: 1 });
  const garbled = fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });
  return fc.oneof({ weight: 3, arbitrary: valuesOf(schema, known) }, garbled, fc.jsonValue());
}

function queriesFor(
  { parameters }: Operation,
  known: readonly string[],
): fc.Arbitrary<Record<string, string>> {
  const fields = parameters
    .filter((each) => each.in === "query")
    .map(({ name, schema }) => [name, fc.oneof(valuesOf(schema, known).map(String), nasty)]);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>;
}

describe.each(engines)("whatever is sent to any endpoint, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  let staff: Visitor;
  let person: Visitor;
  let known: readonly string[];
  beforeAll(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration: null });
    staff = await world.staff("owner@example.org");
    await staff.post("/api/studies", { protocol: protocolText, id: STUDY });
    const text = "Kari Secret, kari@secret.example\nOla Secret";
    const { added } = await staff.post<{ added: { id: string; link: string }[] }>(
      `/api/studies/${STUDY}/people`,
      { text },
    );
    person = world.visitor();
    const state = await person.post<ParticipantState>("/api/participant/session", {
      token: tokenOf(added[0]?.link ?? ""),
    });
    await person.post("/api/participant/consent", consentTo(state));
    const ids = added.slice(1).map(({ id }) => id);
    known = [STUDY, "w1", "pain_vrs", "en", "Europe/Oslo", "2026-03-02", "1", "new@example.org", ...ids];
  });
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  test("no request makes the server fail, and 16.2.5: none writes a name or an address into the log", async () => {
    for (const [name, endpoint] of all) {
      const operation = operationOf(endpoint);
      const asked = fc.record({
        body: bodiesFor(operation, known),
        part: fc.oneof(fc.constantFrom(...known), nasty),
        query: queriesFor(operation, known),
      });
      await fc.assert(
        fc.asyncProperty(asked, async ({ body, part, query }) => {
          const fill = (key: string): string =>
            encodeURIComponent(wellFormed(key === "study" ? STUDY : part));
          const path = endpoint.path.replace(/:(\w+)/g, (_, key: string) => fill(key));
          const address = `${path}?${new URLSearchParams(query)}`;
          const visitor = endpoint.who === "participant" ? person : staff;
          const sent = endpoint.method === "GET" ? undefined : JSON.stringify(body);
          const response = await visitor.send(endpoint.method, address, sent);
          expect(response.status, `${name} ${address} ${sent} ${await response.text()}`).toBeLessThan(500);
        }),
        { numRuns: RUNS[engine], seed: 11 },
      );
    }
    await staff.get<PeoplePage>(`/api/studies/${STUDY}/people?search=secret`);
    expect(world.lines.join("\n")).not.toMatch(/secret|owner@example|Kari/i);
  });
});

/** Half a letter has no place in an address. */
const wellFormed = (text: string): string => Buffer.from(text).toString("utf8");
