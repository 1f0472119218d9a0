import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const limitKilobytes = 100;

// Words that survive minification and give away a package a phone must never download (ruling 34).
const forbidden = [
  { what: "zod", mark: /ZodError|invalid_type|_zod/ },
  { what: "a Temporal polyfill", mark: /Temporal\.(PlainDate|Instant|ZonedDateTime)|temporal-polyfill/ },
  { what: "YAML", mark: /YAMLParseError|yaml\.org/ },
  { what: "Observable Plot or d3", mark: /observablehq|plot-d6a7b5|d3-/ },
  { what: "statistics", mark: /profiledDeviance|satterthwaite/i },
  { what: "console code", mark: /\/api\/staff|\/api\/studies\/\$\{|sign-in=/ },
];

/** Weighs what a phone downloads first, gzipped, and looks for packages that may not be in it. */
export function checkParticipantBundle(folder) {
  const html = readFileSync(join(folder, "index.html"));
  const assets = readdirSync(join(folder, "assets")).filter((name) => /\.(js|css)$/.test(name));
  const files = assets.map((name) => ({ name, content: readFileSync(join(folder, "assets", name)) }));
  const bytes = [html, ...files.map((file) => file.content)].reduce(
    (sum, part) => sum + gzipSync(part).length,
    0,
  );
  const kilobytes = bytes / 1000;
  const problems = files.flatMap((file) => strangers(file));
  if (kilobytes > limitKilobytes) problems.push(tooHeavy(kilobytes));
  return {
    sentence: `Participant app, first load: ${kilobytes.toFixed(1)} kB gzipped (HTML, JS and CSS; limit ${limitKilobytes}).`,
    kilobytes,
    problems,
  };
}

function strangers({ name, content }) {
  const text = content.toString("utf8");
  return forbidden
    .filter(({ mark }) => mark.test(text))
    .map(({ what, mark }) => {
      const found = mark.exec(text)?.[0];
      return `${name} holds ${what} (found "${found}"). Expected none of it on a phone: import types only, or @longwave/study/answering.`;
    });
}

function tooHeavy(kilobytes) {
  return `The participant app weighs ${kilobytes.toFixed(1)} kB; expected at most ${limitKilobytes}. Look for an import that brings a package along.`;
}
