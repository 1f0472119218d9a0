import { endpoints, type Run } from "@longwave/api";
import { expect, test } from "vitest";
import { enrolled, openWorld, protocolText } from "../testing/world.ts";

const study = "exercise-and-pain-try";
const demonstration = { protocolText, people: 12, seed: 1, scope: "confirmatory" } as const;
const result = /95 ?% interval|pHolm|p_holm|"estimate"|"findings"|within\(ex\)\[?"?:? ?-?\d/;
const ownText = JSON.stringify(protocolText).slice(1, -1);

test("no endpoint shows a result before two people have locked the data, not even after one of them has", async () => {
  const world = await openWorld({ demonstration });
  const staff = await world.staff("kari@example.org");
  await enrolled(world);
  await staff.post(`/api/studies/${study}/lock`);
  const run = await staff.post<Run>(`/api/studies/${study}/runs`);
  expect(run.kind).toBe("blind");
  const read = (): Promise<Run> => staff.get<Run>(`/api/studies/${study}/runs/${run.id}`);
  await expect.poll(async () => (await read()).state, { timeout: 120_000 }).toBe("done");
  const reads = Object.values({ ...endpoints }).filter(({ method }) => method === "GET");
  expect(reads.length).toBeGreaterThan(10);
  const seen: string[] = [];
  for (const { path } of reads) {
    const address = path.replace(":study", study).replace(":run", run.id).replace(/:\w+/g, "1");
    const response = await staff.send("GET", address);
    if (response.ok && path.includes(":study")) seen.push(path);
    // The list of studies also names the published demonstration; its results are at its own address. The study's own
    // text says in words what will be estimated.
    const shown = (await response.text()).replaceAll(ownText, "");
    expect(shown, address).not.toMatch(result);
  }
  expect(seen).toEqual(expect.arrayContaining(["/api/studies/:study/reporting", "/api/studies/:study/plan"]));
  const published = await staff.problem("POST", `/api/studies/${study}/publications`, { run: run.id });
  expect(published.code).toBe("run.not-results");
  await world.close();
}, 300_000);
