import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer, type LongwaveServer } from "@longwave/server";
import { totpAt } from "../packages/server/testing/totp.mjs";

const dist = fileURLToPath(new URL("../packages/web/dist/", import.meta.url));

/** A server with one real study, called `pain`, whose clock the test moves; messages go into the outbox folder. */
export interface Room {
  readonly server: LongwaveServer;
  readonly url: string;
  readonly clock: { now: number };
  readonly dataDir: string;
  /** What the study's owner does, without a page. */
  post(path: string, body: unknown): Promise<Response>;
  get(path: string): Promise<Response>;
  close(): Promise<void>;
}

/** Opens one, at ten in the morning of 2 March 2026. */
export async function openRoom(protocol: string): Promise<Room> {
  const dataDir = mkdtempSync(join(tmpdir(), "longwave-room-"));
  const clock = { now: Date.UTC(2026, 2, 2, 10) };
  const folder = (name: string): string => join(dist, name);
  const server = await createServer({
    dataDir,
    webRoot: {
      participant: folder("participant"),
      console: folder("console"),
      public: folder("public"),
      analyse: folder("analyse"),
      fonts: folder("fonts"),
    },
    version: "journey",
    demonstration: null,
    port: 0,
    now: () => clock.now,
  });
  const { url } = await server.listen();
  const token = (await server.signInLink("team@example.org")).split("#sign-in=")[1];
  const signedIn = await post({ server, url, cookie: "" }, "/api/staff/sign-in", { token });
  const factor = { server, url, cookie: cookiesOf(signedIn) };
  const made = await post(factor, "/api/staff/second-factor", {});
  const code = totpAt(((await made.json()) as { secret: string }).secret, Date.now());
  const cookie = cookiesOf(await post(factor, "/api/staff/second-factor/code", { code }));
  await post({ server, url, cookie }, "/api/studies", { protocol, id: "pain" });
  return {
    ...{ server, url, clock, dataDir },
    post: (path, body) => post({ server, url, cookie }, path, body),
    get: (path) => server.fetch(new Request(url + path, { headers: { cookie } })),
    async close() {
      await server.close();
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(`${dataDir}.key`, { force: true });
    },
  };
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
}

interface Desk {
  readonly server: LongwaveServer;
  readonly url: string;
  readonly cookie: string;
}

/** What staff do, without a socket of their own. */
async function post({ server, url, cookie }: Desk, path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json", origin: url, cookie };
  const request = new Request(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const response = await server.fetch(request);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response;
}
