import { once } from "node:events";
import { readdirSync } from "node:fs";
import { platform } from "node:os";
import type { PublicStudy, Run } from "@longwave/api";
import { describe, expect, test } from "vitest";
import { latestRun } from "../store/queries/runs.ts";
import { isBuilt, startChild } from "../testing/child.ts";
import { makePlace } from "../testing/engines.ts";
import { protocolText } from "../testing/world.ts";

describe.skipIf(!isBuilt)("the built server", () => {
  test("analyses in a thread of its own, publishes, and stops at once when it is told to", async () => {
    const place = await makePlace("sqlite");
    const demonstration = { protocolText, people: 60, seed: 1, scope: "all_but_imputation" as const };
    const { process, url } = await startChild({ ...place.location, demonstration });
    const closed = async (): Promise<PublicStudy | undefined> =>
      ((await (await fetch(`${url}/api/studies/public`)).json()) as PublicStudy[])[0];
    const early = await closed();
    expect(early?.phase, "the server is open before its findings are made").toBe("locked");
    expect(early?.making?.total).toBeGreaterThan(0);
    expect(await (await fetch(url)).text()).toContain("The findings are being made: step 1 of");
    await expect.poll(async () => (await closed())?.phase, { timeout: 280_000 }).toBe("published");
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
  }, 300_000);

  test.runIf(platform() === "linux")(
    "stops the thread of a run that is cancelled, and can run again at once",
    async () => {
      const place = await makePlace("sqlite");
      const demonstration = { protocolText, people: 400, seed: 1, scope: "all" as const };
      const child = await startChild({ ...place.location, demonstration });
      const threads = (): number => readdirSync(`/proc/${child.process.pid}/task`).length;
      const call = await signedIn(child);
      const runs = "/api/studies/exercise-and-pain/runs";
      const [first] = (await (await call("GET", runs)).json()) as Run[];
      await expect
        .poll(async () => (await (await call("GET", runs)).json())[0].state, { timeout: 60_000 })
        .toBe("running");
      const during = threads();
      const cancelled = (await (await call("POST", `${runs}/${first?.id}/cancel`)).json()) as Run;
      expect(cancelled.state).toBe("cancelled");
      expect(threads(), "its thread is gone when the answer comes").toBeLessThan(during);
      const next = (await (await call("POST", runs)).json()) as Run;
      expect(next.state).toBe("queued");
      const ended = once(child.process, "exit");
      child.process.kill("SIGTERM");
      await ended;
      await place.remove();
    },
    300_000,
  );
});

/** Requests of a member of staff to a server in a process of its own. */
async function signedIn({ url, signInLink }: Awaited<ReturnType<typeof startChild>>) {
  const call = (method: string, path: string, body: object = {}, cookie = ""): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { "content-type": "application/json", cookie },
      ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
    });
  const token = signInLink.split("#sign-in=")[1];
  const answer = await call("POST", "/api/staff/sign-in", { token });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return (method: string, path: string): Promise<Response> => call(method, path, {}, cookie);
}
