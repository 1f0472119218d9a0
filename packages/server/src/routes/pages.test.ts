import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { PublicStudy } from "@longwave/api";
import type { Publication } from "@longwave/findings";
import { verifySeal } from "@longwave/findings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../testing/world.ts";

let world: World;
let web: string;
beforeAll(async () => {
  web = mkdtempSync(join(tmpdir(), "longwave-web-"));
  for (const [path, text] of [
    ["participant/index.html", "<!doctype html><title>participant</title>"],
    ["participant/assets/index-5NMnxpSJ.js", "export {};"],
    ["public/public.js", "export {};"],
    ["fonts/literata.woff2", "font"],
    ["secret.txt", "secret"],
  ] as const) {
    mkdirSync(join(web, path, ".."), { recursive: true });
    writeFileSync(join(web, path), text);
  }
  const folder = (name: string): string => join(web, name);
  const webRoot = {
    participant: folder("participant"),
    console: folder("console"),
    public: folder("public"),
    analyse: folder("analyse"),
    fonts: folder("fonts"),
  };
  world = await openWorld({ people: 300, webRoot });
});
afterAll(() => world.close());

const get = (path: string): Promise<Response> => world.visitor().send("GET", path);
const text = async (path: string): Promise<string> => (await get(path)).text();

async function published(): Promise<{ address: string; publication: Publication }> {
  const studies = await world.visitor().get<PublicStudy[]>("/api/studies/public");
  const address = `/findings/exercise-and-pain/${studies[0]?.publication?.hash}`;
  return { address, publication: await world.visitor().get<Publication>(`${address}/publication.json`) };
}

