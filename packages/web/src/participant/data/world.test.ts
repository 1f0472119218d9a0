import { webcrypto } from "node:crypto";
import { describe, expect, test } from "vitest";
import { preferredLanguage, wordsIn } from "../text/index.ts";
import { connect, troubleOf } from "./server.ts";
import { tokenIn, tryOutIn, uuidFrom } from "./world.ts";

describe("the link in the address", () => {
  test("is the fragment, and other fragments are not taken for one", () => {
    expect(tokenIn("#6tA_9-bcdefghijklmnopq")).toBe("6tA_9-bcdefghijklmnopq");
    expect(tokenIn("#main")).toBeUndefined();
    expect(tokenIn("")).toBeUndefined();
    expect(tokenIn("#%E0%A4%A")).toBeUndefined();
  });

  test("may be the wish to try a study, named or not, which is no personal link", () => {
    expect(tryOutIn("#try")).toEqual({});
    expect(tryOutIn("#try=exercise-and-pain-try")).toEqual({ study: "exercise-and-pain-try" });
    expect(tryOutIn("#6tA_9-bcdefghijklmnopq")).toBeUndefined();
    expect(tokenIn("#try=exercise-and-pain-try")).toBeUndefined();
  });
});

describe("an id made on the phone", () => {
  test("is a version 4 UUID, with and without randomUUID", () => {
    const plain = {
      getRandomValues: (bytes: Uint8Array) => webcrypto.getRandomValues(bytes),
    } as unknown as Crypto;
    for (const crypto of [webcrypto as Crypto, plain])
      expect(uuidFrom(crypto)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
  });
});

describe("what the server answers", () => {
  const reply = (status: number, body: string) =>
    connect(
      async () => new Response(body, { status, headers: { "content-type": "application/json" } }),
    ).state();

  test("a problem keeps its code; a page that is not JSON counts as no connection", async () => {
    expect(await reply(409, '{"code":"study.locked"}')).toEqual({
      kind: "problem",
      status: 409,
      code: "study.locked",
    });
    expect(await reply(502, "<html>")).toEqual({ kind: "unreachable" });
  });

  test("each problem has a page in words", () => {
    const kinds = [401, 500, 400].map((status) => troubleOf({ kind: "problem", status, code: "" }));
    expect(kinds).toEqual(["refused", "server", "refused"]);
    expect(troubleOf({ kind: "problem", status: 401, code: "session.none" })).toBe("no_link");
  });
});

describe("language", () => {
  test("Norwegian browsers get bokmål, all others English", () => {
    expect(preferredLanguage(["nn-NO", "en"])).toBe("nb");
    expect(preferredLanguage(["de", "no"])).toBe("nb");
    expect(preferredLanguage(["de", "en-GB", "nb"])).toBe("en");
    expect(preferredLanguage([])).toBe("en");
  });

  test("no text is left empty in either language", () => {
    for (const language of ["en", "nb"] as const)
      expect(JSON.stringify(wordsIn(language))).not.toMatch(/":""/);
  });
});
