import { createHash } from "node:crypto";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { offerCopy } from "./copy.ts";
import { openFoldsAround, openFoldsOnPaper, rememberFolds } from "./folds.ts";
import { solvePuzzle } from "./proof-of-work.ts";

function page(body: string, language = "en", hash = ""): Document {
  const { document } = parseHTML(`<!doctype html><html lang="${language}"><body>${body}</body></html>`);
  Object.defineProperty(document, "location", { value: { pathname: "/findings/a", hash } });
  return document;
}

function storage(): Pick<Storage, "getItem" | "setItem"> & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

const cite = `<blockquote id="citation"> Longwave (2026). </blockquote><div data-copy="citation"></div>`;

describe("copying the citation", () => {
  test("copies the words and says so", async () => {
    const document = page(cite);
    const copied: string[] = [];
    offerCopy(document, { writeText: async (text) => void copied.push(text) });
    document.querySelector("button")?.click();
    await Promise.resolve();
    expect(copied).toEqual(["Longwave (2026)."]);
    expect(document.querySelector("[role=status]")?.textContent).toBe("Copied");
  });

  test("says what to do when the browser refuses, in the page's language", async () => {
    const document = page(cite, "nb");
    offerCopy(document, { writeText: () => Promise.reject(new Error("refused")) });
    document.querySelector("button")?.click();
    await Promise.resolve();
    await Promise.resolve();
    expect(document.querySelector("[role=status]")?.textContent).toContain("kopier dem selv");
  });

  test("adds nothing where there is no clipboard", () => {
    const document = page(cite);
    offerCopy(document, undefined);
    expect(document.querySelector("button")).toBeNull();
  });
});

describe("folds", () => {
  const folds = `<details id="a"><summary>A</summary></details><details id="b"><summary>B</summary></details>`;

  test("opened folds are open again when the reader comes back", () => {
    const store = storage();
    const first = page(folds);
    rememberFolds(first, store);
    const fold = first.querySelector("#b");
    fold?.setAttribute("open", "");
    fold?.dispatchEvent(new (first.defaultView as Window & typeof globalThis).Event("toggle"));
    const second = page(folds);
    rememberFolds(second, store);
    expect(second.querySelector("#b")?.hasAttribute("open")).toBe(true);
    expect(second.querySelector("#a")?.hasAttribute("open")).toBe(false);
  });

  test("every fold around the place an address leads to is opened", () => {
    const nested = `<details id="out"><summary>O</summary><details id="in"><summary>I</summary><p id="count-m1">9</p></details></details>${folds}`;
    const document = page(nested, "en", "#count-m1");
    openFoldsAround(document);
    const open = [...document.querySelectorAll("details[open]")].map(({ id }) => id);
    expect(open).toEqual(["out", "in"]);
    openFoldsAround(page(folds, "en", ""));
  });

  test("all are open on paper, and as they were afterwards", () => {
    const document = page(`${folds}<details id="c" open><summary>C</summary></details>`);
    const events = new EventTarget();
    const open = () => [...document.querySelectorAll("details[open]")].map(({ id }) => id);
    openFoldsOnPaper(document, events as Window);
    events.dispatchEvent(new Event("beforeprint"));
    expect(open()).toEqual(["a", "b", "c"]);
    events.dispatchEvent(new Event("afterprint"));
    expect(open()).toEqual(["c"]);
  });
});

describe("the puzzle of the comment form", () => {
  test("is solved once someone begins to write, so that the comment need not wait as a machine's", async () => {
    const document = page(
      '<form data-challenge="abc.def" data-bits="8"><textarea></textarea><input type="hidden" name="solution"></form>',
    );
    solvePuzzle(document, crypto.subtle);
    const solution = () => document.querySelector<HTMLInputElement>('input[name="solution"]')?.value ?? "";
    document.querySelector("form")?.dispatchEvent(new (document.defaultView ?? globalThis).Event("focusin"));
    for (let i = 0; i < 200 && solution() === ""; i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    const hash = createHash("sha256").update(`abc.def:${solution()}`).digest();
    expect(hash[0]).toBe(0);
  });
});
