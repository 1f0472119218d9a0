import type { PeoplePage } from "@longwave/api";
import { afterAll, describe, expect, test } from "vitest";
import { engines, stopPostgres } from "../testing/engines.ts";
import { openMailWorld, STUDY } from "../testing/mail-world.ts";
import { messagesIn, readReturned } from "./returned.ts";
import { takeReturned } from "./take-returned.ts";

afterAll(stopPostgres);

const ID = "0d2b1c7e-1111-4222-8333-444455556666";

interface Report {
  readonly id?: string;
  readonly action?: string;
  readonly status?: string;
  /** What comes back of the message: its headers alone, all of it, or nothing but an envelope id. */
  readonly back?: "headers" | "message" | "envelope";
}

/** A report as Postfix writes it (RFC 3464, section 2). */
function report({ id = ID, action = "failed", status = "5.1.1", back = "headers" }: Report = {}): Buffer {
  const type = back === "message" ? "message/rfc822" : "text/rfc822-headers";
  const returned =
    back === "envelope" ? "Subject: A study" : `Message-ID: <${id}@example.org>\r\nSubject: A study`;
  const lines = [
    "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)",
    "To: team@example.org",
    "Subject: Undelivered Mail Returned to Sender",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
    "",
    "--B",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "From what the other side says, this address does not exist.",
    "",
    "--B",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.org",
    ...(back === "envelope" ? [`Original-Envelope-Id: ${id}`] : []),
    "",
    "Final-Recipient: rfc822; kari@example.org",
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} <kari@example.org>: user`,
    " unknown",
    "",
    "--B",
    `Content-Type: ${type}`,
    "",
    returned,
    ...(back === "message" ? ["", "Words of the study."] : []),
    "",
    "--B--",
    "",
  ];
  return Buffer.from(lines.join("\r\n"));
}

describe("a report of a mail server", () => {
  test.each(["headers", "message", "envelope"] as const)(
    "names our message, by what comes back of it (%s), and the reason without an address",
    async (back) => {
      expect(await readReturned(report({ back }))).toEqual({
        message: ID,
        kind: "failed",
        forGood: true,
        why: "5.1.1: 550 5.1.1 <…>: user unknown",
      });
    },
  );

  test("may say that it still tries, or that it gave up a full mailbox, which may have room again", async () => {
    expect(await readReturned(report({ action: "delayed", status: "4.4.1" }))).toMatchObject({
      kind: "delayed",
    });
    for (const status of ["4.2.2", "5.2.2", "5.7.1"])
      expect(await readReturned(report({ status }))).toMatchObject({ kind: "failed", forGood: false });
  });

  test("is told from everything else that comes to a mailbox", async () => {
    const away = `From: kari@example.org\r\nSubject: Away\r\nIn-Reply-To: <${ID}@example.org>\r\n\r\nI am away.\r\n`;
    const others = [
      Buffer.from(away),
      report({ action: "delivered" }),
      report({ id: "not-ours" }),
      Buffer.from("\0"),
    ];
    for (const other of others) expect(await readReturned(other)).toBeUndefined();
  });

  test("may stand in an mbox file among others", async () => {
    const mbox = [report(), Buffer.from("Subject: Hello\r\n\r\n>From me\r\n"), report()]
      .map((mail) => `From MAILER-DAEMON Mon Nov 30 12:00:00 2026\n${mail.toString()}\n`)
      .join("\n");
    const found = await Promise.all(messagesIn(Buffer.from(mbox)).map(readReturned));
    expect(found.map((each) => each?.message)).toEqual([ID, undefined, ID]);
  });
});

describe.each(engines)("mail that came back, on %s", (engine) => {
  test("is shown as failed, once, and nothing more goes to an address that takes none, but what is asked for", async () => {
    const room = await openMailWorld(engine);
    const kari = await room.join("kari", { ticks: ["reminders"] });
    room.world.clock.now += 2 * 864e5;
    await room.world.server.deliverMail();
    const id = room.post.received[0]?.messageId.slice(1, 37) ?? "";
    const files = [report({ id }), report({ id }), report(), report({ id, action: "delayed" })];
    const found = await takeReturned(room.place.location, files, room.world.clock.now);
    expect(found).toEqual({ read: 4, failed: 1, delayed: 1, unknown: 2 });
    const { messages } = await room.messages();
    expect(messages[0]).toMatchObject({
      state: "failed",
      lastError: "came back: 5.1.1: 550 5.1.1 <…>: user unknown",
      canRepeat: true,
    });
    const { people } = await room.staff.get<PeoplePage>(`/api/studies/${STUDY}/people`);
    expect(people[0]?.mailReturns).toBe(true);

    room.world.clock.now += 5 * 864e5;
    await room.world.server.deliverMail();
    expect(room.post.received, "the next nudge stays here").toHaveLength(1);
    expect((await room.messages()).messages[0]?.lastError).toMatch(/^mail to this address came back/);
    await kari.visitor.post("/api/participant/session", { token: kari.token });
    await kari.visitor.post("/api/participant/code", { purpose: "past_answers" });
    await room.staff.post(`/api/studies/${STUDY}/messages/${messages[0]?.id}/repeat`, {
      reason: "she says it works",
    });
    await room.world.server.deliverMail();
    expect(room.post.received, "a code that was asked for, and what staff sent again").toHaveLength(3);
    const mailReturns = async () =>
      (await room.staff.get<PeoplePage>(`/api/studies/${STUDY}/people`)).people[0]?.mailReturns;
    expect(await mailReturns(), "staff judge that it works").toBe(false);
    const again = room.post.received.at(-1)?.messageId.slice(1, 37) ?? "";
    await takeReturned(room.place.location, [report({ id: again })], room.world.clock.now);
    expect(await mailReturns(), "and it came back once more").toBe(true);
    const code = /^\d{4} \d{4}$/m.exec(room.post.received.map(({ text }) => text).join("\n"))?.[0];
    await kari.visitor.post("/api/participant/code/redeem", { purpose: "past_answers", code });
    expect(await mailReturns(), "a code that was read there shows that mail arrives").toBe(false);
    await room.close();
  }, 120_000);
});
