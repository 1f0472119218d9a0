import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ApiError, createClient } from "./client.ts";
import type { Endpoint } from "./endpoint.ts";
import { personStates } from "./endpoints/people.ts";
import { endpoints } from "./endpoints/table.ts";
import { openApiDocument } from "./openapi.ts";
import { isProblem, problem, problems } from "./problems.ts";

const rows = Object.entries({ ...endpoints } as Record<string, Endpoint>);
const manual = readFileSync(new URL("../../../docs/problems-api.md", import.meta.url), "utf8");

describe("the problem codes", () => {
  test.each(Object.entries(problems))(
    "%s is explained in docs/problems-api.md with its status",
    (code, { status }) => {
      expect(manual).toContain(`## \`${code}\` (${status})`);
    },
  );

  test("in the manual are all in use", () => {
    const explained = [...manual.matchAll(/^## `([^`]+)`/gm)].map(([, code]) => code);
    expect(explained).toEqual(Object.keys(problems));
  });

  test("are told from other JSON", () => {
    expect(isProblem(problem("run.not-found", { expected: "a", found: "b", remedy: "c" }))).toBe(true);
    for (const other of [null, 7, {}, { code: "no.such-code" }, { code: "toString" }])
      expect(isProblem(other)).toBe(false);
  });
});

describe("the table of endpoints", () => {
  test("has every method and path once", () => {
    const keys = rows.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("asks staff to sign in and participants for their visit wherever it says who may call", () => {
    for (const [name, { who, problems: codes }] of rows) {
      if (who === "staff") expect(codes, name).toContain("staff.not-signed-in");
      if (who === "participant" && name !== "closeSession") expect(codes, name).toContain("session.none");
    }
  });
});

describe("the OpenAPI document", () => {
  const document = openApiDocument() as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string }>>;
  };

  test("is of version 3.1 and has every row of the table", () => {
    expect(document.openapi).toBe("3.1.0");
    const operations = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((each) => each.operationId),
    );
    expect(operations.sort()).toEqual(rows.map(([name]) => name).sort());
  });

  test("is plain JSON without anything undefined", () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});

describe("the client", () => {
  const answering = (body: unknown, status = 200) => {
    const calls: { url: string; init: RequestInit }[] = [];
    const fetch = async (url: string, init: RequestInit): Promise<Response> => {
      calls.push({ url, init });
      return new Response(body === undefined ? null : JSON.stringify(body), { status });
    };
    return { calls, client: createClient({ baseUrl: "http://localhost", fetch }) };
  };

  test("puts parameters into the path and the query, escaped", async () => {
    const counts = Object.fromEntries(personStates.map((state) => [state, 0]));
    const { calls, client } = answering({ people: [], total: 0, counts, askedAnew: 0, erasureRequests: [] });
    await client.people({ path: { study: "a/b" }, query: { search: "å & b" } });
    expect(calls[0]?.url).toBe("http://localhost/api/studies/a%2Fb/people?search=%C3%A5+%26+b");
  });

  test("sends JSON and reads the answer with the contract's schema", async () => {
    const { calls, client } = answering({ link: "/p#TOKEN" }, 201);
    expect(await client.tryStudy({ body: {} })).toEqual({ link: "/p#TOKEN" });
    expect(calls[0]?.init).toMatchObject({
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    await expect(answering({ link: 7 }).client.tryStudy({ body: {} })).rejects.toThrow(/expected string/i);
  });

  test("rejects with the problem that the server gave, or one that says it gave none", async () => {
    const given = problem("staff.not-signed-in", { expected: "a", found: "b", remedy: "c" });
    await expect(answering(given, 401).client.me()).rejects.toMatchObject({ problem: given });
    await expect(answering({ oops: 1 }, 502).client.me()).rejects.toThrow(ApiError);
  });

  test("gives nothing where the contract has no answer", async () => {
    expect(await answering(undefined, 204).client.signOut()).toBeUndefined();
  });
});
