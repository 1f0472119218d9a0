import type { AddPeopleAnswer, ParticipantState, StudyFlow } from "@longwave/api";
import { blindReport, blindStrobeList, reportingFacts } from "@longwave/findings";
import { buildDataset, dataTableCsv, planHash } from "@longwave/study";
import { askedItems } from "@longwave/study/answering";
import { readProtocol } from "@longwave/study/text";
import { parseHTML } from "linkedom";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../store/open.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { studyById } from "../store/queries/studies.ts";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import {
  answerTo,
  consentTo,
  fittingPayload,
  itemsOf,
  openWorld,
  protocolText,
  sendAnswers,
  tokenOf,
  type Visitor,
} from "../testing/world.ts";

afterAll(stopPostgres);

const study = "exercise-and-pain-try";
const skipped = { kind: "skipped" } as const;
const demonstration = { protocolText, people: 12, seed: 1, scope: "confirmatory" } as const;

describe.each(engines)("numbers of people, on %s", (engine) => {
  test("are the same in the console, the flow figure, the exported tables and item 13 of the reporting list", async () => {
    const place = await makePlace(engine);
    const world = await openWorld({ ...place.location, demonstration });
    const staff = await world.staff("kari@example.org");
    const { added } = await staff.post<AddPeopleAnswer>(`/api/studies/${study}/people`, {
      text: ["never opens", "consents", "answers one", "finishes", "skips all", "takes back"].join("\n"),
    });
    const [, consents, one, whole, skips, back] = added;
    for (const person of [consents, one, whole, skips, back]) {
      const visitor = world.visitor();
      const session = { token: tokenOf(person?.link ?? "") };
      const state = await visitor.post<ParticipantState>("/api/participant/session", session);
      const ready = await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state));
      if (person === one) await answerFirst(visitor, ready);
      if (person === whole) await answerAll(visitor, ready);
      if (person === skips)
        await sendAnswers(
          visitor,
          itemsOf(ready).map((item) => answerTo(ready, item, { payload: skipped })),
        );
      if (person === back) {
        await answerFirst(visitor, ready);
        await answerFirst(visitor, ready, { payload: skipped });
      }
    }

    const flow = await staff.get<StudyFlow>(`/api/studies/${study}/flow`);
    expect(flow).toMatchObject({ invited: 6, consented: 5, answeredOnce: 2, answeredTwice: 0 });
    expect(flow.waves[0]).toEqual({ wave: "w1", started: 4, answered: 2, finished: 1 });

    const store = await openStore(place.location, 0);
    const row = await studyById(store.db, study);
    const protocol = readProtocol(protocolText, "study.yaml");
    const dataset = buildDataset({
      protocol,
      people: await personRecords(store.db, study),
      answers: await answersUpTo(store.db, study, row?.lastSeq ?? 0),
      upToSeq: row?.lastSeq ?? 0,
    });
    const { invited, consented, answeredOnce, answeredTwice, answeredAll } = flow;
    const waves = flow.waves.map(({ wave, answered }) => ({ wave, answered }));
    expect(dataset.flow).toEqual({ invited, consented, answeredOnce, answeredTwice, answeredAll, waves });

    const rows = (csv: string): number => csv.trim().split("\n").length - 1;
    expect(rows(dataTableCsv(dataset.person))).toBe(invited);
    expect(rows(dataTableCsv(dataset.personWave))).toBe(
      waves.reduce((sum, { answered }) => sum + answered, 0),
    );

    const document = parseHTML("<!doctype html><html><body></body></html>").document as unknown as Document;
    const blind = blindReport({ protocol, dataset, document, simulated: false });
    const shown = blind.figures[0]?.table.rows.map(([, people]) => people);
    const expected = [
      invited,
      consented,
      answeredOnce,
      ...waves.map(({ answered }) => answered),
      answeredTwice,
      answeredAll,
    ];
    expect(shown).toEqual(expected);

    const list = blindStrobeList({
      ...blind,
      protocol,
      plan: { hash: planHash(protocol) },
      reporting: reportingFacts(protocol, dataset, false),
      deviations: [],
    });
    const [block] = list.items.find(({ id }) => id === "13a")?.blocks ?? [];
    expect(block?.kind === "table" && block.rows.map(([, people]) => Number(people))).toEqual(expected);
    await store.close();
    await world.close();
    await place.remove();
  }, 300_000);
});

async function answerFirst(visitor: Visitor, state: ParticipantState, more = {}): Promise<void> {
  const [item] = itemsOf(state);
  if (item) await sendAnswers(visitor, [answerTo(state, item, more)]);
}

async function answerAll(visitor: Visitor, state: ParticipantState): Promise<void> {
  const form = state.current?.form;
  if (!form) throw new Error("no open wave");
  const answers = Object.fromEntries(form.items.map((item) => [item.id, fittingPayload(item)]));
  await sendAnswers(
    visitor,
    askedItems(form, answers).map((item) => answerTo(state, item)),
  );
  await visitor.post("/api/participant/finish", { wave: "w1" });
}
