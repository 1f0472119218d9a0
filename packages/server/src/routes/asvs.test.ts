import { type Endpoint, endpoints, importLimits, type ParticipantState } from "@longwave/api";
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
    expect((await staff.send("POST", `/p/x/comments`, "x".repeat(200_001))).status).toBe(413);
  });

  test("5.2.1: a panel file is counted while it arrives, its rows and columns before it is read, and a stranger's not at all", async () => {
    const look = `/api/studies/${STUDY}/imports/look`;
    const refusal = async (csv: string) => await staff.problem("POST", look, { csv });
    expect(await refusal("x".repeat(importLimits.bytes))).toMatchObject({
      code: "request.too-large",
      expected: "a body of at most 16 MB",
      remedy: "Send it in parts.",
    });
    expect((await refusal("a\n".repeat(importLimits.rows + 3))).found).toMatch(/^200003 lines/);
    expect((await refusal("a,".repeat(importLimits.columns))).found).toMatch(/^2001 columns/);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        controller.enqueue(new Uint8Array(100_000).fill(97));
      },
    });
    const json = { "content-type": "application/json" };
    const request = (headers: Record<string, string>, stream: ReadableStream<Uint8Array>) =>
      world.server.fetch(
        new Request(`http://127.0.0.1${look}`, {
          method: "POST",
          headers,
          body: stream,
          duplex: "half",
        } as RequestInit),
      );
    expect((await request(json, body)).status).toBe(401);
    expect(sent, "of a stranger's file next to nothing is taken").toBeLessThan(3);
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
