import { lintCausal } from "@longwave/findings";
import { describe, expect, test } from "vitest";
import { notMeWords } from "./not-me-words.ts";
import { renderMessageText } from "./render.ts";
import { stopWords } from "./stop-words.ts";
import { type MessageText, messageWords } from "./words.ts";

const facts = {
  study: "Exercise and <pain>",
  contact: { name: "The study team", email: "study@example.org" },
};
const contact = {
  question: "Does exercise go with less <pain>?",
  address: "https://study.example.org/p#token",
  notMe: "https://study.example.org/not-me/x",
  minutes: 3,
  until: "27 April 2026",
  consentAgain: false,
};
const [began, until] = ["Monday 11:00", "Monday 23:00"];
const address = "https://study.example.org/comment/abc";

function everyMessage(language: "en" | "nb"): readonly MessageText[] {
  const words = messageWords(language);
  const results = {
    ...facts,
    address: "https://study.example.org/findings/pain",
    stop: "https://study.example.org/stop/x",
  };
  return [
    words.code({ ...facts, code: "1234 5678", minutes: 10 }),
    words.commentLink({ ...facts, address }),
    words.commentLinks({ ...facts, comments: [{ date: "2 March 2026", address }] }),
    words.resultsOut({ ...results, corrected: false }),
    words.resultsOut({ ...results, corrected: true }),
    words.addressCode({ ...facts, code: "1234 5678", minutes: 30 }),
    words.addressChanged({ ...facts, address: "https://study.example.org/p#new" }),
    words.addressNotice({ ...facts, address: "https://study.example.org/not-my-change/x", days: 30 }),
    ...Object.values(words.contacts).map((write) => write({ ...results, ...contact })),
    ...Object.values(words.prompts).map((write) => write({ ...results, ...contact, began, until })),
  ];
}

describe.each(["en", "nb"] as const)("the messages in %s", (language) => {
  const rendered = everyMessage(language).map((message) =>
    renderMessageText(message, messageWords(language).signature(facts), language),
  );

  test("read like this", () => {
    const texts = rendered.map(({ subject, text }) => `Subject: ${subject}\n\n${text}`);
    expect(texts.join("\n----------\n\n")).toMatchSnapshot();
  });

  test("on paper read like this", () => {
    const letters = Object.values(messageWords(language).letters).map((write) =>
      write({ ...facts, ...contact, address: "https://study.example.org/p" }),
    );
    const texts = letters.map(({ title, paragraphs, camera, typing, foot }) =>
      [title, ...paragraphs, camera, typing, ...foot].join("\n"),
    );
    expect(texts.join("\n----------\n")).toMatchSnapshot();
    for (const text of texts) expect(lintCausal(text, language)).toEqual([]);
  });

  test("claim nothing that an association cannot bear", () => {
    const { ask, done } = stopWords[language];
    const notMe = notMeWords[language];
    const pages = [...ask.sentences, ...done.sentences, ...notMe.sentences, ...notMe.done.sentences].join(
      " ",
    );
    for (const text of [...rendered.map(({ text }) => text), pages])
      expect(lintCausal(text, language)).toEqual([]);
  });

  test("say the same as HTML, in which nothing that a study wrote is markup", () => {
    for (const { html } of rendered) {
      expect(html).not.toContain("<pain>");
      expect(html).toContain(`lang="${language}"`);
      expect(html).not.toMatch(/<(img|script|link|iframe)/);
    }
  });
});
