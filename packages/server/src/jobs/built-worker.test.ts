import { once } from "node:events";
import type { PublicStudy } from "@longwave/api";
import { describe, expect, test } from "vitest";
import { latestRun } from "../store/queries/runs.ts";
import { isBuilt, startChild } from "../testing/child.ts";
import { makePlace } from "../testing/engines.ts";
import { protocolText } from "../testing/world.ts";

describe.skipIf(!isBuilt)("the built server", () => {
  test("analyses in a thread of its own, publishes, and stops at once when it is told to", async () => {
    const place = await makePlace("sqlite");
    const demonstration = { protocolText, people: 60, seed: 1 };
    const { process, url } = await startChild({ ...place.location, demonstration });
    const studies = (await (await fetch(`${url}/api/studies/public`)).json()) as PublicStudy[];
    expect(studies[0]?.phase).toBe("published");
    expect(await (await fetch(`${url}/findings/exercise-and-pain`)).text()).toContain(
      "Does exercise go with",
    );
    const ended = once(process, "exit");
    process.kill("SIGTERM");
    await ended;

    const store = await place.open();
    const run = await latestRun(store.db, "exercise-and-pain");
    expect(run).toMatchObject({ kind: "results", state: "done", doing: "Done" });
    await store.close();
    await place.remove();
  }, 180_000);
});