describe("the public pages", () => {
  test("open with three doors and name both studies of the demonstration", async () => {
    const front = await text("/");
    for (const door of ['href="/findings', 'href="/p/#try"', 'href="/console"'])
      expect(front).toContain(door);
    const list = await text("/findings");
    expect(list).toContain("Exercise and pain over one year (simulated people)");
    expect(list).toContain("Exercise and pain over one year (try it)");
  });

  test("open with the short answer of the newest publication and the interval of its first finding", async () => {
    const { publication } = await published();
    expect(await text("/")).toContain(publication.findings[0]?.graphic ?? "no graphic");
    expect(await text("/findings")).toContain(publication.answer.lead);
  });

  test("show the published findings from the sealed bundle alone, labelled simulated", async () => {
    const { address, publication } = await published();
    expect(verifySeal(publication)).toBe(true);
    expect(publication.study.simulated).toBe(true);
    for (const path of ["/findings/exercise-and-pain", address]) {
      const page = await text(path);
      expect(page).toMatch(/simulated people/i);
      expect(page).toContain(`${address}/publication.json`);
    }
  });

  test("give out the same models in R, with a link to them on the page", async () => {
    const { address, publication } = await published();
    expect(await text(address)).toContain(`href="${address}/replication.R"`);
    const script = await get(`${address}/replication.R`);
    expect(script.headers.get("content-type")).toContain("text/plain");
    expect(await script.text()).toContain(publication.hash);
    expect((await get("/findings/exercise-and-pain/none/replication.R")).status).toBe(404);
  });

  test("give out the citation as CITATION.cff and BibTeX, with the date and the address of this version", async () => {
    const { address } = await published();
    expect(await text(address)).toContain(`href="${address}/CITATION.cff"`);
    const cff = await get(`${address}/CITATION.cff`);
    expect(cff.headers.get("content-type")).toContain("text/plain");
    const written = await cff.text();
    expect(written).toMatch(/^cff-version: "1\.2\.0"$/m);
    expect(written).toMatch(/^date-released: "2026-03-02"$/m);
    expect(written).toContain(`url: "http://localhost:4040${address}"`);
    expect(await text(`${address}/citation.bib`)).toContain(`url = {http://localhost:4040${address}}`);
    expect((await get("/findings/exercise-and-pain/none/CITATION.cff")).status).toBe(404);
  });

  test("come with a picture of 1200 by 630 pixels for whoever passes the link on", async () => {
    const { address } = await published();
    expect(await text(address)).toContain(
      `property="og:image" content="http://localhost:4040${address}/preview.png"`,
    );
    const picture = await get(`${address}/preview.png`);
    expect(picture.headers.get("content-type")).toBe("image/png");
    const bytes = Buffer.from(await picture.arrayBuffer());
    // The header of a PNG: width and height stand at bytes 16 and 20.
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
    expect((await get("/findings/exercise-and-pain/none/preview.png")).status).toBe(404);
  });

  test("travel compressed where a browser reads that, and what holds a secret never does", async () => {
    const { address } = await published();
    const accept = { "accept-encoding": "gzip" };
    const page = await world.visitor().send("GET", address, undefined, accept);
    expect(page.headers.get("content-encoding")).toBe("gzip");
    expect(page.headers.get("vary")).toContain("Accept-Encoding");
    expect(gunzipSync(Buffer.from(await page.arrayBuffer())).toString()).toContain("<!doctype html>");
    expect((await get(address)).headers.get("content-encoding")).toBeNull();
    const answer = await world.visitor().send("GET", "/api/studies/public", undefined, accept);
    expect(answer.headers.get("content-encoding")).toBeNull();
  });

  test("give out the bundle, its tables and its figures as files that never change", async () => {
    const { address, publication } = await published();
    const page = await text(address);
    const table = /href="([^"]+\.csv)"/.exec(page)?.[1] ?? "";
    const csv = await get(table);
    expect(csv.headers.get("content-type")).toContain("text/csv");
    expect(csv.headers.get("cache-control")).toContain("immutable");
    const svg = await get(`${address}/figures/${publication.figures[0]?.id}.svg`);
    expect(svg.headers.get("content-type")).toBe("image/svg+xml");
    const picture = await svg.text();
    expect(picture).toContain("Simulated people");
    expect(picture).not.toContain("var(--");
    const png = await get(`${address}/figures/${publication.figures[0]?.id}.png`);
    expect(png.headers.get("content-type")).toBe("image/png");
    expect(png.headers.get("cache-control")).toContain("immutable");
    expect(
      Buffer.from(await png.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    expect((await get(`${address}/figures/${publication.figures[0]?.id}.gif`)).status).toBe(404);
  });

  test("say in a designed page that an address leads nowhere", async () => {
    for (const path of [
      "/nothing",
      "/findings/nothing",
      "/findings/exercise-and-pain/0000",
      "/assets/public/nothing.js",
    ]) {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("<!doctype html>");
    }
  });

  test("may load nothing from elsewhere, run no inline script and stand in no frame", async () => {
    const { headers } = await get("/");
    const policy = headers.get("content-security-policy");
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    expect(await text("/")).not.toMatch(/<script(?![^>]*\bsrc=)(?![^>]*application\/ld\+json)/);
  });

  test("may stand in a frame only where the console shows the form of a study, and only in a page of ours", async () => {
    const preview = (await get("/console/preview/index.html")).headers;
    expect(preview.get("content-security-policy")).toContain("frame-ancestors 'self'");
    expect(preview.get("x-frame-options")).toBe("SAMEORIGIN");
    for (const path of ["/console", "/console/preview/other", "/p"]) {
      const { headers } = await get(path);
      expect([path, headers.get("x-frame-options")]).toEqual([path, "DENY"]);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    }
  });

  test("describe the API and the health of the server", async () => {
    const document = (await (await get("/openapi.json")).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toContain("/api/studies/{study}/runs/{run}");
    expect(await (await get("/health")).json()).toEqual({
      status: "ok",
      version: "0.1.0-test",
      mail: { way: "folder", reachable: true, queued: 0, failed: 0, uncertain: 0 },
    });
  });
});

describe("the files of the apps", () => {
  test("are served with lasting names for a year and asked for again otherwise", async () => {
    expect(await text("/p")).toContain("participant");
    expect(await text("/p/anything")).toContain("participant");
    expect((await get("/p")).headers.get("cache-control")).toBe("no-cache");
    expect((await get("/p/assets/index-5NMnxpSJ.js")).headers.get("cache-control")).toContain("immutable");
    expect((await get("/assets/public/public.js")).headers.get("cache-control")).toBe("no-cache");
    expect((await get("/fonts/literata.woff2")).headers.get("content-type")).toBe("font/woff2");
  });

  test.each([
    "/p/%2e%2e/secret.txt",
    "/p/..%2fsecret.txt",
    "/p/%2e%2e%5csecret.txt",
    "/fonts/%2e%2e%2fsecret.txt",
    "/p/%00",
  ])("never leave their folder: %s", async (path) => {
    expect(await text(path)).not.toContain("secret");
  });

  test("say what to do when an app has not been built", async () => {
    const response = await get("/console");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("has not been built");
  });
});
