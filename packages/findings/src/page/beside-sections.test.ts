import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { Publication } from "../publication/types.ts";
import { renderPage } from "./render-page.ts";
import { publicationFixture } from "./testing/fixture.ts";
import { besideFixture } from "./testing/fixture-beside.ts";
import { pageLinks } from "./testing/render-all.ts";

function pageOf(publication: Publication): Document {
  const page = renderPage(publication, { css: "", links: pageLinks });
  return parseHTML(page).document as unknown as Document;
}

function section(document: Document, id: string): Element {
  const found = document.querySelector(`section[aria-labelledby="${id}"]`);
  if (!found) throw new Error(`no section ${id}`);
  return found;
}

const whole = { ...publicationFixture, ...besideFixture };

describe("what stands beside the answers", () => {
  const document = pageOf(whole);

  test("other ways of analysing have a section with every analysis in words and in a table", () => {
    const found = section(document, "otherwise");
    expect(found.querySelector("h2")?.textContent).toBe("If we had done it otherwise");
    expect(found.textContent).toContain("Of the 1 that can be compared, 1 lead to the same words");
    expect(found.textContent).toContain("This could not be estimated. The best fit was improper.");
    expect(found.querySelectorAll("tbody tr")).toHaveLength(2);
    expect(found.querySelector("#analysis-s4b dt")?.textContent).toContain("<&>");
  });

  test("every title of an exploratory analysis holds the word", () => {
    const found = section(document, "exploratory");
    for (const title of found.querySelectorAll("h2, dt")) expect(title.textContent).toMatch(/[Ee]xploratory/);
    expect(found.textContent).toContain("over all exploratory tests 0.650");
    expect(found.querySelector(".cautions li")?.textContent).toBe("People <choose> which weeks to answer.");
  });

  test("who left stands with what it went with and the first answer under other assumptions", () => {
    const found = section(document, "left");
    expect(found.textContent).toContain("Of 4,551 people");
    expect(found.querySelectorAll("table")).toHaveLength(4);
  });

  test("each links to the answer it stands beside, and every fragment on the page leads somewhere", () => {
    const places = [...document.querySelectorAll("a[href^='#']")].map(
      (link) => link.getAttribute("href") ?? "",
    );
    expect(places).toContain("#h1");
    for (const place of places) expect(document.getElementById(place.slice(1)), place).not.toBeNull();
  });

  test("the same sections stand in Norwegian", () => {
    const norwegian = pageOf({ ...whole, language: "nb" });
    expect(section(norwegian, "otherwise").textContent).toContain("Hvis vi hadde gjort det annerledes");
    expect(section(norwegian, "left").textContent).toContain("Hvem som sluttet");
    for (const title of section(norwegian, "exploratory").querySelectorAll("h2, dt"))
      expect(title.textContent).toMatch(/[Uu]tforskende/);
  });

  test("a bundle of the answers alone has none of it", () => {
    const page = renderPage(publicationFixture, { css: "", links: pageLinks });
    expect(page).not.toMatch(/aria-labelledby="(otherwise|exploratory|left)"/);
  });
});
