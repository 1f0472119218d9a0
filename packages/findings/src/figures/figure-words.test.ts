import { expect, test } from "vitest";
import { pain as names } from "../words/testing/names.ts";
import { figureWords } from "./figure-words.ts";

const words = figureWords("en", names);
const down = { slope: -0.2, lower: -0.3, upper: -0.1 };
const up = { slope: 0.2, lower: 0.1, upper: 0.3 };
const unclear = { slope: -0.2, lower: -0.5, upper: 0.1 };
const none = { slope: Number.NaN, lower: Number.NaN, upper: Number.NaN };

test("the title of the two slopes names a direction only where both intervals leave out zero", () => {
  const title = (between: typeof down, within: typeof down) => words.withinBetween(between, within).title;
  const open = "Exercise and pain, between people and within a person";
  expect(title(down, down)).toBe("Both slopes point down");
  expect(title(up, down)).toBe("The two slopes point different ways");
  expect(title(down, unclear)).toBe(open);
  expect(title(down, none)).toBe(open);
});

test("the title on women and men claims no direction that an interval leaves open", () => {
  const view = ({ slope, lower, upper }: typeof down) => ({ estimate: slope, lower, upper });
  const title = (women: typeof down, men: typeof down) =>
    words.forest({ first: view(women), second: view(men) }).title;
  expect(title(down, down)).toContain("lean the same way");
  expect(title(up, down)).toBe("Women and men lean different ways");
  expect(title(unclear, up)).toBe("The same-week link in women and in men");
});
