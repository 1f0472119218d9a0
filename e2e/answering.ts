import type { Locator, Page } from "playwright-core";

/** What a person in the journeys answers: a form goes on until the page says thank you. */
export async function answerUntil(
  page: Page,
  done: (page: Page) => Promise<boolean>,
  limit = 80,
): Promise<number> {
  let answered = 0;
  while (answered < limit) {
    await page.getByRole("button", { name: "Next" }).or(thankYou(page)).first().waitFor();
    if (await done(page)) return answered;
    await answerOneQuestion(page);
    answered += 1;
  }
  return answered;
}

/** Whether the page says that the wave is finished. */
export const saysThankYou = (page: Page): Promise<boolean> => thankYou(page).isVisible();

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
