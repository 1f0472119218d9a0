import fc from "fast-check";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { escapeHtml, html, safeAddress, trusted } from "./html.ts";

test("a value stays text, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const text = value.replaceAll(/[\0\r]/g, "");
      const { document } = parseHTML(
        html`<!doctype html><html><body><p title="${text}">${text}</p></body></html>`.text,
      );
      expect(document.querySelectorAll("body *")).toHaveLength(1);
      expect(document.querySelector("p")?.textContent).toBe(text);
      expect(document.querySelector("p")?.getAttribute("title")).toBe(text);
    }),
  );
});

test("lists are joined, and absent or false parts write nothing", () => {
  expect(html`${[html`<i></i>`, "<", 3]}${undefined}${null}${false}`.text).toBe("<i></i>&lt;3");
});

test("trusted HTML is kept as it is", () => {
  expect(html`${trusted("<svg></svg>")}`.text).toBe("<svg></svg>");
  expect(escapeHtml(`<a href='x' title="y">&</a>`)).toBe(
    "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;&lt;/a&gt;",
  );
});

test("an address that would run something leads nowhere", () => {
  for (const address of ["javascript:alert(1)", " JavaScript:alert(1)", "vbscript:x", "data:text/html,x"]) {
    expect(safeAddress(address)).toBe("#");
  }
  for (const address of [
    "/findings",
    "tables/a.csv",
    "https://example.org/a:b",
    "#h1",
    "mailto:a@example.org",
  ]) {
    expect(safeAddress(address)).toBe(address);
  }
});
