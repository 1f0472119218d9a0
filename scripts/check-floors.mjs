// Imports only point down the floors of ARCHITECTURE.md; one front door per package; no circles.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./run.mjs";

/** Who may import whom. A value of "types" allows `import type` only. */
export const floors = {
  stats: {},
  study: {},
  figure: {},
  picture: {},
  source: { stats: "values", study: "values" },
  findings: { stats: "values", study: "values", figure: "values", source: "types" },
  api: { study: "values", findings: "types" },
  server: { api: "values", findings: "values", source: "values", study: "values", picture: "values" },
  web: { api: "values", study: "values", figure: "values", stats: "values", findings: "values" },
  cli: {
    stats: "values",
    study: "values",
    figure: "values",
    source: "values",
    findings: "values",
    picture: "values",
    server: "values",
    web: "values",
  },
};

/** Side doors beside a package's front door. */
const sideDoors = new Set([
  "@longwave/stats/from-sums",
  "@longwave/study/answering",
  "@longwave/study/text",
  "@longwave/figure/tokens",
  "@longwave/web/package.json",
]);

/** Rooms with a narrower rule than their package: what their files may import from outside the room. */
const rooms = [
  { path: "study/src/answering/", may: [], types: [] },
  { path: "figure/src/tokens/", may: [], types: [] },
  {
    path: "web/src/participant/",
    may: ["preact", "preact/hooks", "@longwave/study/answering", "../offline/keep-files.ts"],
    types: ["@longwave/api"],
  },
];

/** Doors that only one room of a package may use. */
const reserved = [{ owner: "web", targets: ["stats", "findings"], path: "web/src/analyse/" }];

/** Packages that may never look at the world. */
const pure = new Set(["stats", "study", "figure", "findings", "api"]);
const world = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bfetch\(/;

/** Every broken rule in the house as a sentence: which file, what it does, what to do. */
export function findViolations(files) {
  return [...files.flatMap(checkFile), ...findCircles(files)];
}

function checkFile({ path, text }) {
  const owner = path.split("/")[0];
  const found = importsOf(text).flatMap((entry) => checkImport(owner, path, entry));
  if (pure.has(owner) && world.test(stripComments(text)) && !path.endsWith("api/src/client.ts")) {
    found.push(
      `${path} looks at the clock, chance, the process or the network; ${owner} takes them as arguments.`,
    );
  }
  return found;
}

function checkImport(owner, path, { specifier, typeOnly }) {
  const room = rooms.find((candidate) => path.startsWith(candidate.path));
  if (room && leavesRoom(room, path, specifier)) {
    const allowed = typeOnly ? [...room.may, ...room.types] : room.may;
    if (!allowed.includes(specifier))
      return [
        `${path} imports ${specifier}; ${room.path} may import ${allowed.join(", ") || "nothing outside itself"}.`,
      ];
  }
  if (specifier.startsWith("node:") && pure.has(owner))
    return [`${path} imports ${specifier}; ${owner} must run in a browser.`];
  if (specifier.startsWith("."))
    return leavesPackage(path, specifier)
      ? [`${path} reaches into another package by ${specifier}; go through its front door.`]
      : [];
  const target = /^@longwave\/([a-z]+)/.exec(specifier)?.[1];
  if (!target) return [];
  if (specifier !== `@longwave/${target}` && !sideDoors.has(specifier))
    return [`${path} imports ${specifier}; there is no such door, use @longwave/${target}.`];
  const owned = reserved.find((candidate) => candidate.owner === owner && candidate.targets.includes(target));
  if (owned && !path.startsWith(owned.path))
    return [
      `${path} imports ${specifier}; only ${owned.path} may, so that no other page carries its weight.`,
    ];
  const rule = floors[owner]?.[target];
  if (!rule) return [`${path} imports ${specifier}; ${owner} stands below or beside ${target}.`];
  if (rule === "types" && !typeOnly)
    return [`${path} imports values from ${specifier}; ${owner} may import its types only.`];
  return [];
}

function leavesRoom(room, path, specifier) {
  if (!specifier.startsWith(".")) return true;
  return !join(dirname(path), specifier).startsWith(room.path.slice(0, -1));
}

function leavesPackage(path, specifier) {
  const [owner] = path.split("/");
  return !join(dirname(path), specifier).startsWith(`${owner}/`);
}

function importsOf(text) {
  const pattern = /^\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm;
  const fixed = [...text.matchAll(pattern)].map(([, type, specifier]) => ({
    specifier,
    typeOnly: Boolean(type),
  }));
  const lazy = [...text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g)].map(([, specifier]) => ({
    specifier,
    typeOnly: false,
  }));
  return [...fixed, ...lazy];
}

function stripComments(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/(["'`])(?:\\.|(?!\1)[^\\\n])*\1/g, '""');
}

/** Circles among the files of the house, each named once. */
function findCircles(files) {
  const graph = new Map(
    files.map(({ path, text }) => [
      path,
      importsOf(text)
        .filter(({ specifier, typeOnly }) => specifier.startsWith(".") && !typeOnly)
        .map(({ specifier }) => join(dirname(path), specifier)),
    ]),
  );
  const done = new Set();
  const circles = [];
  const visit = (path, trail) => {
    if (trail.includes(path))
      circles.push(`a circle: ${[...trail.slice(trail.indexOf(path)), path].join(" -> ")}.`);
    if (done.has(path) || trail.includes(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return circles;
}

function readHouse() {
  const packages = join(root, "packages");
  return readdirSync(packages, { recursive: true })
    .filter((path) => /^[a-z]+\/src\/.*\.tsx?$/.test(path) && !/\.test\.tsx?$|\/testing\//.test(path))
    .map((path) => ({
      path: relative(packages, join(packages, path)),
      text: readFileSync(join(packages, path), "utf8"),
    }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const violations = findViolations(readHouse());
  for (const violation of violations) process.stderr.write(`${violation}\n`);
  process.exit(violations.length === 0 ? 0 : 1);
}
