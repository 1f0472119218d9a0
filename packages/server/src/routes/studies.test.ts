import type { AddPeopleAnswer, CreateStudyAnswer, ParticipantState, StudyTemplate } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { consentTo, openWorld, protocolText, tokenOf, type Visitor, type World } from "../testing/world.ts";

let world: World;
let staff: Visitor;
beforeAll(async () => {
  world = await openWorld({ people: 40, templates: [protocolText] });
  staff = await world.staff("kari@example.org");
});
afterAll(() => world.close());

/** A visitor with the personal link of a new person of a study. */
async function invited(
  study: string,
): Promise<{ visitor: Visitor; state: ParticipantState; person: string }> {
  const { added } = await staff.post<AddPeopleAnswer>(`/api/studies/${study}/people`, {
    text: "Ola Nordmann",
  });
  const visitor = world.visitor();
  const token = tokenOf(added[0]?.link ?? "");
  const state = await visitor.post<ParticipantState>("/api/participant/session", { token });
  return { visitor, state, person: added[0]?.id ?? "" };
}

describe("a study of one's own", () => {
  test("is opened from the text of a protocol, and people can be invited at once", async () => {
    const made = await staff.post<CreateStudyAnswer>("/api/studies", {
      protocol: protocolText,
      id: "our-study",
    });
    expect(made.study).toMatchObject({ id: "our-study", phase: "recruiting", simulated: false, people: 0 });
    const { state } = await invited("our-study");
    expect(state.study).toMatchObject({ id: "our-study", tryIt: false, simulated: false });
  });

  test("offers only languages whose instruments a named person has confirmed, and says which wait", async () => {
    const made = await staff.post<CreateStudyAnswer>("/api/studies", {
      protocol: protocolText,
      id: "confirmed",
    });
    expect(made.languages).toEqual(["en"]);
    expect(made.waiting[0]?.language).toBe("nb");
    expect(made.waiting[0]?.instruments).toContain("vrs_pain");
    const { visitor, state } = await invited("confirmed");
    expect(state.languages).toEqual(["en"]);
    expect((await visitor.get<ParticipantState>("/api/participant/state?language=nb")).language).toBe("en");
    const norwegian = { ...consentTo(state), language: "nb" };
    expect((await visitor.problem("POST", "/api/participant/consent", norwegian)).code).toBe(
      "request.invalid",
    );
  });

  test("may begin with a template, described by its own first comment", async () => {
    const [template] = await staff.get<readonly StudyTemplate[]>("/api/templates");
    expect(template).toMatchObject({ id: "exercise-and-pain", title: "Exercise and pain over one year" });
    expect(template?.about).toBe("Exercise and pain over one year: Longwave's first study.");
  });

  test("is opened with a warning when its words claim a cause", async () => {
    const protocol = protocolText.replace("they report less pain.", "exercise reduces pain.");
    const made = await staff.post<CreateStudyAnswer>("/api/studies", { protocol, id: "causal" });
    expect(made.warnings).toHaveLength(1);
    expect(made.warnings[0]).toContain('"reduces" in the claim of H1');
  });

  test("is refused when nobody could answer in any of its languages", async () => {
    const protocol = protocolText.replace("languages: [en, nb]", "languages: [nb]");
    const problem = await staff.problem("POST", "/api/studies", { protocol, id: "norwegian" });
    expect(problem.code).toBe("study.language-unconfirmed");
    expect(problem.found).toContain("vrs_pain");
  });

  test("is refused with line, field and remedy when its text has mistakes", async () => {
    const protocol = protocolText.replace(/^question:/m, "quesiton:");
    const problem = await staff.problem("POST", "/api/studies", { protocol, id: "mistaken" });
    expect(problem.code).toBe("study.protocol-invalid");
    expect(problem.found).toMatch(/protocol\.yaml:\d+:\d+ .*quesiton/);
    const broken = await staff.problem("POST", "/api/studies", { protocol: "a: [", id: "broken" });
    expect(broken.code).toBe("study.protocol-invalid");
  });

  test("never takes the place of another", async () => {
    for (const id of ["exercise-and-pain", "public", undefined]) {
      const body = { protocol: protocolText, ...(id === undefined ? {} : { id }) };
      expect((await staff.problem("POST", "/api/studies", body)).code).toBe("study.exists");
    }
    const odd = await staff.problem("POST", "/api/studies", { protocol: protocolText, id: "../up" });
    expect(odd.code).toBe("request.invalid");
  });

  test("gives no way to the people of another study", async () => {
    await staff.post("/api/studies", { protocol: protocolText, id: "first-study" });
    await staff.post("/api/studies", { protocol: protocolText, id: "second-study" });
    const { person } = await invited("first-study");
    const problem = await staff.problem("POST", `/api/studies/second-study/people/${person}/link`);
    expect(problem.code).toBe("person.not-found");
  });
});

describe("the plan of the demonstration", () => {
  test("was locked two weeks before the first invitation, and the page says so", async () => {
    const page = await (await world.visitor().send("GET", "/findings/exercise-and-pain")).text();
    const locked = new Date(world.clock.now - (450 + 14) * 86_400_000);
    const day = locked.toLocaleDateString("en-GB", {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    });
    expect(page).toContain(`Plan locked on ${day}`);
  });
});
