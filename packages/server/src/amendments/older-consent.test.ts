import type {
  AmendmentPreview,
  EntrySheet,
  ParticipantState,
  PeoplePage,
  PersonCalendar,
  Today,
} from "@longwave/api";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { amendedText } from "../testing/amended-text.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { answerTo, consentTo, itemsOf, sendAnswers } from "../testing/world.ts";

afterAll(stopPostgres);

const DAY_MS = 86_400_000;
const study = `/api/studies/${STUDY}`;

/** The amended text with a question and a round more, for which consent is asked once again. */
const longerText = amendedText
  .replace("version: 1.1.0", "version: 1.2.0")
  .replace("  version: 2\n  changes:\n", "  version: 3\n  changes:\n")
  .replace(
    /- \{ en: "The second round is open a week longer\.".*\}/,
    '- { en: "There is a question about sleep, and a sixth round.", nb: "Det er et spørsmål om søvn, og en sjette runde." }',
  )
  .replace("week: []", "week: [sleep]")
  .replace("w5: 6 }", "w5: 6, w6: 3 }")
  .replace(
    "# What matters most comes first",
    `  - id: w6
    label: { en: Wave 6, nb: Runde 6 }
    offsetDays: 500
    opensDays: -7
    closesDays: 21
    batteries: [pain]
    messages: *contacts

# What matters most comes first`,
  )
  .replace(
    "  - id: flare\n    role",
    `  - id: sleep
    role: covariate
    status: own
    recall: 7d
    norwegian: { status: working }
    items:
      - id: slept
        kind: yes_no
        level: nominal
        text: { en: "In the past 7 days, did pain wake you?", nb: "Har smerte vekket deg de siste 7 dagene?" }
  - id: flare
    role`,
  );

let room: MailWorld;
afterEach(() => room.close());

const open = ({ visitor, token }: Member) =>
  visitor.post<ParticipantState>("/api/participant/session", { token });
async function amend(protocol: string): Promise<void> {
  const seen = await room.staff.post<AmendmentPreview>(`${study}/amendments/preview`, { protocol });
  await room.staff.post(`${study}/amendments`, { protocol, token: seen.token, reason: "More to learn." });
}
const asks = (state: ParticipantState) => itemsOf(state).some(({ id }) => id === "slept");

describe.each(engines)("an older consent on %s", (engine) => {
  test("asks nothing that came with a newer one, tells all that is new since, and is mailed about after a pause, once", async () => {
    room = await openMailWorld(engine, { publicUrl: "https://study.example.org" });
    const [kari, per] = [await room.join("kari", { ticks: ["reminders"] }), await room.join("per")];
    room.world.clock.now += 91 * DAY_MS;
    await room.staff.post(`${study}/move`, { move: "pause", reason: "The text is amended." });
    await amend(amendedText);
    await amend(longerText);
    room.world.clock.now += 5 * DAY_MS;
    await room.staff.post(`${study}/move`, { move: "resume" });
    for (let quarter = 0; quarter < 16; quarter += 1) {
      room.world.clock.now += DAY_MS / 4;
      await room.world.server.deliverMail();
    }
    const { messages } = await room.messages();
    const anew = messages.filter(({ template }) => template === "consent_again");
    expect(anew.map(({ state, to }) => [state, to])).toEqual([["sent", "kari Testperson"]]);

    const today = await room.staff.get<Today>(`${study}/today`);
    const waiting = today.items.find(({ kind }) => kind === "consent_anew");
    expect(waiting?.people.map(({ label }) => label)).toEqual(["kari Testperson", "per Testperson"]);
    expect(waiting?.people[0]?.since).toBeGreaterThan(0);

    const asked = await open(kari);
    expect(asked.consent.form.changes).toEqual([
      "The second round is open a week longer.",
      "There is a question about sleep, and a sixth round.",
    ]);
    expect(asked.waves.map(({ id }) => id)).toEqual(["w1", "w2", "w3", "w4", "w5"]);
    expect(asked.current?.form).toMatchObject({ wave: "w2", minutes: 3 });
    expect(asks(asked)).toBe(false);
    const agreed = await per.visitor.post<ParticipantState>(
      "/api/participant/consent",
      consentTo(await open(per)),
    );
    expect([asks(agreed), agreed.waves.length]).toEqual([true, 6]);

    const { hash, version, language } = asked.consent.form;
    await kari.visitor.post("/api/participant/consent/decline", { hash, version, language });
    const stays = await open(kari);
    expect((await room.staff.get<PeoplePage>(`${study}/people?consent=asked_anew`)).people).toEqual([]);
    expect([stays.consent.again, asks(stays)]).toEqual([undefined, false]);
    const slept = itemsOf(agreed).find(({ id }) => id === "slept");
    const outcome = await sendAnswers(kari.visitor, slept ? [answerTo(agreed, slept)] : []);
    expect(outcome.refused.map(({ problem }) => problem.code)).toEqual(["answer.item-unknown"]);
    const sheets = [kari, per].map(({ id }) =>
      room.staff.get<EntrySheet>(`${study}/people/${id}/waves/w2/answers`),
    );
    const offered = (await Promise.all(sheets)).map(({ form }) =>
      form.items.some(({ id }) => id === "slept"),
    );
    expect(offered).toEqual([false, true]);
    const calendars = [kari, per].map(({ id }) =>
      room.staff.get<PersonCalendar>(`${study}/people/${id}/calendar?asOf=2027-01-01`),
    );
    const rounds = (await Promise.all(calendars)).map(({ waves }) => waves.some(({ wave }) => wave === "w6"));
    expect(rounds).toEqual([false, true]);

    await sendAnswers(
      kari.visitor,
      itemsOf(stays).map((item) => answerTo(stays, item)),
    );
    await kari.visitor.post("/api/participant/finish", { wave: "w2" });
    expect((await open(kari)).thanks?.wave).toBe("w2");
  });
});
