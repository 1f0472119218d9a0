import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import {
  accessibilityProblems,
  newContext,
  picture,
  scrollsSideways,
  useBrowser,
  widths,
} from "../browser.ts";

const browser = useBrowser();

describe.each(widths)("someone with data of their own $name", ({ viewport }) => {
  test("comes from the front page, tries the example and reads the answer; nothing is sent anywhere", async () => {
    const context = await newContext(browser(), { viewport });
    const page = await context.newPage();
    await page.goto(`${inject("address")}/`);
    await page.getByRole("link", { name: "Analyse your own data" }).click();
    await page.getByRole("heading", { name: "Analyse your own data" }).waitFor();
    await page.getByText(/Nothing is uploaded/).waitFor();
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET") sent.push(`${request.method()} ${request.url()}`);
    });
    await page.getByRole("button", { name: "Try it with simulated people" }).click();
    await page.getByRole("button", { name: "Analyse", exact: true }).click();
    await page.getByRole("heading", { name: "The answer" }).waitFor();
    const text = await page.locator("main").innerText();
    expect(text).toContain("Simulated people");
    expect(text).toMatch(/their pain tended to be lower/);
    expect(text).toMatch(/next occasion is not clear/);
    expect(await page.locator("figure").count()).toBe(2);
    await page.getByText("The same in R").click();
    await page.getByText("library(lme4)").waitFor();
    expect(sent).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture(page, `analyse-${viewport.width}`);
    await context.close();
  });
});

const desk = widths[1].viewport;

test("a Norwegian spreadsheet is read, a changed choice marks the answer, and one person is told why not", async () => {
  const context = await newContext(browser(), { viewport: { width: 320, height: 256 } });
  const page = await context.newPage();
  await page.goto(`${inject("address")}/analyse`);
  const rows = Array.from({ length: 40 }, (_, person) =>
    [1, 2, 3, 4].map((wave) => {
      const sessions = ((person * 7 + wave * 5) % 9) / 2;
      const pain = 6 - sessions / 2 + ((person * 5 + wave * 3) % 7) / 2;
      return [person, wave, sessions, pain, "føles greit"].join(";").replaceAll(".", ",");
    }),
  ).flat();
  const file = join(tmpdir(), "longwave-norsk.csv");
  writeFileSync(file, `deltaker;måling;trening;smerte;merknad\r\n${rows.join("\r\n")}\r\n`, "latin1");
  await page.locator("#file").setInputFiles(file);
  await page.getByText("no more than one value: merknad").waitFor();
  expect(await page.getByLabel("Occasion").inputValue()).toBe("måling");
  expect(await page.getByLabel("Exposure").inputValue()).toBe("trening");
  await page.getByRole("button", { name: "Analyse", exact: true }).click();
  await page.getByRole("heading", { name: "The answer" }).waitFor();
  await page.getByLabel("Occasion").selectOption("");
  await page.getByText("You have changed a column since.").waitFor();
  await page.getByText("What these columns mean").click();
  expect(await scrollsSideways(page)).toBe(false);
  expect(await accessibilityProblems(page)).toEqual([]);

  const diary = join(tmpdir(), "longwave-diary.csv");
  writeFileSync(
    diary,
    `id,day,steps,pain\n${[1, 2, 3, 4, 5].map((day) => `a,${day},${day % 3},${day % 4}`).join("\n")}\n`,
  );
  await page.locator("#file").setInputFiles(diary);
  await page.getByText("longwave-diary.csv: 5 rows").waitFor();
  expect(await page.getByRole("heading", { name: "The answer" }).count()).toBe(0);
  await page.getByRole("button", { name: "Analyse", exact: true }).click();
  await page
    .getByRole("alert")
    .getByText(/found one person/)
    .waitFor();
  await context.close();
});

test("the page works without a network once it has been opened", async () => {
  const context = await newContext(browser(), { viewport: desk });
  const page = await context.newPage();
  await page.goto(`${inject("address")}/analyse`);
  await page.getByText("also works without a network").waitFor();
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("button", { name: "Try it with simulated people" }).click();
  await page.getByRole("button", { name: "Analyse", exact: true }).click();
  await page.getByRole("heading", { name: "The answer" }).waitFor();
  await context.close();
});

test("a file is analysed by keyboard alone, with groups; a wrong file and a wrong choice say what to do", async () => {
  const context = await newContext(browser(), { viewport: desk });
  const page = await context.newPage();
  await page.goto(`${inject("address")}/analyse`);
  const empty = join(tmpdir(), "longwave-empty.csv");
  writeFileSync(empty, "");
  await page.locator("#file").setInputFiles(empty);
  await page
    .getByRole("alert")
    .getByText(/found an empty file/)
    .waitFor();

  const rows = Array.from({ length: 60 }, (_, person) =>
    [1, 2].map((visit) => {
      const steps = ((person * 7 + visit * 5) % 11) + 3;
      return [
        `p${person}`,
        visit,
        steps,
        (9 - steps / 2 + ((person * 3 + visit) % 5)).toFixed(1),
        person % 2 ? "b" : "a",
      ];
    }),
  ).flat();
  const file = join(tmpdir(), "longwave-panel.csv");
  writeFileSync(file, `person,visit,steps,pain score,arm\n${rows.map((row) => row.join(",")).join("\n")}\n`);
  await page.locator("#file").setInputFiles(file);
  await page.getByLabel("Person").waitFor();
  expect(await page.getByLabel("Outcome").inputValue()).toBe("pain score");
  await page.getByLabel("Outcome").selectOption("steps");
  await page.getByLabel("Outcome").press("Enter");
  await page.getByRole("button", { name: "Analyse", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("Choose a different column for each part.").waitFor();
  await page.getByLabel("Outcome").selectOption("pain score");
  await page.getByLabel(/Compare groups/).selectOption("arm");
  await page.getByRole("button", { name: "Analyse", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "The answer" }).waitFor();
  const text = await page.locator("main").innerText();
  expect(text).toContain("In each group");
  expect(text).toContain("needs 3 to 12 occasions; this file has 2");
  expect(await accessibilityProblems(page)).toEqual([]);
  await context.close();
});
