import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ModeratedComment, PublicStudy } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type Visitor, type World } from "../testing/world.ts";

let world: World;
let page: string;
let staff: Visitor;
const STUDY = "exercise-and-pain";

beforeAll(async () => {
  world = await openWorld();
  const studies = await world.visitor().get<PublicStudy[]>("/api/studies/public");
  page = `/findings/${STUDY}/${studies.find(({ id }) => id === STUDY)?.publication?.hash}`;
  staff = await world.staff("team@example.org");
});
afterAll(() => world.close());

const good = {
  name: "Kari",
  email: "kari@example.org",
  body: "For me it only ups the pain.",
  kind: "Walking",
  agreed: "yes",
  parent: "",
  website: "",
};

function solved(challenge: string): string {
  for (let solution = 0; ; solution++) {
    const digest = createHash("sha256").update(`${challenge}:${solution}`).digest();
    if (digest.readUInt32BE(0) >>> 20 === 0) return String(solution);
  }
}

async function challengeOf(visitor: Visitor): Promise<string> {
  const text = await (await visitor.send("GET", page)).text();
  return /data-challenge="([^"]+)"/.exec(text)?.[1] ?? "";
}

/** Sends the form as a browser would; with a script that solves its puzzle unless told otherwise. */
async function post(
  more: Record<string, string> = {},
  options: { readonly script?: boolean; readonly visitor?: Visitor } = {},
): Promise<Response> {
  const visitor = options.visitor ?? world.visitor();
  const challenge = await challengeOf(visitor);
  const solution = options.script === false ? "" : solved(challenge);
  const form = new URLSearchParams({ ...good, challenge, solution, ...more });
  return visitor.send("POST", `/findings/${STUDY}/comments`, form.toString(), {
    "content-type": "application/x-www-form-urlencoded",
  });
}

const text = async (path: string, visitor = world.visitor()): Promise<string> =>
  (await visitor.send("GET", path)).text();
const queue = (state = "pending"): Promise<ModeratedComment[]> =>
  staff.get<ModeratedComment[]>(`/api/studies/${STUDY}/comments?state=${state}`);
const decide = (id: string, decision: object): Promise<ModeratedComment> =>
  staff.post<ModeratedComment>(`/api/studies/${STUDY}/comments/${id}/decision`, decision);
/** An hour on, the limits of the hour before are gone. */
const later = (hours = 1.1): void => {
  world.clock.now += hours * 3_600_000;
};

describe("a reader", () => {
  test("reads the discussion and finds the form under the findings, complete without a script", async () => {
    const html = await text(page);
    expect(html).toContain("What readers say");
    expect(html).toContain("Nobody has written yet.");
    expect(html).toContain(`action="/findings/${STUDY}/comments"`);
    expect(html).toContain("What kind of exercise do you mean?");
  });

  test("whose form lacks something gets it back with every word still in it", async () => {
    const response = await post({ email: "nothing", agreed: "", body: "A long thought" });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain("A long thought");
    expect(html).toContain("Write an e-mail address");
    expect(html).toContain("Tick that you agree");
    expect(await queue()).toHaveLength(0);
  });

  test("who writes for the first time waits for a person, and gets an address to change or remove the comment", async () => {
    const response = await post();
    expect(response.status).toBe(303);
    const address = response.headers.get("location") ?? "";
    expect(address).toMatch(/^\/comment\/[\w-]{22}$/);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await text(address)).toContain("waits for a person of the study team");
    const [comment] = await queue();
    expect(comment).toMatchObject({ name: "Kari", heldFor: "first", kind: "walking", urgent: false });
    expect(JSON.stringify(comment)).not.toContain("kari@example.org");
    expect(await text(page)).not.toContain("only ups the pain");

    const edit = new URLSearchParams({ body: "For me it only ups the pain, at first." }).toString();
    const form = { "content-type": "application/x-www-form-urlencoded" };
    await world.visitor().send("POST", `${address}/edit`, edit, form);
    await decide(comment?.id ?? "", { decision: "approve" });
    const shown = await text(page);
    expect(shown).toContain("only ups the pain, at first.");
    expect(shown).toContain("speaks of: walking");
    expect(shown).toMatch(/kind=walking#discussion">walking<\/a> <span class="num soft">1 comment<\/span>/);

    world.clock.now += 16 * 60_000;
    const late = new URLSearchParams({ body: "Too late" }).toString();
    await world.visitor().send("POST", `${address}/edit`, late, form);
    expect(await text(page)).not.toContain("Too late");
  });

  test("who was accepted before is shown at once, unless there is a link or no script", async () => {
    later();
    await post({ body: "Exercise absolutely goes with less pain for me." });
    expect(await text(page)).toContain("absolutely goes with less pain");
    await post({ body: "See https://example.com/cure for more" });
    await post({ body: "Written without a script" }, { script: false });
    expect((await queue()).map(({ heldFor }) => heldFor).sort()).toEqual(["link", "no-script"]);
  });

  test("who speaks of danger or asks for advice sees help at once, and goes to the top of the queue", async () => {
    later();
    const response = await post({ email: "ola@example.org", body: "It hurts so much that I want to die." });
    expect(await text(response.headers.get("location") ?? "")).toContain("health service");
    await post({ email: "per@example.org", body: "Should I stop running?" });
    const [first, second] = await queue();
    expect([first?.heldFor, second?.heldFor]).toEqual(["danger", "advice"]);
    expect(first?.urgent).toBe(true);
  });

  test("who removes a comment erases words, name and address at once", async () => {
    later();
    const response = await post({
      name: "Removable Person",
      email: "removable@example.org",
      body: "Take this away",
    });
    const address = response.headers.get("location") ?? "";
    const [found] = (await queue()).filter(({ name }) => name === "Removable Person");
    await decide(found?.id ?? "", { decision: "approve" });
    expect(await text(page)).toContain("Take this away");
    await world.visitor().send("POST", `${address}/remove`, "", {
      "content-type": "application/x-www-form-urlencoded",
    });
    expect(await text(page)).not.toContain("Take this away");
    expect(await text(address)).toContain("has been removed");
    expect((await queue("approved")).map(({ name }) => name)).not.toContain("Removable Person");
  });

  test("may be remembered on the device, by one cookie with the name, only when asked for", async () => {
    later();
    const visitor = world.visitor();
    await post({ remember: "yes", name: "Åse Ødegård" }, { visitor });
    expect([...visitor.cookies.keys()]).toEqual(["longwave_name"]);
    expect(await text(page, visitor)).toContain('value="Åse Ødegård"');
    await post({ name: "Åse Ødegård" }, { visitor });
    expect([...visitor.cookies.keys()]).toEqual([]);
  });
});

