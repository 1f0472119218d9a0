// npm run check: silent when all is well, under 20 seconds.
import { ensureInstalled } from "./ensure-installed.mjs";
import { run } from "./run.mjs";

await ensureInstalled();
const bin = (name) => `node_modules/.bin/${name}`;
const checks = [
  {
    name: "types",
    steps: [
      [bin("tsc"), ["-b"]],
      [bin("tsc"), ["-p", "tsconfig.tests.json"]],
    ],
  },
  { name: "style", steps: [[bin("biome"), ["check", "--diagnostic-level=error", "."]]] },
  { name: "floors", steps: [[process.execPath, ["scripts/check-floors.mjs"]]] },
  { name: "dead code", steps: [[bin("knip"), ["--no-progress", "--treat-config-hints-as-errors"]]] },
];
const results = await Promise.all(checks.map(runInOrder));
for (const { name, output } of results.filter(({ code }) => code !== 0)) {
  process.stderr.write(`\n${name}\n${output}`);
}
process.exit(results.every(({ code }) => code === 0) ? 0 : 1);

async function runInOrder({ name, steps }) {
  for (const [command, args] of steps) {
    const { code, output } = await run(command, args, { quiet: true });
    if (code !== 0) return { name, code, output };
  }
  return { name, code: 0, output: "" };
}
