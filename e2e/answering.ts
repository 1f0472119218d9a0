import type { Locator, Page } from "playwright-core";

// A form that asks more than this goes in a circle.
const MOST_QUESTIONS = 80;

/** Answers question after question until the page says thank you, and fails when it never does. */
export async function answerToTheEnd(page: Page): Promise<void> {
  for (let question = 0; question < MOST_QUESTIONS; question += 1) {
    await page.getByRole("button", { name: "Next" }).or(thankYou(page)).first().waitFor();
    if (await thankYou(page).isVisible()) return;
    await answerOneQuestion(page);
  }
  throw new Error(`the form went on after ${MOST_QUESTIONS} questions`);
}

const thankYou = (page: Page): Locator => page.getByRole("heading", { name: /thank you/i });

/** Answers the question on the screen with the first thing that fits it, and waits for the next screen. */
export async function answerOneQuestion(page: Page): Promise<void> {
  const heading = await questionOnScreen(page);
  const field = page.locator("main input[inputmode]:visible, main textarea:visible").first();
  const choice = page.locator("main input[type=radio], main input[type=checkbox]").first();
  if (await field.count()) await field.fill(await fittingNumber(heading));
  else if (await choice.count()) await choice.check({ force: true });
  await page.getByRole("button", { name: "Next" }).click();
  await page.waitForFunction((before) => document.querySelector("h1")?.textContent !== before, heading);
}

/** The words of the question on the screen. */
export async function questionOnScreen(page: Page): Promise<string> {
  return (await page.locator("h1").first().textContent()) ?? "";
}

async function fittingNumber(question: string): Promise<string> {
  if (/born|birth/i.test(question)) return "1960";
  if (/tall|height/i.test(question)) return "172";
  if (/weigh/i.test(question)) return "74";
  if (/minutes/i.test(question)) return "30";
  return "2";
}
