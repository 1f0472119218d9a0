import { publicCss } from "@longwave/figure/tokens";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { Publication } from "../publication/types.ts";
import { renderPage } from "./render-page.ts";
import { publicationFixture } from "./testing/fixture.ts";
import { pageLinks, renderAll } from "./testing/render-all.ts";

const css = publicCss({ fontsPath: "/fonts" });
const page = renderPage(publicationFixture, { css, links: pageLinks });
const document = parseHTML(page).document;
const text = (selector: string): string => document.querySelector(selector)?.textContent ?? "";
type LinkedThing = Readonly<Record<string, unknown>>;
const rendered = Object.entries(renderAll("/fonts"));

describe("the findings page", () => {
  test("says the question, the short answer and that the people are simulated, before anything else", () => {
    expect(text("h1")).toBe(publicationFixture.study.question);
    expect(text(".stand")).toBe(publicationFixture.answer.lead);
    expect(text(".hero .tag")).toBe("Simulated people, not a real study");
    expect(page.indexOf(publicationFixture.answer.lead)).toBeLessThan(page.indexOf('class="fig"'));
  });

  test("gives every finding its own address, its verdict and how sure it is, in words of one size", () => {
    for (const finding of publicationFixture.findings) {
      const row = document.querySelector(`#${finding.id.toLowerCase()}.verdict`);
      expect(row?.querySelector("h3")?.textContent).toBe(finding.verdict);
      expect(row?.querySelector(".says")?.textContent).toBe(finding.sentence);
      expect(row?.querySelector(".sure")?.textContent).toContain(finding.sureWhy);
    }
  });

  test("leads from every answer to its clause of the plan, its model and the people behind it", () => {
    for (const { id, model } of publicationFixture.findings.filter((finding) => finding.estimate !== null)) {
      const row = document.querySelector(`#${id.toLowerCase()}.verdict`);
      const hrefs = Array.from(row?.querySelectorAll(".meta a") ?? [], (link) => link.getAttribute("href"));
      expect(hrefs).toEqual([`#plan-${id.toLowerCase()}`, `#model-${model}`, `#count-${model}`]);
      for (const href of hrefs) expect(document.querySelector(href ?? "")).not.toBeNull();
    }
    expect(text("#count-m1")).toMatch(/^4,194 people\./);
    const row = document.querySelector("#numbers-table tbody tr");
    const hrefs = Array.from(row?.querySelectorAll("td a") ?? [], (link) => link.getAttribute("href"));
    expect(hrefs).toEqual(["#model-m1", "#plan-h1", "#count-m1", "#count-m1"]);
  });

  test("leads from every estimate of every table to a model or an analysis, and from there to the plan and a count", () => {
    const full = parseHTML(Object.fromEntries(rendered).findings ?? "").document;
    const target = (link: Element | null | undefined) =>
      full.querySelector(link?.getAttribute("href") ?? "nothing");
    const sections = ["numbers", "lags", "otherwise", "exploratory", "left"];
    for (const section of sections) {
      const tables = full.querySelectorAll(
        `section[aria-labelledby=${section}] > :not(figure) table, section[aria-labelledby=${section}] > .scroll table`,
      );
      expect(tables.length, section).toBeGreaterThan(0);
    }
    for (const row of full.querySelectorAll(
      "[aria-labelledby=otherwise] tbody tr, [aria-labelledby=exploratory] tbody tr",
    )) {
      if (row.closest("figure") !== null || row.querySelector("td")?.textContent === "not run") continue;
      const analysis = target(row.querySelector("td a"));
      expect(analysis?.id, row.textContent ?? "").toMatch(/^analysis-/);
      expect(target(analysis?.querySelector("a[href^='#plan-']"))).not.toBeNull();
      expect(analysis?.querySelector("[id^=count-]")?.textContent).toMatch(/people$/);
    }
    for (const row of full.querySelectorAll(
      "[aria-labelledby=left] .models tbody tr, #left-terms tbody tr",
    )) {
      expect(target(row.querySelector("td a")), row.textContent ?? "").not.toBeNull();
    }
  });

  test("says of every hypothesis what the plan expected, tested and set as limits", () => {
    const clause = text("#plan-h1");
    expect(clause).toContain("they report less pain.");
    expect(clause).toContain("within(ex)");
    expect(clause).toContain("late == 0");
    expect(clause).toContain(
      "Under 0.1 pain points: too small to matter. From 0.5: something people notice.",
    );
    expect(clause).toContain("Holm's correction over H1, H2, H3, H4, H6");
  });

  test("offers the same models in R, where the bundle holds the study text", () => {
    expect(document.querySelector(`a[href="${pageLinks.replication}"]`)).not.toBeNull();
    const { protocol, ...early } = publicationFixture;
    const old = parseHTML(renderPage(early, { css, links: pageLinks })).document;
    expect(old.querySelector(`a[href="${pageLinks.replication}"]`)).toBeNull();
    expect(old.querySelector("#plan")).toBeNull();
  });

  test("says so when a question has no interval, and draws nothing for it", () => {
    const row = document.querySelector("#h6");
    expect(row?.querySelector("svg")).toBeNull();
    expect(row?.querySelector(".see")?.textContent).toContain("no interval to show");
  });

  test("speaks of people in the file, not of invited ones, when the answers came in a file", () => {
    const study = { ...publicationFixture.study, source: "file" as const };
    const html = renderPage({ ...publicationFixture, study }, { css, links: pageLinks });
    const lead = parseHTML(html).document.querySelector("#who + p")?.textContent;
    expect(lead).toMatch(/^The file holds the answers of 4,534 people\./);
  });

  test("keeps the few analyses not yet run in sight and folds a long list of one reason away", () => {
    const later = Array.from({ length: 6 }, (_, index) => ({
      id: `S${index + 1}`,
      what: "A check",
      why: "Later.",
    }));
    const notYetRun = [...publicationFixture.notYetRun, ...later];
    const html = renderPage({ ...publicationFixture, notYetRun }, { css, links: pageLinks });
    const ledger = parseHTML(html).document.querySelector("[aria-labelledby=not-yet] .ledger");
    expect(ledger?.querySelectorAll("dd > ul > li")).toHaveLength(publicationFixture.notYetRun.length);
    expect(ledger?.querySelector("details > summary")?.textContent).toBe("Show these 6");
    expect(ledger?.querySelectorAll("details > ul > li")).toHaveLength(6);
  });

  test("draws each figure twice and offers its picture, its drawing, its numbers and its table", () => {
    for (const { id, table } of publicationFixture.figures) {
      const frame = document.querySelector(`figure#${id}`);
      expect(frame?.querySelectorAll(".draw svg")).toHaveLength(2);
      expect(frame?.querySelectorAll("tbody tr")).toHaveLength(table.rows.length);
      const addresses = [...(frame?.querySelectorAll(".under a") ?? [])].map((link) =>
        link.getAttribute("href"),
      );
      expect(addresses).toEqual([
        pageLinks.figure?.(id, "png"),
        pageLinks.figure?.(id, "svg"),
        pageLinks.table(`figure-${id}.csv`),
        expect.stringMatching(/^#(model-|numbers|otherwise|left)/),
      ]);
    }
  });

  test("lists estimate, both intervals, p, Holm p, people and rows of each finding", () => {
    const [first, , , last] = [...document.querySelectorAll("#numbers-table tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map((cell) => cell.textContent),
    );
    expect(first).toEqual([
      "−0.115",
      "−0.131 to −0.099",
      "−0.128 to −0.102",
      "<0.001",
      "<0.001",
      "4,194",
      "17,160",
    ]);
    expect(last?.slice(0, 3)).toEqual(["not run", "–", "–"]);
  });

  test("shows every coefficient of a model, and says when the plan's fallback was used", () => {
    const model = document.querySelector("#model-m1");
    expect(model?.textContent).toContain("within(ex)");
    expect(model?.textContent).toContain("−0.0413");
    expect(model?.textContent).toContain("fallback named in the plan");
    expect(model?.textContent).toContain("17,160 of 17,768 rows used; 608 had a missing answer.");
  });

  test("says what the engine warned of in the reader's language, or marks it as English", () => {
    const model = parseHTML(Object.fromEntries(rendered)["findings-nb"] ?? "").document.querySelector(
      "#model-m1",
    );
    expect(model?.textContent).toContain("Det er få grupper å anslå en varians mellom («site»).");
    expect(model?.querySelector("span[lang=en]")?.textContent).toBe("A later engine warned of something.");
    expect(document.querySelector("#model-m1")?.textContent).toContain('found 4 of "site"');
    expect(document.querySelector("#model-m1")?.textContent).not.toContain("Expected every variance");
    expect(document.querySelector("#model-m1 [lang]")).toBeNull();
  });

  test("keeps a model for comparison apart, with its reason", () => {
    const section = document.querySelector("[aria-labelledby=comparison]");
    expect(section?.textContent).toContain("biased");
    expect(section?.querySelector("#model-m2")).not.toBeNull();
  });

  test("names what was not run, how to cite, and the fingerprints of everything", () => {
    expect(text("[aria-labelledby=not-yet]")).toContain("S6");
    expect(text("#citation")).toBe(publicationFixture.citation.text);
    const foot = text("footer");
    const { hash, dataset, plan, version } = publicationFixture;
    for (const mark of [hash, dataset.hash, plan.hash, version]) expect(foot).toContain(mark);
  });

  test("offers the sealed bundle, every table, every picture and every drawing", () => {
    const files = [...document.querySelectorAll(".files a")].map((link) => link.getAttribute("href"));
    expect(files).toContain(pageLinks.bundle);
    expect(files).toContain(pageLinks.table("estimates.csv"));
    for (const kind of ["png", "svg"] as const)
      expect(files).toContain(pageLinks.figure?.("within-between", kind));
  });

  test("carries a description and data about itself for machines", () => {
    expect(document.querySelector("meta[name=description]")?.getAttribute("content")).toBe(
      `Simulated people. ${publicationFixture.answer.lead}`,
    );
    const linked = JSON.parse(text('script[type="application/ld+json"]')) as { "@graph": LinkedThing[] };
    const [article, data] = linked["@graph"];
    expect([article?.["@type"], data?.["@type"]]).toEqual(["ScholarlyArticle", "Dataset"]);
    expect(article?.isBasedOn).toEqual({ "@id": data?.["@id"] });
    expect(data?.subjectOf).toEqual({ "@id": article?.["@id"] });
    expect(article?.identifier).toBe(publicationFixture.hash);
    expect(data?.identifier).toBe(publicationFixture.dataset.hash);
    for (const thing of [article, data]) {
      expect(thing?.author).toMatchObject([{ name: "The exercise and pain study team" }]);
      expect(thing?.publisher).toMatchObject({ "@type": "Organization" });
    }
    expect(String(article?.abstract)).toContain("Simulated people");
    expect(String(data?.description)).toContain("Simulated people");
  });

  test("says when it came out and under which licence, where that is known", () => {
    const { protocol = publicationFixture.protocol } = publicationFixture;
    const licensed = {
      ...publicationFixture,
      protocol: protocol && { ...protocol, licence: "CC-BY-4.0" },
    } as Publication;
    const links = { ...pageLinks, canonical: "https://study.example.org/findings/a/5f1d" };
    const html = renderPage(licensed, { css, links, publishedAt: Date.UTC(2026, 10, 2, 9) });
    expect(html).toContain("Published 2 November 2026");
    expect(html).toContain('"datePublished":"2026-11-02"');
    expect(html).toContain('"license":"https://spdx.org/licenses/CC-BY-4.0.html"');
    expect(html).toContain(`"contentUrl":"https://study.example.org${pageLinks.bundle}"`);
  });

  test("offers its citation as CITATION.cff and as BibTeX", () => {
    const files = [...document.querySelectorAll(".cite a")].map((link) => link.getAttribute("href"));
    expect(files).toEqual([pageLinks.citation, pageLinks.bibtex]);
  });

  test("gives the same bytes for the same bundle", () => {
    expect(renderPage(publicationFixture, { css, links: pageLinks })).toBe(page);
  });

  test("keeps every word of a bundle as text, and no address of it runs", () => {
    const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;
    const hostile = JSON.parse(
      JSON.stringify(publicationFixture, (key, value: unknown) =>
        typeof value === "string" &&
        !["wide", "narrow", "graphic", "rule", "sure", "role", "language"].includes(key)
          ? `${value}${attack}`
          : value,
      ),
    ) as typeof publicationFixture;
    const links = { ...pageLinks, supersededBy: "javascript:alert(1)" };
    const attacked = parseHTML(renderPage(hostile, { css, links })).document;
    expect(attacked.querySelectorAll("img, body script")).toHaveLength(0);
    expect(attacked.querySelectorAll("head script")).toHaveLength(1);
    expect(attacked.querySelectorAll("[onerror], [href^=javascript]")).toHaveLength(0);
    expect(attacked.querySelector("h1")?.textContent).toBe(publicationFixture.study.question + attack);
  });
});

describe("a bundle without figures and models", () => {
  const bare = parseHTML(Object.fromEntries(rendered)["findings-bare"] ?? "").document;

  test("still has who answered, as a table", () => {
    expect(bare.querySelector("[aria-labelledby=who] tbody")?.textContent).toContain("4,025");
    expect(bare.querySelectorAll("figure")).toHaveLength(0);
  });

  test("says that a newer version exists and which one it replaced itself", () => {
    expect(bare.querySelector(".banner a")?.getAttribute("href")).toBe("../newer/");
    expect(bare.querySelector(".banner.plain")?.textContent).toContain("A label was wrong.");
  });
});

test("a saved page without a server carries its own pictures as files", () => {
  const { figure: _, ...links } = pageLinks;
  expect(renderPage(publicationFixture, { css, links })).toContain(`href="data:image/svg+xml,%3Csvg`);
});

describe.each(rendered)("the page %s", (name, source) => {
  const parsed = parseHTML(source).document;

  test("asks no other site for anything and needs no script", () => {
    const addresses = [...parsed.querySelectorAll("[src], link[href]")].map(
      (element) => element.getAttribute("src") ?? element.getAttribute("href") ?? "",
    );
    for (const address of addresses) expect(address).toMatch(/^(\/|data:image\/svg)/);
    expect(
      [...parsed.querySelectorAll("script")].every((script) => script.type === "application/ld+json"),
    ).toBe(true);
    expect(source).not.toMatch(/ style="| on[a-z]+="/);
  });

  test("has one main heading, headings in order, and no id twice", () => {
    const levels = [...parsed.querySelectorAll("h1, h2, h3, h4")].map((heading) =>
      Number(heading.tagName.slice(1)),
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, index) => {
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
    const ids = [...parsed.querySelectorAll("[id]")].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("leads only to places that exist within itself", () => {
    for (const link of parsed.querySelectorAll(`a[href^="#"]`)) {
      expect(
        parsed.querySelector(link.getAttribute("href") ?? ""),
        `${name}: ${link.outerHTML}`,
      ).not.toBeNull();
    }
  });

  test("says its language and never leaves a value unwritten", () => {
    expect(parsed.documentElement.getAttribute("lang")).toBe(name.endsWith("-nb") ? "nb" : "en");
    expect(parsed.body.textContent).not.toMatch(/undefined|\[object|NaN/);
  });
});
