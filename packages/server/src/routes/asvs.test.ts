import { type Endpoint, endpoints, type ParticipantState } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { consentTo, openWorld, protocolText, tokenOf, type Visitor, type World } from "../testing/world.ts";

afterAll(stopPostgres);

const STUDY = "pain";
const all = Object.entries<Endpoint>({ ...endpoints } as Record<string, Endpoint>);

/** The numbers are those of OWASP ASVS 5.0.0. */
describe.each(engines)("security, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  let staff: Visitor;
  let person: Visitor;
  beforeAll(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration: null });
    staff = await world.staff("owner@example.org");
    await staff.post("/api/studies", { protocol: protocolText, id: STUDY });
    const text = "Kari Secret, kari@secret.example";
    const { added } = await staff.post<{ added: { link: string }[] }>(`/api/studies/${STUDY}/people`, {
      text,
    });
    person = world.visitor();
    const token = tokenOf(added[0]?.link ?? "");
    const state = await person.post<ParticipantState>("/api/participant/session", { token });
    await person.post("/api/participant/consent", consentTo(state));
  });
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  const visitorOf = ({ who }: Endpoint): Visitor => (who === "participant" ? person : staff);
  const addressOf = (path: string, fill: (name: string) => string): string =>
    path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(fill(name)));
  const usual = (name: string): string => (name === "study" ? STUDY : "1");

  test("3.4.3: pages run no script that stands in them", async () => {
    for (const path of ["/", "/findings", "/nothing-here"]) {
      const response = await world.visitor().send("GET", path);
      expect(response.headers.get("content-security-policy")).toMatch(/script-src 'self'(;|$)/);
      const page = await response.text();
      expect(page).not.toMatch(/<script(?![^>]*\b(src|type="application\/ld\+json"))/);
      expect(page).not.toMatch(/<[^>]+\son\w+=/);
    }
  });

  test("3.5.1: nothing that a cookie opens is done or read for another site", async () => {
    const cross = { "sec-fetch-site": "cross-site", "content-type": "application/json" };
    for (const [name, endpoint] of all) {
      if (endpoint.who === "anyone" && endpoint.method === "GET") continue;
      const body = endpoint.method === "GET" ? undefined : "{}";
      const address = addressOf(endpoint.path, usual);
      const response = await visitorOf(endpoint).send(endpoint.method, address, body, cross);
      expect(response.status, name).toBe(403);
    }
  });

  test("3.5.2: a form of another site cannot send what is taken here", async () => {
    for (const [name, endpoint] of all.filter(([, { method }]) => method === "POST")) {
      const address = addressOf(endpoint.path, usual);
      const form = { "content-type": "application/x-www-form-urlencoded" };
      expect((await visitorOf(endpoint).send("POST", address, "a=b", form)).status, name).toBe(415);
    }
  });

  test("5.2.1: a body of more than four megabytes is refused", async () => {
    const body = JSON.stringify({ text: "x".repeat(4_000_001) });
    for (const path of [`/api/studies/${STUDY}/people`, "/api/participant/answers", "/api/staff/sign-in"])
      expect((await staff.problem("POST", path, body)).code).toBe("request.too-large");
  });

  test("7.2.4 and 7.4.1: signing in gives a new session, and signing out ends it on the server", async () => {
    const [one, two] = [await world.signedIn("a@example.org"), await world.signedIn("a@example.org")];
    const kept = new Map(one.cookies);
    expect([...kept.values()]).not.toEqual([...two.cookies.values()]);
    await one.post("/api/staff/sign-out");
    for (const [name, value] of kept) one.cookies.set(name, value);
    expect((await one.problem("GET", "/api/staff/me")).code).toBe("staff.not-signed-in");
  });

  test("14.2.1: no address of the contract holds a token, a code or who somebody is", () => {
    for (const [name, { path, query }] of all) {
      const keys = Object.keys((query as { shape?: object } | undefined)?.shape ?? {});
      const parameters = [...path.matchAll(/:(\w+)/g)].map(([, parameter = ""]) => parameter);
      expect([...keys, ...parameters].join(" "), name).not.toMatch(/token|code|mail|name|phone/i);
    }
  });

  test("14.3.2: a browser keeps nothing that the API answers, nor a page with somebody's link", async () => {
    for (const [name, endpoint] of all.filter(([, { method }]) => method === "GET")) {
      const response = await visitorOf(endpoint).send("GET", addressOf(endpoint.path, usual));
      expect(response.headers.get("cache-control"), name).toMatch(/no-store/);
    }
  });

  test("3.4.2: no other site is told that it may read an answer", async () => {
    for (const path of ["/api/studies/public", "/api/staff/me", "/", "/openapi.json"]) {
      const response = await staff.send("GET", path, undefined, { origin: "https://evil.example" });
      expect(response.headers.get("access-control-allow-origin"), path).toBeNull();
    }
  });
});
