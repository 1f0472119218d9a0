import { press, running, seen, study } from "./console-fixtures.ts";
import type { DesignedState } from "./designed-state.ts";

/** A list of everybody who could take part. */
const register =
  "name;email;sex;age band\nKari Example;kari@example.org;woman;40 to 64\nOla Example;ola@example.org;man;65 and over";

/** Every state of the page on which people are added. */
export const addPeopleStates: readonly DesignedState[] = [
  {
    name: "add-people",
    address: "/console/#/studies/try/people/add",
    script: study(running),
    heading: "Add people",
    reach: async (page) => {
      await page
        .getByLabel("Paste a list here")
        .fill(
          "name,email\nKari Example,kari@example.org\nOla Example;ola@example\nno-name@example.org\nKari again,kari@example.org",
        );
      await seen("2 people understood, 2 lines to look at.")(page);
    },
  },
  {
    name: "people-added",
    address: "/console/#/studies/try/people/add",
    script: study(running, {
      "POST /api/studies/try/people": {
        status: 201,
        body: {
          added: [
            { id: "a", label: "Kari Example", link: "http://localhost:4040/p#ABCDEFGHIJKLMNOPQRSTUV" },
            { id: "b", label: "Person 130", link: "http://localhost:4040/p#BCDEFGHIJKLMNOPQRSTUVW" },
          ],
          problems: [
            {
              line: 3,
              text: "Ola Example;ola@example",
              expected: "an e-mail address such as kari@example.org",
              remedy: "Add the ending, such as .org.",
            },
          ],
        },
      },
    }),
    heading: "Add people",
    reach: async (page) => {
      await page.getByLabel("Paste a list here").fill("Kari Example,kari@example.org");
      await press("Add 1 person")(page);
      await page.getByRole("heading", { name: "2 people added" }).waitFor();
    },
  },
  {
    name: "draw-people",
    address: "/console/#/studies/try/people/add",
    script: study(running),
    heading: "Add people",
    reach: async (page) => {
      await page.getByLabel("Paste a list here").fill(register);
      await page.getByLabel("Draw some of them at random").check();
      await page.getByLabel("How many to draw").fill("0");
      await page.getByLabel("Seed").fill("2026");
      await page.getByLabel("age band").check();
      await press("Draw and add")(page);
      await seen("Write a whole number from 1 to 10,000.")(page);
    },
  },
  {
    name: "people-drawn",
    address: "/console/#/studies/try/people/add",
    script: study(running, {
      "POST /api/studies/try/people": {
        status: 201,
        body: {
          added: [{ id: "a", label: "Kari Example", link: "http://localhost:4040/p#ABCDEFGHIJKLMNOPQRSTUV" }],
          problems: [],
          draw: {
            frame: 2,
            frameHash: "befd50513294ea9712261f9d0faba3f041a743cd8852f9d80f022c6cc3a9d17e",
            seed: "2026",
            by: ["sex", "age band"],
            strata: [
              { stratum: "man · 65 and over", frame: 1, drawn: 0 },
              { stratum: "woman · 40 to 64", frame: 1, drawn: 1 },
            ],
          },
        },
      },
    }),
    heading: "Add people",
    reach: async (page) => {
      await page.getByLabel("Paste a list here").fill(register);
      await page.getByLabel("Draw some of them at random").check();
      await page.getByLabel("How many to draw").fill("1");
      await press("Draw and add")(page);
      await page.getByRole("heading", { name: "1 drawn of 2 people" }).waitFor();
    },
  },
  {
    name: "letters",
    address: "/console/#/studies/try/people/letters",
    script: study(
      { ...running, simulated: false },
      {
        "POST /api/studies/try/letters": {
          body: {
            letters: [
              {
                person: "a",
                label: "Kari Example",
                language: "en",
                wave: 2,
                title: "It is time: Exercise and pain",
                paragraphs: [
                  "The next questions of “Exercise and pain” are open. They take about 3 minutes.",
                  "They are open until 27 April 2026. You can skip any question.",
                ],
                camera: "With a phone: point the camera at the square and open what it shows.",
                typing:
                  "With a computer: go to https://study.example.org/p and type this code. It works once.",
                foot: ["The square and the code are yours alone. Please do not pass them on."],
                link: "https://study.example.org/p#ABCDEFGHIJKLMNOPQRSTUV",
                code: "7KQ2 M0XD",
                closesAt: 0,
              },
            ],
          },
        },
      },
    ),
    heading: "Letters",
    reach: async (page) => {
      await press("Write the letters")(page);
      await page.getByText("7KQ2 M0XD").waitFor();
    },
  },
  {
    name: "letters-none",
    address: "/console/#/studies/try/people/letters",
    script: study(
      { ...running, simulated: false },
      { "POST /api/studies/try/letters": { body: { letters: [] } } },
    ),
    heading: "Letters",
    reach: async (page) => {
      await press("Write the letters")(page);
      await seen("No letter is due.")(page);
    },
  },
];
