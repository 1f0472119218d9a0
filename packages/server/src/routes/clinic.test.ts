import { afterAll, beforeAll, expect, test } from "vitest";
import { stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";

afterAll(stopPostgres);
let room: MailWorld;
const waiting: Member[] = [];
const PEOPLE = 40;
const purpose = "past_answers";
const type = { "content-type": "application/x-www-form-urlencoded" };

beforeAll(async () => {
  room = await openMailWorld("sqlite");
  for (let person = 0; person < PEOPLE; person++) waiting.push(await room.join(`waiting${person}`));
}, 60_000);
afterAll(() => room.close());

test("forty people in a waiting room behind one address each mistype a code once, get theirs, and ask for lost links", async () => {
  for (const { visitor, token, email = "" } of waiting) {
    const wrong = await visitor.problem("POST", "/api/participant/letter", { code: "0000 0001" });
    expect(wrong.code).toBe("letter.code-unknown");
    await visitor.post("/api/participant/session", { token });
    await visitor.post("/api/participant/code", { purpose });
    const mistyped = await visitor.problem("POST", "/api/participant/code/redeem", {
      purpose,
      code: "0000 0001",
    });
    expect(mistyped.code).toBe("code.wrong");
    const asked = new URLSearchParams({ email }).toString();
    expect((await visitor.send("POST", `/about/${STUDY}/lost-link`, asked, type)).status).toBe(200);
  }
  await room.world.server.deliverMail();
  for (const { visitor, email } of waiting) {
    const mail = room.post.received.filter(({ to }) => to === email).map(({ text }) => text);
    const code = /^\d{4} \d{4}$/m.exec(mail.join("\n"))?.[0];
    await visitor.post("/api/participant/code/redeem", { purpose, code });
    expect(mail.some((text) => text.includes("/p#"))).toBe(true);
  }
});

test("the staff of the clinic, twenty of them, may ask for their sign-in links from the same address in that hour", async () => {
  for (let nurse = 0; nurse < 20; nurse++)
    await room.world.visitor().post("/api/staff/sign-in-link", { email: `nurse${nurse}@example.org` });
});

test("whoever guesses from there is stopped after a hundred wrong codes in the hour, of ten thousand times ten thousand", async () => {
  const [guesser] = waiting;
  const guess = () =>
    guesser?.visitor.problem("POST", "/api/participant/code/redeem", { purpose, code: "0000 0002" });
  let stopped = 0;
  for (let tries = 1; tries <= 100 && stopped === 0; tries++)
    if ((await guess())?.code === "request.too-many") stopped = tries;
  expect(stopped + PEOPLE, "the forty that were mistyped count too").toBe(101);
});
