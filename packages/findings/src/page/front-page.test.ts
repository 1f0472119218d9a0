import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { renderFindingsList, renderFrontPage } from "./front-page.ts";
import { renderNotFound } from "./message-page.ts";
import { pageLinks, renderAll } from "./testing/render-all.ts";

const pages = renderAll();
const parse = (source: string | undefined): Document => parseHTML(source ?? "").document;

describe("the front page", () => {
  test("has three doors: read, take part, run", () => {
    const doors = [...parse(pages.front).querySelectorAll(".door")];
    expect(doors.map((door) => door.getAttribute("href"))).toEqual([
      "/findings/exercise-and-pain",
      "/p/#try",
      "/console",
    ]);
  });

  test("shows the answer itself at the first door, in one sentence and as its interval", () => {
    const door = parse(pages.front).querySelector(".door");
    expect(door?.querySelector(".soft")?.textContent).toMatch(/\? A little, in the same week\.$/);
    expect(door?.querySelector(".pic svg[role=img]")).not.toBeNull();
  });

  test("says at the first door that the people are simulated, and says it of the whole page only when it is true", () => {
    expect(parse(pages.front).querySelector(".door .tag.notice")?.textContent).toBe("Simulated people");
    const real = {
      id: "real",
      title: "Real",
      question: "Does it?",
      simulated: false,
      phase: "published" as const,
      tryIt: false,
    };
    const publication = { hash: "abc", publishedAt: 0 };
    const made = { ...real, id: "made", simulated: true, publication };
    const both = renderFrontPage({ studies: [{ ...real, publication }, made], css: "", links: pageLinks });
    expect(parse(both).querySelector(".door .tag.notice")).toBeNull();
    expect(both).not.toContain("No real person's answers are on this page");
  });

  test("leads people to their own link when no study may be tried", () => {
    const doors = [...parse(pages["front-empty"]).querySelectorAll(".door")];
    expect(doors[1]?.getAttribute("href")).toBe("/p");
  });

  test("leads to the list when nothing is published yet, and says so", () => {
    const door = parse(pages["front-empty"]).querySelector(".door");
    expect(door?.getAttribute("href")).toBe("/findings");
    expect(door?.textContent).toContain("Nothing is published yet");
  });

  test("speaks Norwegian when asked", () => {
    const page = renderFrontPage({ studies: [], css: "", links: pageLinks, language: "nb" });
    expect(parse(page).querySelector("h1")?.textContent).toBe("Spør de samme igjen.");
  });
});

describe("the list of findings", () => {
  test("leads to what is published and shows no result of what is still running", () => {
    const rows = [...parse(pages.list).querySelectorAll(".studies li")];
    expect(rows[0]?.querySelector("h2 a")?.getAttribute("href")).toBe("/findings/exercise-and-pain");
    expect(rows[1]?.querySelector("h2 a")).toBeNull();
    expect(rows[1]?.textContent).toContain("results stay hidden");
  });

  test("leads to the very study that may be tried", () => {
    const tried = parse(pages.list).querySelectorAll(".studies li")[1];
    expect(tried?.querySelector("p a")?.getAttribute("href")).toBe("/p/#try=try");
  });

  test("marks every simulated study", () => {
    expect(parse(pages.list).querySelectorAll(".studies .tag.notice")).toHaveLength(2);
  });

  test("is a designed page when it is empty", () => {
    const page = renderFindingsList({ studies: [], css: "", links: {} });
    expect(parse(page).querySelector(".empty h2")?.textContent).toBe("Nothing to read yet");
  });
});

test("an address that leads nowhere says that nothing is lost and where to go", () => {
  const page = parse(renderNotFound({ css: "", links: pageLinks }));
  expect(page.querySelector(".message")?.textContent).toContain("Nothing is lost");
  expect(page.querySelector(".message .btn")?.getAttribute("href")).toBe("/");
});
