import { Agent, request } from "node:http";
import type { Answerer } from "./people.ts";

/** What came of a load: how long each answer took, in milliseconds, and what came in place of those not saved. */
export interface LoadResult {
  readonly taken: readonly number[];
  readonly errors: readonly string[];
  readonly seconds: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 500 });

/** Sends one answer; nothing when the server said that it is saved, else what came instead. */
function send(server: string, person: Answerer): Promise<string | undefined> {
  return post(server, person.cookie, JSON.stringify({ answers: [person.next()] }));
}

/** As a browser does, sends again what met a kept connection at the moment the server closed it: its id makes that safe. */
function post(server: string, cookie: string, body: string): Promise<string | undefined> {
  const headers = {
    ...{ "content-type": "application/json", "content-length": Buffer.byteLength(body) },
    cookie,
  };
  return new Promise((resolve) => {
    const asked = request(
      `${server}/api/participant/answers`,
      { agent, method: "POST", headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          const isSaved = answer.statusCode === 200 && text.includes('"saved":[{');
          resolve(isSaved ? undefined : `${answer.statusCode} ${text.slice(0, 300)}`);
        });
      },
    );
    asked.on("error", (error) => resolve(asked.reusedSocket ? post(server, cookie, body) : error.message));
    asked.end(body);
  });
}

/**
 * Everyone answers every two seconds, evenly spread, whether the server keeps up or not: times are counted from when an
 * answer was to be sent, so a server that stands still shows.
 */
export async function steadyLoad(
  servers: readonly string[],
  people: readonly Answerer[],
  seconds: number,
): Promise<LoadResult> {
  const taken: number[] = [];
  const errors: string[] = [];
  const begun = performance.now();
  const gap = 2000 / people.length;
  const number = Math.floor((seconds * 1000) / gap);
  const going: Promise<void>[] = [];
  for (let index = 0; index < number; index++) {
    const due = begun + index * gap;
    const early = due - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    const person = people[index % people.length];
    const server = servers[index % servers.length];
    if (person === undefined || server === undefined) continue;
    going.push(
      send(server, person).then((wrong) => {
        taken.push(performance.now() - due);
        if (wrong !== undefined) errors.push(wrong);
      }),
    );
  }
  await Promise.all(going);
  return { taken, errors, seconds: (performance.now() - begun) / 1000 };
}

/** As much as the servers take: so many answers under way at any moment, each sent when one before it has come back. */
export async function fullLoad(
  servers: readonly string[],
  people: readonly Answerer[],
  { seconds, together }: { readonly seconds: number; readonly together: number },
): Promise<LoadResult> {
  const taken: number[] = [];
  const errors: string[] = [];
  let turn = 0;
  const begun = performance.now();
  const sendOn = async (): Promise<void> => {
    while (performance.now() < begun + seconds * 1000) {
      const index = turn++;
      const person = people[index % people.length];
      const server = servers[index % servers.length];
      if (person === undefined || server === undefined) return;
      const sentAt = performance.now();
      const wrong = await send(server, person);
      if (wrong !== undefined) errors.push(wrong);
      taken.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: together }, sendOn));
  return { taken, errors, seconds: (performance.now() - begun) / 1000 };
}

/** The value below which a share of numbers lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
