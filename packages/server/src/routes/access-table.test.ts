import { type Endpoint, endpoints, type Problem, type Role, roles } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { openWorld, protocolText, type Visitor, type World } from "../testing/world.ts";

afterAll(stopPostgres);

const OWN = "own";
const OTHER = "other";

const ofStaff = Object.entries<Endpoint>({ ...endpoints } as Record<string, Endpoint>).filter(
  ([, { who }]) => who === "staff",
);
const ofStudies = ofStaff.filter(([, { path }]) => path.includes(":study"));

/**
 * What the gate says to a request whose body no endpoint takes: "-" for a role that may not, "404" for a study that
 * does not exist, "2nd" where the second factor is missing, "in" when the request got past the gate.
 */
async function gate(
  visitor: Visitor,
  [, { method, path }]: [string, Endpoint],
  study: string,
): Promise<string> {
  const address = path.replace(":study", study).replace(/:\w+/g, "0");
  const response = await visitor.send(method, address, method === "GET" ? undefined : "[]");
  if (response.ok) return "in";
  const { code } = (await response.json()) as Problem;
  if (code === "staff.not-signed-in") return "401";
  if (code === "staff.not-allowed") return "-";
  if (code === "study.not-found") return "404";
  return code === "staff.second-factor-needed" ? "2nd" : "in";
}

async function row(
  visitors: readonly Visitor[],
  endpoint: [string, Endpoint],
  study: string,
): Promise<string> {
  const said: string[] = [];
  for (const visitor of visitors) said.push((await gate(visitor, endpoint, study)).padEnd(4));
  return `${endpoint[0].padEnd(18)} ${said.join(" ").trimEnd()}`;
}

async function table(
  visitors: readonly Visitor[],
  rows: readonly [string, Endpoint][],
  study: string,
): Promise<string> {
  const lines: string[] = [];
  for (const each of rows) lines.push(await row(visitors, each, study));
  return `\n${lines.join("\n")}\n`;
}

const address = (role: Role): string => `${role.replace("_", "-")}@example.org`;

describe.each(engines)("every role at every endpoint for staff, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  const members: Visitor[] = [];
  beforeAll(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration: null });
    for (const role of roles) members.push(await world.staff(address(role)));
    const [owner] = members;
    if (!owner) throw new Error("no role has an owner");
    await owner.post("/api/studies", { protocol: protocolText, id: OWN });
    for (const role of roles.slice(1))
      await owner.post(`/api/studies/${OWN}/team`, { email: address(role), role });
    const stranger = await world.staff("stranger@example.org");
    await stranger.post("/api/studies", { protocol: protocolText, id: OTHER });
  });
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  test("in their own study may do what the table of rules says", async () => {
    expect(`owner manager data analyst monitor${await table(members, ofStudies, OWN)}`).toMatchSnapshot(
      "own study",
    );
  });

  test("finds a study of others nowhere, in the words of one that does not exist", async () => {
    for (const endpoint of ofStudies)
      expect(await row(members, endpoint, OTHER), endpoint[0]).toMatch(/^\w+( +404){5}$/);
    const problem = (study: string) => members[0]?.problem("GET", `/api/studies/${study}`);
    const [foreign, none] = [await problem(OTHER), await problem("nothing")];
    expect({ ...foreign, found: "" }).toEqual({ ...none, found: "" });
    expect(await members[1]?.get<readonly { id: string }[]>("/api/studies")).toMatchObject([{ id: OWN }]);
  });

  test("gets nowhere without a session, and to nobody's names without a second factor", async () => {
    const nobody = world.visitor();
    for (const endpoint of ofStaff) expect(await gate(nobody, endpoint, OWN), endpoint[0]).toBe("401");
    const half = await world.signedIn(address("owner"));
    const stopped: string[] = [];
    for (const endpoint of ofStudies)
      if ((await gate(half, endpoint, OWN)) === "2nd") stopped.push(endpoint[0]);
    expect(stopped.sort()).toEqual([
      "addPeople",
      "answerQuery",
      "changeContact",
      "changeMember",
      "consentPaper",
      "correctAnswer",
      "enterAnswers",
      "entrySheet",
      "followQuery",
      "handleMessage",
      "imports",
      "inbox",
      "inviteMember",
      "likelyDuplicates",
      "lookAtImport",
      "markDuplicate",
      "openQuery",
      "personContact",
      "personLink",
      "quality",
      "queries",
      "readOutCode",
      "recordPaperConsent",
      "removeMember",
      "removePerson",
      "secondEntry",
      "settleDifference",
      "startImport",
      "writeLetters",
    ]);
  });

  test("who was only invited opens no study of their own", async () => {
    const guest = "guest@example.org";
    await members[0]?.post(`/api/studies/${OWN}/team`, { email: guest, role: "manager" });
    await world.server.deliverMail();
    const invited = await world.signedIn(guest, { byMail: true });
    expect((await invited.problem("POST", "/api/studies", { protocol: protocolText, id: "mine" })).code).toBe(
      "staff.not-allowed",
    );
    expect(await invited.get<readonly { id: string }[]>("/api/studies")).toMatchObject([
      { id: OWN, role: "manager", names: "second_factor" },
    ]);
  });
});
