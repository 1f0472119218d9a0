import type { AddPeopleAnswer, PeoplePage } from "@longwave/api";
import { afterAll, describe, expect, test } from "vitest";
import { makePlace, stopPostgres } from "../testing/engines.ts";
import { openWorld, protocolText } from "../testing/world.ts";
import { drawFromFrame } from "./frame.ts";

afterAll(stopPostgres);

const nobody = new Set<string>();
const list = (women: number, men: number) =>
  [
    "Name;E-post;sex",
    ...Array.from({ length: women }, (_, i) => `Woman ${i};w${i}@example.org;woman`),
    ...Array.from({ length: men }, (_, i) => `Man ${i};m${i}@example.org;man`),
  ].join("\n");
const draw = { number: 10, seed: "2026", by: ["sex"] };

describe("a sampling frame", () => {
  test("is drawn from in proportion to groups, the same people with the same seed", () => {
    const drawn = drawFromFrame(list(60, 40), draw, nobody);
    expect(drawn.people).toHaveLength(10);
    expect(drawn.draw).toMatchObject({
      frame: 100,
      strata: [
        { stratum: "man", frame: 40, drawn: 4 },
        { stratum: "woman", frame: 60, drawn: 6 },
      ],
    });
    const [header, ...lines] = list(60, 40).split("\n");
    const turned = drawFromFrame([header, ...lines.reverse()].join("\n"), draw, nobody);
    const names = ({ people }: typeof drawn) => people.map(({ name }) => name).sort();
    expect(names(turned)).toEqual(names(drawn));
    expect(turned.draw.frameHash).toBe(drawn.draw.frameHash);
  });

  test("leaves out, and names, whoever stands twice, is in the study or cannot be read", () => {
    const text =
      "email,sex\na@example.org,woman\nA@EXAMPLE.ORG,woman\nb@example.org,man\nno address,man\n,man";
    const { people, problems, draw: found } = drawFromFrame(text, draw, new Set(["b@example.org"]));
    expect(people.map(({ email }) => email)).toEqual(["a@example.org"]);
    expect(problems.map(({ line, expected }) => `${line}: ${expected}`)).toEqual([
      "3: every address once",
      "4: an address that is not in the study",
      "5: an e-mail address such as kari@example.org",
      "6: a name or an address",
    ]);
    expect(found.frame).toBe(1);
  });

  test.each([
    ["kari@example.org,woman", draw, /a first line with column names/],
    ["name,age\nKari,40", draw, /groups by one of the columns age/],
    ["name,sex\nKari,woman", { ...draw, by: ["name"] }, /groups by one of the columns sex/],
    [
      `name,sex\n${Array.from({ length: 300 }, (_, i) => `Kari ${i},${i}`).join("\n")}`,
      draw,
      /at most 200 groups/,
    ],
  ])("is refused where it cannot be drawn from: %.20s", (text, request, expected) => {
    expect(() => drawFromFrame(text, request, nobody)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ expected: expect.stringMatching(expected) }),
      }),
    );
  });
});

test("of a list, only those drawn are in the study, and the draw is written down so that it can be made again", async () => {
  const place = await makePlace("sqlite");
  const world = await openWorld({
    ...place.location,
    demonstration: { protocolText, people: 20, seed: 1, scope: "confirmatory" },
  });
  const staff = await world.staff("kari@example.org");
  const path = "/api/studies/exercise-and-pain-try/people";
  const answer = await staff.post<AddPeopleAnswer>(path, { text: list(30, 20), draw });
  expect(answer.added).toHaveLength(10);
  expect(answer.draw).toMatchObject({ frame: 50, seed: "2026", by: ["sex"] });
  expect((await staff.get<PeoplePage>(path)).total).toBe(10);
  const refused = await staff.problem("POST", path, { text: "Kari", draw });
  expect(refused.code).toBe("people.frame-unreadable");
  await world.close();
  await place.remove();
}, 120_000);
