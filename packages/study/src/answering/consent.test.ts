import { describe, expect, test } from "vitest";
import { compileConsent } from "../consent/compile-consent.ts";
import { flagship } from "../testing/flagship.ts";
import { checkConsent } from "./consent.ts";

const form = compileConsent(flagship, "en");

describe("checkConsent", () => {
  test("needs only the first box", () => {
    expect(checkConsent(form, { take_part: true })).toEqual({ ok: true });
    expect(checkConsent(form, { take_part: true, reminders: false })).toEqual({ ok: true });
  });

  test("says which box is missing", () => {
    const checked = checkConsent(form, { take_part: false, reminders: true });
    expect(checked).toMatchObject({
      ok: false,
      problem: { code: "consent.needed", expected: "a tick at “I want to take part”" },
    });
  });

  test("refuses a box that the text does not have", () => {
    expect(checkConsent(form, { take_part: true, newsletter: true })).toMatchObject({
      problem: { code: "consent.unknown-box", found: "“newsletter”" },
    });
  });
});
