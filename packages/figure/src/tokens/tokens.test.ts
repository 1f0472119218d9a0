import { describe, expect, test } from "vitest";
import { baseCss, type ColourRole, publicCss, tokens, tokensCss } from "./index.ts";

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of WCAG 2.2, from 1 to 21. */
function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const textOnGround: readonly (readonly [ColourRole, readonly ColourRole[]])[] = [
  [
    "ink",
    ["paper", "surface", "band", "accent-wash", "notice-wash", "error-wash", "zone", "zone-2", "marker"],
  ],
  ["ink-2", ["paper", "surface", "band", "accent-wash", "zone", "zone-2"]],
  ["ink-3", ["paper", "surface", "band"]],
  ["accent", ["paper", "surface", "band", "accent-wash"]],
  ["accent-ink", ["accent", "accent-deep"]],
  ["error", ["paper", "surface"]],
  ["notice", ["paper", "surface"]],
  ["within", ["surface", "paper", "zone"]],
  ["between", ["surface", "paper"]],
  ["women", ["surface", "paper", "zone"]],
  ["men", ["surface", "paper", "zone"]],
  ["surface", ["ink", "mark"]],
];

describe.each(["light", "dark"] as const)("%s colours", (scheme) => {
  test.each(textOnGround)("%s can be read as text on every ground it stands on", (text, grounds) => {
    for (const ground of grounds) {
      const ratio = contrast(tokens[scheme][text], tokens[scheme][ground]);
      expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("the border of a control can be seen", () => {
    for (const ground of ["paper", "surface"] as const) {
      expect(contrast(tokens[scheme].edge, tokens[scheme][ground])).toBeGreaterThanOrEqual(3);
    }
  });
});

describe("style sheets", () => {
  test("fonts are asked for only when their folder is given", () => {
    expect(tokensCss()).not.toContain("@font-face");
    expect(tokensCss()).not.toContain("Literata");
    expect(tokensCss({ fontsPath: "/fonts/" })).toContain(`url("/fonts/literata-latin-opsz-normal.woff2")`);
  });

  test("no style sheet asks another site for anything", () => {
    expect(publicCss({ fontsPath: "/fonts" })).not.toMatch(/https?:|@import|\/\//);
  });

  test("the furniture uses tokens that exist, and no colour of its own", () => {
    const css = publicCss();
    const known = new Set([...tokensCss().matchAll(/--([a-z0-9-]+):/g)].map((match) => match[1]));
    const used = [...css.matchAll(/var\(--([a-z0-9-]+)/g)].map((match) => match[1]);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
    expect(baseCss).not.toMatch(/#[0-9a-f]{3,8}\b|rgba?\(/i);
  });

  test("braces are balanced, so nothing after a rule is lost", () => {
    const css = publicCss({ fontsPath: "/fonts" });
    expect(css.split("{").length).toBe(css.split("}").length);
  });
});
