// What the demonstration's page of findings weighs and how soon it shows, beside its budget: without comments and with
// 1,000. A phone is imitated: a processor four times slower and Lighthouse's slow 4G (150 ms, 1.6 Mbit/s down,
// 750 kbit/s up). Needs a build and Chromium: `npx tsx bench/page.ts`.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { openChromium } from "../e2e/chromium.ts";
import { addComments } from "../e2e/many-comments.ts";
import { imitateSlowPhone, sayBeside } from "./slow-phone.ts";

const command = fileURLToPath(new URL("../packages/cli/bin/longwave.js", import.meta.url));
const path = "/findings/exercise-and-pain";

/** The budget of the page: weight from the issue, times from Lighthouse's "good" for a phone. */
const budget = { kilobytes: 150, requests: 8, firstPaintMs: 1800, largestPaintMs: 2500, serverMs: 200 };

interface Weighed {
  readonly bytes: number;
  readonly fonts: number;
  readonly requests: number;
  readonly elsewhere: readonly string[];
  readonly cookies: number;
  readonly firstPaint: number;
  readonly largestPaint: number;
}

async function openPage(context: BrowserContext, address: string): Promise<Weighed> {
  const page = await context.newPage();
  const travelled = await imitateSlowPhone(context, page);
  await page.goto(address, { waitUntil: "load" });
  const paints = await paintsOf(page);
  const fetched = [...travelled.urls.values()].filter((url) => url.startsWith("http"));
  const cookies = (await context.cookies()).length;
  await page.close();
  const elsewhere = fetched.filter((url) => new URL(url).origin !== new URL(address).origin);
  const { bytes, fonts } = travelled;
  return { bytes, fonts, requests: fetched.length, elsewhere, cookies, ...paints };
}

/** First and largest contentful paint, once the page has been still for a second. */
function paintsOf(page: Page): Promise<Pick<Weighed, "firstPaint" | "largestPaint">> {
  return page.evaluate(async () => {
    const largest: number[] = [];
    new PerformanceObserver((list) =>
      largest.push(...list.getEntries().map((entry) => entry.startTime)),
    ).observe({
      type: "largest-contentful-paint",
      buffered: true,
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
    return { firstPaint: first, largestPaint: largest.at(-1) ?? Number.NaN };
  });
}

/** How long the server takes to make the page: the median of ten. */
async function serverTime(address: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const start = performance.now();
    await (await fetch(address)).text();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[5] ?? Number.NaN;
}

async function measure(title: string, address: string): Promise<void> {
  const browser = await openChromium();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const weighed = await openPage(context, address);
  await browser.close();
  process.stdout.write(`${title}, load ${loadavg()[0]?.toFixed(1)}\n`);
  sayBeside("gzipped, without fonts", weighed.bytes / 1000, "kB", budget.kilobytes);
  sayBeside("requests", weighed.requests, "  ", budget.requests);
  sayBeside("requests to elsewhere", weighed.elsewhere.length, "  ", 0);
  sayBeside("cookies", weighed.cookies, "  ", 0);
  sayBeside("first contentful paint", weighed.firstPaint, "ms", budget.firstPaintMs);
  sayBeside("largest contentful paint", weighed.largestPaint, "ms", budget.largestPaintMs);
  sayBeside("made by the server", await serverTime(address), "ms", budget.serverMs);
  process.stdout.write(`  fonts beside: ${(weighed.fonts / 1000).toFixed(0)} kB\n`);
}

/** A server of its own with the demonstration, and the link to sign in. */
function startServer(data: string): Promise<{ readonly server: ChildProcess; readonly link: string }> {
  const server = spawn(process.execPath, [command, "serve", "--port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, DATABASE_URL: "" },
  });
  return new Promise((resolve, reject) => {
    let output = "";
    server.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const link = /https?:\/\/\S+#sign-in=\S+/.exec(output)?.[0];
      if (link !== undefined) resolve({ server, link });
    });
    server.on("exit", (code) => reject(new Error(`the server stopped with code ${code}:\n${output}`)));
  });
}

/** The server opens before it has analysed the demonstration: waits until its findings stand on the page. */
async function published(address: string): Promise<void> {
  while (!(await (await fetch(address)).text()).includes("publication.json")) {
    if (server.exitCode !== null)
      throw new Error("the server stopped before the demonstration was published");
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** Adds comments as the console does, in one signed-in visit. */
async function comment(count: number, link: string): Promise<void> {
  const { origin, hash } = new URL(link);
  const send = (to: string, body: object, cookie = "") =>
    fetch(origin + to, {
      method: "POST",
      headers: { "content-type": "application/json", origin, cookie },
      body: JSON.stringify(body),
    });
  const signedIn = await send("/api/staff/sign-in", { token: hash.replace("#sign-in=", "") });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  await addComments(count, async (body) => {
    const answer = await send("/api/studies/exercise-and-pain/comments", body, cookie);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  });
}

const data = mkdtempSync(join(tmpdir(), "longwave-bench-"));
const { server, link } = await startServer(data);
try {
  const address = new URL(link).origin + path;
  await published(address);
  await measure("Without comments", address);
  await comment(1000, link);
  await measure("With 1,000 comments", address);
  await measure("The 10th page of them", `${address}?comments=10`);
} finally {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(data, { recursive: true, force: true });
}
