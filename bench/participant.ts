// How soon a personal link can be used on a slow phone: a processor four times slower and Lighthouse's slow 4G, nothing
// kept from before. Needs a build and Chromium: `npx tsx bench/participant.ts`.
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { openChromium } from "../e2e/chromium.ts";
import { openRoom } from "../e2e/moved-clock.ts";
import { imitateSlowPhone, sayBeside } from "./slow-phone.ts";

const budget = { kilobytes: 100, interactiveMs: 2000 };
const TIMES = 5;

/** When the button could be pressed: it is there, and the last task of 50 ms or more before it has ended. */
const watch = `
  window.usable = new Promise((resolve) => {
    let busyUntil = 0;
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) busyUntil = Math.max(busyUntil, task.startTime + task.duration);
    }).observe({ type: "longtask", buffered: true });
    const look = () => {
      const button = document.querySelector("main button");
      if (button === null) return requestAnimationFrame(look);
      const there = performance.now();
      setTimeout(() => resolve(Math.max(there, busyUntil)), 1000);
    };
    requestAnimationFrame(look);
  });`;

const protocol = readFileSync(new URL("../protocols/exercise-and-pain.yaml", import.meta.url), "utf8");
const room = await openRoom(protocol);
const browser = await openChromium();
try {
  const made = await room.post("/api/studies/pain/people", { text: "Kari, kari@example.org" });
  const { added } = (await made.json()) as { added: readonly { readonly link: string }[] };
  const { pathname, hash } = new URL(added[0]?.link ?? "", room.url);
  const times: number[] = [];
  let bytes = 0;
  for (let time = 0; time < TIMES; time++) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.addInitScript(watch);
    const travelled = await imitateSlowPhone(context, page);
    await page.goto(`${room.url}${pathname}${hash}`);
    times.push(await page.evaluate<number>("window.usable"));
    bytes = travelled.bytes;
    await context.close();
  }
  const median = times.sort((one, other) => one - other)[Math.floor(TIMES / 2)] ?? Number.NaN;
  process.stdout.write(`A personal link on a slow phone, load ${loadavg()[0]?.toFixed(1)}\n`);
  sayBeside("first load, gzipped", bytes / 1000, "kB", budget.kilobytes);
  sayBeside(`can be used, median of ${TIMES}`, median, "ms", budget.interactiveMs);
} finally {
  await browser.close();
  await room.close();
}