describe("nobody", () => {
  test("can put script, markup or a hidden destination into the page", async () => {
    later();
    const nasty = 'Look <script>alert(1)</script> <img src=x onerror=alert(1)> http://good.example/"><b>';
    await post({
      name: "<b>Eve</b>",
      email: "eve@example.org",
      body: `${nasty}\njavascript:alert(1)`,
      kind: "<i>x</i>",
    });
    const [found] = (await queue()).filter(({ name }) => name.includes("Eve"));
    await decide(found?.id ?? "", { decision: "approve" });
    const html = await text(page);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img src=x");
    expect(html).not.toContain("<b>Eve</b>");
    expect(html).toContain('<a href="http://good.example/" rel="nofollow ugc noopener noreferrer">');
    expect(html).not.toContain('href="javascript:');
    expect((await world.visitor().send("GET", page)).headers.get("content-security-policy")).toContain(
      "script-src 'self'",
    );
  });

  test("fills the hidden field but a machine, whose comment is thrown away without a word", async () => {
    later();
    const before = (await queue()).length;
    expect((await post({ website: "http://spam.example" })).status).toBe(303);
    expect(await queue()).toHaveLength(before);
  });

  test("can send many in an hour; what was typed comes back, and without a script the limit is stricter", async () => {
    later();
    const visitor = world.visitor();
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++)
      statuses.push((await post({ body: `Again ${i}` }, { visitor, script: false })).status);
    expect(statuses).toEqual([303, 303, 303, 303, 429]);
    const refused = await post({ body: "My careful words" }, { visitor, script: false });
    expect(await refused.text()).toContain("My careful words");
  });

  test("can make another site's visitors write", async () => {
    const response = await world.visitor().send("POST", `/findings/${STUDY}/comments`, "name=x", {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "cross-site",
      origin: "https://evil.example",
    });
    expect(response.status).not.toBe(303);
  });

  test("finds an e-mail address in the store in the clear", async () => {
    const files = readdirSync(world.dataDir).filter((name) => name.startsWith("longwave.sqlite"));
    const bytes = files.map((name) => readFileSync(join(world.dataDir, name), "latin1")).join("");
    for (const address of ["kari@example.org", "ola@example.org", "removable@example.org"])
      expect(bytes).not.toContain(address);
  });
});

describe("the study team", () => {
  test("edits with a mark, rejects with a reason that the writer reads, and answers with a badge", async () => {
    later();
    const response = await post({ email: "new@example.org", name: "Nils", body: "Buy my wonder oil now" });
    const [found] = (await queue()).filter(({ name }) => name === "Nils");
    const id = found?.id ?? "";
    const path = `/api/studies/${STUDY}/comments/${id}/decision`;
    expect((await staff.problem("POST", path, { decision: "reject" })).code).toBe("comment.reason-missing");
    await decide(id, { decision: "reject", reason: "It advertises." });
    expect(await text(response.headers.get("location") ?? "")).toContain("It advertises.");
    await decide(id, { decision: "approve", body: "Oil is what I use." });
    const html = await text(page);
    expect(html).toContain("Oil is what I use.");
    expect(html).toContain("Edited by the study team");
    await staff.post(`/api/studies/${STUDY}/comments`, { body: "Thank you, Nils.", parent: id });
    const answered = await text(page);
    expect(answered).toContain("Thank you, Nils.");
    expect(answered).toContain("Study team");
  });

  test("alone sees the queue", async () => {
    const path = `/api/studies/${STUDY}/comments?state=pending`;
    expect((await world.visitor().problem("GET", path)).code).toBe("staff.not-signed-in");
  });
});

