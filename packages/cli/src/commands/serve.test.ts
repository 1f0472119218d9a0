import { existsSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { main } from "../run.ts";
import { longwave, memoryIo, temporaryFolder } from "../testing/memory-io.ts";

const folder = temporaryFolder();
const built = existsSync(fileURLToPath(new URL("../../../web/dist/participant", import.meta.url)));

/** Runs `serve` until its doors are printed, calls `visit` with its address, then stops it. */
async function served(args: readonly string[], visit: (url: string) => Promise<void>) {
  let stop = () => {};
  const interrupted = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const quiet = memoryIo(folder);
  const io = { ...quiet, interrupts: { ...quiet.interrupts, wait: () => interrupted } };
  const running = main(["serve", "--port", "0", ...args], io);
  const finished = running.then(() => "finished");
  let url: string | undefined;
  while (url === undefined) {
    const ended = await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 20))]);
    if (ended === "finished") break;
    const { stdout } = io.text();
    url = (/run the study\s+(\S+)\/console\//.exec(stdout) ?? /"url":"([^"]+)"/.exec(stdout))?.[1];
  }
  if (url !== undefined) await visit(url);
  stop();
  return { code: await running, ...io.text() };
}

test.skipIf(!built)(
  "serve answers, prints three doors and a sign-in link, and stops when told to",
  async () => {
    let health = 0;
    const ran = await served(["--no-demo"], async (url) => {
      health = (await fetch(`${url}/health`)).status;
    });
    expect({ code: ran.code, stderr: ran.stderr, health }).toEqual({ code: 0, stderr: "", health: 200 });
    for (const door of ["read the findings", "take part", "run the study"])
      expect(ran.stdout).toContain(door);
    expect(ran.stdout).toMatch(/http:\/\/localhost:\d+\/console\/#sign-in=\S+/);
    expect(ran.stdout.endsWith("Stopped.\n")).toBe(true);
  },
);

test.skipIf(!built)(
  "with --json-log every line is JSON, a request without who asked or about whom",
  async () => {
    const ran = await served(["--no-demo", "--json-log"], async (url) => {
      await fetch(`${url}/api/studies/secret-study/people?search=Kari`);
      await fetch(`${url}/nothing/Kari`);
    });
    const lines = ran.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(ran.stdout).not.toMatch(/Kari|secret-study|sign-in=/);
    expect(lines.filter(({ kind }) => kind === "request")).toEqual([
      expect.objectContaining({ method: "GET", route: "/api/studies/:study/people", status: 401 }),
      expect.objectContaining({ method: "GET", route: "*", status: 404 }),
    ]);
    expect(lines.at(-1)).toMatchObject({ kind: "note", text: "Stopped." });
  },
);

test.skipIf(!built)("a log holds where the audit ends, and audit verify passes through it", async () => {
  await served(["--no-demo", "--json-log"], async (url) => {
    const token = (await longwave(folder, "sign-in")).stdout.trim().split("#sign-in=")[1];
    const headers = { "content-type": "application/json", origin: url, "sec-fetch-site": "same-origin" };
    await fetch(`${url}/api/staff/sign-in`, { method: "POST", headers, body: JSON.stringify({ token }) });
  });
  const { stdout } = await served(["--no-demo", "--json-log"], async () => undefined);
  expect(stdout).toMatch(/"kind":"audit","study":"","lines":\d+,"hash":"[0-9a-f]{64}"/);
  writeFileSync(join(folder, "server.log"), stdout);
  const verified = await longwave(folder, "audit", "verify", "--kept", "server.log");
  expect([verified.code, verified.stdout]).toEqual([
    0,
    expect.stringMatching(/^The audit is whole\. It passes through all \d hashes/),
  ]);
  writeFileSync(join(folder, "printed.txt"), verified.stdout.replace(/hash [0-9a-f]/, "hash g"));
  const damaged = await longwave(folder, "audit", "verify", "--kept", "printed.txt");
  expect([damaged.code, damaged.stderr]).toEqual([2, expect.stringContaining("found none")]);
});

test.skipIf(!built)("sign-in prints one fresh link on the same store", async () => {
  const first = await longwave(folder, "sign-in");
  const second = await longwave(folder, "sign-in", "--url", "https://study.example.org");
  expect([first.code, first.stderr]).toEqual([0, ""]);
  expect(first.stdout).toMatch(/^http:\/\/localhost:4040\/console\/#sign-in=\S+\n$/);
  expect(second.stdout).toMatch(/^https:\/\/study\.example\.org\/console\/#sign-in=\S+\n$/);
});

test.skipIf(!built)("a port that is taken is a clear sentence and exit code 2", async () => {
  const other = await new Promise<Server>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
  });
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { code, stderr } = await longwave(folder, "serve", "--no-demo", "--port", String(port));
  await new Promise((resolve) => other.close(resolve));
  expect(code).toBe(2);
  expect(stderr).toContain(`Expected port ${port} to be free`);
});
