import type { BrowserContext, Page } from "playwright-core";

const slow = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 7.5e5 / 8 };

/** What a page has asked for, and how many bytes travelled for it. */
interface Travelled {
  readonly urls: ReadonlyMap<string, string>;
  readonly bytes: number;
  readonly fonts: number;
}

/**
 * Makes a page one of a slow phone: a processor four times slower and Lighthouse's slow 4G (150 ms, 1.6 Mbit/s down,
 * 750 kbit/s up). What comes back is counted on as the page loads.
 */
export async function imitateSlowPhone(context: BrowserContext, page: Page): Promise<Travelled> {
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", slow);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const urls = new Map<string, string>();
  const travelled = { urls, bytes: 0, fonts: 0 };
  devtools.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    travelled[/\.woff2$/.test(urls.get(requestId) ?? "") ? "fonts" : "bytes"] += encodedDataLength;
  });
  return travelled;
}

/** A measured value beside its budget. */
export function sayBeside(name: string, found: number, unit: string, most: number): void {
  const verdict = found <= most ? "met" : "missed";
  process.stdout.write(
    `  ${name.padEnd(34)}${found.toFixed(0).padStart(6)} ${unit} of ${most}: ${verdict}\n`,
  );
}