describe("replies and many comments", () => {
  test("a reply stands under its comment, and a reply to a reply beside it", async () => {
    later();
    const [thread] = await queue("approved").then((all) => all.filter(({ parent }) => parent === null));
    await staff.post(`/api/studies/${STUDY}/comments`, { body: "First answer", parent: thread?.id });
    const reply = (await queue("approved")).find(({ body }) => body === "First answer");
    await staff.post(`/api/studies/${STUDY}/comments`, { body: "Second answer", parent: reply?.id });
    const second = (await queue("approved")).find(({ body }) => body === "Second answer");
    expect(second?.parent).toBe(thread?.id);
    const form = await text(`${page}?reply=${thread?.id}`);
    expect(form).toContain(`name="parent" value="${thread?.id}"`);
    expect(form).toContain("Your reply to");
  });

  test("a comment that was taken away leaves its place to the answers, one without answers nothing", async () => {
    later();
    const sent = await post({ email: "leaves@example.org", name: "Leaves", body: "I was here" });
    const [own] = (await queue()).filter(({ name }) => name === "Leaves");
    await decide(own?.id ?? "", { decision: "approve" });
    await staff.post(`/api/studies/${STUDY}/comments`, { body: "Good to know.", parent: own?.id });
    await world.visitor().send("POST", `${sent.headers.get("location")}/remove`, "", {
      "content-type": "application/x-www-form-urlencoded",
    });
    const html = await text(page);
    expect(html).not.toContain("I was here");
    expect(html).toContain("This comment has been taken away.");
    expect(html).toContain("Good to know.");
  });

  test("twenty-five threads stand on a page, with the way to older ones; the feed holds the newest fifty", async () => {
    for (let i = 0; i < 60; i++) {
      world.clock.now += 1000;
      await staff.post(`/api/studies/${STUDY}/comments`, { body: `Note ${i}` });
    }
    const first = await text(page);
    expect(first).toContain("Older comments");
    expect(first.match(/class="reply" href="[^"]+reply=/g)).toHaveLength(25);
    expect(await text(`${page}?comments=2`)).toContain("Newer comments");
    expect(await text(`${page}?comments=0.5`)).toContain("Note 59");
    const feed = await world.visitor().send("GET", `/findings/${STUDY}/comments.atom`);
    expect(feed.headers.get("content-type")).toContain("application/atom+xml");
    expect((await feed.text()).match(/<entry>/g)).toHaveLength(50);
  });

  test("a comment with many answers shows five and leads to the page of it alone, with all", async () => {
    const parent = (await queue("approved")).find(({ body }) => body === "Note 59")?.id;
    for (let i = 0; i < 8; i++) {
      world.clock.now += 1000;
      await staff.post(`/api/studies/${STUDY}/comments`, { body: `Answer ${i}.`, parent });
    }
    const html = await text(page);
    expect(html).toContain("Answer 4.");
    expect(html).not.toContain("Answer 5.");
    expect(html).toContain("Show all 8 answers");
    const alone = await text(`${page}?thread=${parent}`);
    expect(alone).toContain("Answer 7.");
    expect(alone).not.toContain("Note 58");
  });

  test("readers who name a kind can be read by it, also where only an answer speaks of it", async () => {
    later();
    const parent = (await queue("approved")).find(({ body }) => body === "Note 3")?.id ?? "";
    await post({
      email: "swims@example.org",
      name: "Swims",
      kind: " Swimming\u202e ",
      body: "Water carries me.",
      parent,
    });
    const [reply] = (await queue()).filter(({ name }) => name === "Swims");
    expect(reply?.kind).toBe("swimming");
    await decide(reply?.id ?? "", { decision: "approve" });
    const html = await text(`${page}?kind=swimming`);
    expect(html).toContain("Only comments that speak of: swimming");
    expect(html).toContain("Note 3<");
    expect(html).toContain("Water carries me.");
    expect(html).not.toContain("Note 59<");
    expect(html).toContain('name="kind"');
    expect(html).toContain("These are experiences, not data.");
  });

  test("the terms stand at an address of their own, and a form that came back leads to its page when loaded anew", async () => {
    expect(await text(`/findings/${STUDY}/terms`)).toContain("deleted after 30 days");
    expect((await world.visitor().send("GET", "/findings/nothing/terms")).status).toBe(404);
    const again = await world.visitor().send("GET", `/findings/${STUDY}/comments`);
    expect(again.headers.get("location")).toBe(`/findings/${STUDY}#discussion`);
  });
});
