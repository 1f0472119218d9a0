import { readFileSync } from "node:fs";
import type { AnswerSubmission, ParticipantState } from "@longwave/api";
import type { FormItem } from "@longwave/study/answering";
import { totpAt } from "../../packages/server/testing/totp.mjs";

const STUDY = "pain";
const TOGETHER = 16;

/** Somebody who has consented, and how to make an answer of theirs: the first questions of the wave, again and again. */
export interface Answerer {
  readonly cookie: string;
  next(): AnswerSubmission;
}

/** A page's requests: its own cookies, JSON both ways. */
function makeVisitor(server: string) {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const post = async <T>(path: string, body: object): Promise<T> => {
    const response = await fetch(server + path, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: cookie() },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  return { cookie, post };
}

/** Opens a study on an empty server and lets `number` people consent to it. */
export async function makePeople(
  server: { readonly url: string; readonly signInLink: string },
  number: number,
): Promise<readonly Answerer[]> {
  const staff = makeVisitor(server.url);
  await staff.post("/api/staff/sign-in", { token: server.signInLink.split("#sign-in=")[1] });
  const { secret } = await staff.post<{ secret: string }>("/api/staff/second-factor", {});
  await staff.post("/api/staff/second-factor/code", { code: totpAt(secret, Date.now()) });
  const protocol = readFileSync(new URL("../../protocols/exercise-and-pain.yaml", import.meta.url), "utf8");
  await staff.post("/api/studies", { protocol, id: STUDY });
  const text = Array.from({ length: number }, (_, index) => `Person ${index}, p${index}@example.org`).join(
    "\n",
  );
  const { added } = await staff.post<{ added: readonly { link: string }[] }>(`/api/studies/${STUDY}/people`, {
    text,
  });
  const people: Answerer[] = [];
  for (let from = 0; from < added.length; from += TOGETHER) {
    const joining = added.slice(from, from + TOGETHER).map(({ link }) => join(server.url, link));
    people.push(...(await Promise.all(joining)));
  }
  return people;
}

async function join(server: string, link: string): Promise<Answerer> {
  const person = makeVisitor(server);
  const invited = await person.post<ParticipantState>("/api/participant/session", {
    token: link.split("#")[1] ?? "",
  });
  const { form } = invited.consent;
  const state = await person.post<ParticipantState>("/api/participant/consent", {
    ...{ hash: form.hash, version: form.version, language: form.language, timeZone: "Europe/Oslo" },
    ticks: Object.fromEntries(form.ticks.map(({ id, required }) => [id, required])),
  });
  const current = state.current?.form;
  const items = (current?.items ?? []).filter(({ kind }) => kind === "scale" || kind === "single_choice");
  let given = 0;
  return {
    cookie: person.cookie(),
    next() {
      const item = items[given % items.length];
      if (current === undefined || item === undefined)
        throw new Error("the wave asks nothing that can be chosen");
      given += 1;
      return {
        id: crypto.randomUUID(),
        wave: current.wave,
        item: item.id,
        payload: { kind: "value", value: lowest(item) },
        answeredAt: Date.now(),
      };
    },
  };
}

function lowest(item: FormItem): number {
  if (item.kind === "scale") return item.min;
  return item.kind === "single_choice" ? Number(item.options[0]?.value ?? 0) : 0;
}
