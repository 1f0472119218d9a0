import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { emailIndex } from "../vault/cipher.ts";
import { openEmail, sealEmail } from "./sealed-email.ts";

const key = randomBytes(32);

test("an address is sealed so that only the key and the comment's own name open it", () => {
  const sealed = sealEmail(key, "comment-1", "kari@example.org");
  expect(sealed).not.toContain("kari");
  expect(openEmail(key, "comment-1", sealed)).toBe("kari@example.org");
  expect(() => openEmail(key, "comment-2", sealed)).toThrow();
  expect(() => openEmail(randomBytes(32), "comment-1", sealed)).toThrow();
  expect(sealEmail(key, "comment-1", "kari@example.org")).not.toBe(sealed);
});

test("a fingerprint knows the same address again, however it is written, and no other", () => {
  expect(emailIndex(key, " Kari@Example.org ")).toBe(emailIndex(key, "kari@example.org"));
  expect(emailIndex(key, "ola@example.org")).not.toBe(emailIndex(key, "kari@example.org"));
});
