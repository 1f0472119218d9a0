import { afterAll, beforeAll, expect, test } from "vitest";
import { type MailWorld, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { protocolText } from "../testing/world.ts";

let room: MailWorld;
beforeAll(async () => {
  room = await openMailWorld("sqlite");
});
afterAll(() => room.close());
const page = async (path: string) => {
  const response = await room.world.visitor().send("GET", path);
  return { status: response.status, text: await response.text() };
};

test("the privacy notice and the terms of a study stand at stable addresses, in both languages, without script", async () => {
  const notice = await page(`/about/${STUDY}/privacy`);
  expect(notice.text).toContain("Who can see it");
  expect(notice.text).not.toContain("<script");
  expect((await page(`/about/${STUDY}/privacy?language=nb`)).text).toContain("Hvem som kan se det");
  expect((await page(`/about/${STUDY}/terms`)).text).toContain("It is research, not treatment");
});

test("they are there only where the text has them, and every message links to the notice", async () => {
  expect((await page("/about/nothing/privacy")).status).toBe(404);
  expect((await page(`/about/${STUDY}/else`)).status).toBe(404);
  const bare = protocolText.replace(
    /\n# Pages that everyone may read[\s\S]*?\n(?=\n# What participants see)/,
    "\n",
  );
  await room.staff.post("/api/studies", { protocol: bare, id: "bare" });
  expect((await page("/about/bare/privacy")).status).toBe(404);
  const kari = await room.join("kari");
  await kari.visitor.post("/api/participant/code", { purpose: "past_answers" });
  await room.world.server.deliverMail();
  expect(room.post.received.at(-1)?.text).toContain(`/about/${STUDY}/privacy?language=en`);
});

test("whoever has lost their link gets it by e-mail, and the answer is the same whether the address is known or not", async () => {
  await room.join("lost");
  room.post.received.splice(0);
  const visitor = room.world.visitor();
  const ask = async (email: string) => {
    const body = new URLSearchParams({ email }).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const response = await visitor.send("POST", `/about/${STUDY}/lost-link`, body, type);
    return { status: response.status, headers: [...response.headers], text: await response.text() };
  };
  const known = await ask("LOST@example.org ");
  expect(await ask("stranger@example.org")).toEqual(known);
  expect(known.text).toContain("Look into your e-mail.");
  await room.world.server.deliverMail();
  expect(room.post.received.map(({ to }) => to)).toEqual(["lost@example.org"]);
  expect(room.post.received[0]?.text).toContain("/p#");
  expect((await ask("kari@")).status).toBe(422);
  for (let times = 0; times < 118; times++) await ask("lost@example.org");
  expect((await ask("lost@example.org")).status).toBe(429);
  expect((await page("/about/nothing/lost-link")).status).toBe(404);
});
