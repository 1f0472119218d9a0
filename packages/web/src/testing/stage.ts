import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";

/** What the far end answers to one address: a status and a body, or no answer at all. */
type Answer = { readonly status?: number; readonly body?: unknown } | "no connection";

/** Answers by "METHOD /address"; a list is given out one after another, its last one for ever. */
export type Script = Readonly<Record<string, Answer | readonly Answer[]>>;

export interface Look {
  readonly width: number;
  readonly dark?: boolean;
  readonly language?: string;
}

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const origin = "http://localhost:4999";
/** The server's policy, but stricter: the apps need no inline style either. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

export interface Stage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly requests: { readonly address: string; readonly body: unknown }[];
  /** Everything the page complained about, the content policy included. */
  readonly complaints: string[];
}

/** A page of a built app in Chromium, its server's answers played from a script. */
export async function openStage(
  browser: Browser,
  address: string,
  script: Script,
  look: Look,
): Promise<Stage> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.width < 600 ? 844 : 900 },
    colorScheme: look.dark === true ? "dark" : "light",
    locale: look.language ?? "en-GB",
    timezoneId: "Europe/Oslo",
    reducedMotion: "reduce",
    // A worker would ask for the files past the script of this stage.
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  const stage: Stage = { page, context, requests: [], complaints: [] };
  page.on("pageerror", (error) => stage.complaints.push(error.message));
  page.on("console", (message) => {
    const expected = /Failed to load resource/.test(message.text());
    if (message.type() === "error" && !expected) stage.complaints.push(message.text());
  });
  await play(stage, script);
  await page.goto(origin + address);
  return stage;
}

async function play(stage: Stage, script: Script): Promise<void> {
  const turns = new Map<string, number>();
  await stage.page.route(`${origin}/**`, async (route) => {
    const request = route.request();
    const url = new URL(request.url());
    if (!url.pathname.startsWith("/api/")) {
      await route.fulfill(file(url.pathname));
      return;
    }
    const key = `${request.method()} ${url.pathname}${url.search}`;
    stage.requests.push({ address: key, body: request.postDataJSON() });
    const answers = [script[key] ?? { status: 404, body: { code: "request.not-found" } }].flat() as Answer[];
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    const answer = answers[Math.min(turn, answers.length - 1)];
    if (answer === undefined || answer === "no connection") await route.abort("internetdisconnected");
    else if (answer.status === 204) await route.fulfill({ status: 204 });
    else
      await route.fulfill({
        status: answer.status ?? 200,
        json: resolved(answer.body, request.postDataJSON()),
      });
  });
}

/** A body may be a function of what was sent: the receipt of answers names their ids. */
function resolved(body: unknown, sent: unknown): unknown {
  return typeof body === "function" ? (body as (given: unknown) => unknown)(sent) : (body ?? {});
}

function file(path: string): { status: number; headers?: Record<string, string>; body: Buffer } {
  const place = fileFor(path);
  if (!existsSync(place)) return { status: 404, body: Buffer.from("") };
  const headers = {
    "content-type": types[extname(place)] ?? "application/octet-stream",
    "content-security-policy": policy,
  };
  return { status: 200, headers, body: readFileSync(place) };
}

function fileFor(path: string): string {
  if (path === "/p" || path === "/p/") return join(dist, "participant/index.html");
  if (path === "/console" || path === "/console/") return join(dist, "console/index.html");
  if (path.startsWith("/p/")) return join(dist, "participant", path.slice(3));
  if (path.startsWith("/console/")) return join(dist, "console", path.slice(9));
  return join(dist, path);
}

/** Receipt that keeps every answer sent. */
export function keepsAll(sent: unknown): unknown {
  const { answers } = sent as { answers: { id: string }[] };
  return { saved: answers.map(({ id }, index) => ({ id, seq: index + 1 })), refused: [] };
}

/** By how many pixels the page is wider than the window; 0 when nothing scrolls sideways. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Sets letters twice as large, as a person does in the browser. */
export async function enlargeLetters(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
  });
}
