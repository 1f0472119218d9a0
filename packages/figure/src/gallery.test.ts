import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allFigures, graphics } from "./testing/examples.ts";
import { baseCss, tokensCss } from "./tokens/index.ts";

const folder = new URL("../gallery/", import.meta.url);
const update = process.env.UPDATE_GALLERY === "1";

const pictures: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    allFigures().flatMap((figure) => [
      [`${figure.id}-wide`, figure.wide],
      [`${figure.id}-narrow`, figure.narrow],
    ]),
  ),
  ...graphics,
};

/** One line an element, so that a change reads as a diff. */
function readable(svg: string): string {
  return `${svg.replace(/></g, ">\n<")}\n`;
}

function indexPage(): string {
  const frames = Object.entries(pictures)
    .map(([name, svg]) => `<figure class="fig"><figcaption><h2>${name}</h2></figcaption>${svg}</figure>`)
    .join("\n");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Figure gallery</title><style>
${tokensCss()}${baseCss}
main { padding: var(--s6); display: grid; gap: var(--s6); justify-items: start; }
h2 { font: 650 1rem var(--sans); }
</style></head><body><main><h1>Figure gallery</h1><p>Invented numbers, to show what each figure looks like.</p>
${frames}
</main></body></html>
`;
}

describe("the gallery", () => {
  test.each(Object.keys(pictures))("%s is drawn as the gallery shows it", (name) => {
    const file = new URL(`${name}.svg`, folder);
    const drawn = readable(pictures[name] ?? "");
    if (update) writeFileSync(file, drawn);
    expect(existsSync(file), `${name}.svg is missing; run with UPDATE_GALLERY=1 and look at it`).toBe(true);
    expect(drawn).toBe(readFileSync(file, "utf8"));
  });

  test("its index shows every picture", () => {
    const file = new URL("index.html", folder);
    if (update) writeFileSync(file, indexPage());
    for (const svg of Object.values(pictures)) expect(readFileSync(file, "utf8")).toContain(svg);
  });
});
