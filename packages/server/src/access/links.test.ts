import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readOrMakeKey } from "./key-file.ts";
import { linkPath, linkToken, sameToken, tokenHash } from "./links.ts";

const key = Buffer.alloc(32, 7);
const holder = { study: "s", id: "p", epoch: 1 };

describe("the token of a personal link", () => {
  test("is 128 bits that depend on the key, the study, the person and the epoch", () => {
    const token = linkToken(key, holder);
    expect(Buffer.from(token, "base64url")).toHaveLength(16);
    expect(linkToken(key, holder)).toBe(token);
    const others = [
      linkToken(Buffer.alloc(32, 8), holder),
      linkToken(key, { ...holder, study: "t" }),
      linkToken(key, { ...holder, id: "q" }),
      linkToken(key, { ...holder, epoch: 2 }),
    ];
    expect(new Set([token, ...others]).size).toBe(5);
  });

  test("travels in the fragment, which browsers never send", () => {
    expect(new URL(linkPath("TOKEN"), "http://localhost").pathname).toBe("/p");
  });

  test("is kept as a hash from which no link can be made", () => {
    expect(tokenHash(linkToken(key, holder))).not.toContain(linkToken(key, holder));
    expect(sameToken("a", "a")).toBe(true);
    expect(sameToken("a", "ab")).toBe(false);
  });
});

describe("a key file", () => {
  test("is made once, readable by its owner only, and read again afterwards", () => {
    const folder = mkdtempSync(join(tmpdir(), "longwave-key-"));
    const made = readOrMakeKey(join(folder, "some.key"));
    expect(made).toHaveLength(32);
    expect(statSync(join(folder, "some.key")).mode & 0o777).toBe(0o600);
    expect(readOrMakeKey(join(folder, "some.key"))).toEqual(made);
  });

  test("is never replaced when it holds something else", () => {
    const folder = mkdtempSync(join(tmpdir(), "longwave-key-"));
    writeFileSync(join(folder, "some.key"), "not a key");
    expect(() => readOrMakeKey(join(folder, "some.key"))).toThrow(/Put the right key file back/);
  });
});
