import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const deploy = (name: string): string => readFileSync(join(root, "deploy", name), "utf8");
const isBuilt = existsSync(join(root, "packages/cli/dist/main.js"));
const place = mkdtempSync(join(tmpdir(), "longwave-deploy-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** The command of a line such as `ExecStart=` or `CMD`. */
function commandIn(file: string, keyword: RegExp): string {
  const found = keyword.exec(deploy(file))?.[1];
  if (found === undefined) throw new Error(`${file} has no ${keyword}`);
  return found;
}

/** The command as it stands, with the places of a real machine replaced by ones of this test. */
function here(command: string, folder: string, health: number): string {
  return command
    .replaceAll("/usr/bin/node", process.execPath)
    .replaceAll("/opt/longwave", root)
    .replaceAll("/srv/longwave", folder)
    .replaceAll("0.0.0.0", "127.0.0.1")
    .replaceAll("9090", String(health))
    .replace("--health-port", "--port 0 --health-port");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function untilWell(server: ChildProcess, health: number): Promise<string> {
  while (server.exitCode === null) {
    const said = await fetch(`http://127.0.0.1:${health}/health`).then(
      (answer) => answer.text(),
      () => undefined,
    );
    if (said !== undefined) return said;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return `ended with ${server.exitCode}`;
}

const starts = [
  ["longwave.service", /^ExecStart=(.*)$/m],
  ["Dockerfile", /^CMD (.*)$/m],
] as const;

test.skipIf(!isBuilt).each(starts)(
  "the command of deploy/%s starts a server that is well, and stops it",
  async (file, keyword) => {
    const folder = join(place, file);
    const health = await freePort();
    const env = { PATH: process.env.PATH, LONGWAVE_URL: "https://study.example.org" };
    const command = here(commandIn(file, keyword), folder, health);
    const server = spawn("/bin/sh", ["-c", command.startsWith("exec ") ? command : `exec ${command}`], {
      env,
    });
    const ended = new Promise<number | null>((resolve) => server.once("exit", resolve));
    expect(await untilWell(server, health)).toBe("well\n");
    const asked = here(commandIn("Dockerfile", /^HEALTHCHECK .*?CMD (.*)$/m), folder, health);
    expect(spawnSync("/bin/sh", ["-c", asked], { env }).status).toBe(0);
    server.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(spawnSync("/bin/sh", ["-c", asked], { env }).status).toBe(1);
    expect(readdirSync(folder).sort()).toEqual(["data", "data.key"]);
  },
);

test("the commands that build the image are those of this house", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
  const built = [...deploy("Dockerfile").matchAll(/^RUN npm (.*)$/gm)].map(([, command]) => command);
  expect(built).toEqual(["ci", "run build", "prune --omit=dev"]);
  expect(scripts).toHaveProperty("build");
});

test("the page names every file there is, and nothing that is not there", () => {
  const page = readFileSync(join(root, "docs/deploying.md"), "utf8");
  const named = new Set([...page.matchAll(/deploy\/([\w.]*\w)/g)].map(([, name]) => name));
  const files = readdirSync(join(root, "deploy")).filter((name) => !name.endsWith(".dockerignore"));
  expect([...named].sort()).toEqual(files.sort());
});
