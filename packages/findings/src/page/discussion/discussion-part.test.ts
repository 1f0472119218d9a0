import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { Language } from "../../publication/types.ts";
import { discussionFixture } from "../testing/fixture-discussion.ts";
import { pageText } from "../text/index.ts";
import { discussionPart } from "./discussion-part.ts";
import { renderFeed } from "./feed.ts";
import { renderCommentTerms } from "./terms-page.ts";
import type { Discussion } from "./types.ts";
import { discussionWords } from "./words.ts";

function shown(more: Partial<Discussion> = {}, language: Language = "en"): Document {
  const part = discussionPart({ ...discussionFixture, ...more }, language, pageText(language));
  return parseHTML(`<!doctype html><html><body>${part.text}</body></html>`).document;
}
const hrefs = (page: Document, selector: string): (string | null)[] =>
  [...page.querySelectorAll(selector)].map((link) => link.getAttribute("href"));

describe("the discussion", () => {
  test("shows how experiences differ by kind, each with its newest words, and says that they are not data", () => {
    const page = shown();
    const kinds = page.querySelector(".kinds");
    expect(kinds?.querySelector("p")?.textContent).toContain("These are experiences, not data.");
    expect(hrefs(page, ".kinds a")).toEqual(discussionFixture.kinds.map(({ address }) => address));
    expect(kinds?.querySelector("dd")?.textContent).toBe("The newest: “For me it only ups the pain.”");
    expect(kinds?.querySelectorAll("dd")[1]?.textContent?.length).toBeLessThan(150);
    expect(shown({ kinds: [] }).querySelector(".kinds")).toBeNull();
  });

  test("says which kind is shown alone, and leads back to all", () => {
    const page = shown({ kind: "walking" });
    expect(page.querySelector(".narrowed")?.textContent).toContain("Only comments that speak of: walking");
    expect(hrefs(page, ".narrowed a")).toEqual(["/f#discussion"]);
    expect(page.querySelector(".kinds a[aria-current]")?.textContent).toBe("walking");
    expect(shown().querySelector(".narrowed")).toBeNull();
  });

  test("shows the first answers to a comment, leads to the others, and turns pages", () => {
    const page = shown();
    expect(hrefs(page, "a.reply")).toEqual([
      ...["/f?thread=a#discussion", "/f?reply=a#write"],
      "/f?reply=e#write",
    ]);
    expect(page.querySelector(".turn")?.textContent?.replace(/\s+/g, " ")).toContain("Page 2 of 3");
    expect(hrefs(page, ".turn a")).toEqual(["/f?comments=1#discussion", "/f?comments=3#discussion"]);
  });

  test("keeps the place of a comment that was taken away, so that its answers can be read", () => {
    const place = shown().querySelector("#comment-c");
    expect(place?.textContent).toBe("This comment has been taken away. The answers to it stay.");
    expect(place?.parentElement?.querySelector("#comment-d")).not.toBeNull();
  });

  test("asks for a name, a comment, an address that is never shown and agreement to terms that can be read", () => {
    const page = shown();
    for (const name of ["name", "email", "body"]) {
      expect(page.querySelector(`[name=${name}]`)?.hasAttribute("required"), name).toBe(true);
    }
    expect(page.querySelector("[name=agreed]")?.hasAttribute("checked")).toBe(false);
    expect(hrefs(page, ".tick a")).toEqual([discussionFixture.terms]);
    expect(
      [...page.querySelectorAll("#comment-kinds option")].map((each) => each.getAttribute("value")),
    ).toEqual(["walking", "weights"]);
  });

  test("ticks the box of the cookie only where the device already remembers a name", () => {
    const ticked = (remembered: boolean) =>
      shown({ remembered }).querySelector("[name=remember]")?.hasAttribute("checked");
    expect([ticked(false), ticked(true)]).toEqual([false, true]);
  });

  test.each(["en", "nb"] as const)("keeps what readers wrote as text, in every place (%s)", (language) => {
    const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>' javascript:alert(1) http://x.example/"onmouseover="alert(1)`;
    const [thread] = discussionFixture.threads;
    if (thread === undefined) throw new Error("the fixture has threads");
    const hostile = { ...thread, name: attack, kind: attack, body: attack };
    const page = shown(
      {
        threads: [{ ...hostile, replies: [{ ...hostile, id: "r" }] }],
        kinds: [{ kind: attack, count: 1, newest: attack, address: "javascript:alert(1)" }],
        kind: attack,
        replyTo: { id: attack, name: attack },
        typed: { name: attack, email: attack, body: attack, kind: attack, agreed: true },
        mistakes: [{ field: "body", message: attack }],
        exposure: attack,
      },
      language,
    );
    expect(page.querySelectorAll("script, img, [onerror], [onmouseover], [href^=javascript]")).toHaveLength(
      0,
    );
    for (const link of page.querySelectorAll(".comment a[href^=http]")) {
      expect(link.getAttribute("rel")).toBe("nofollow ugc noopener noreferrer");
      expect(link.getAttribute("href")).toBe("http://x.example/");
    }
    expect(page.querySelector(".comment b")?.textContent).toBe(attack);
  });

  test("is a feed that stays well-formed whatever was written, and marks the team", () => {
    const attack = `]]></content><script>alert(1)</script> & "quoted"`;
    const comments = [
      {
        ...(discussionFixture.threads[0] as Discussion["threads"][number]),
        name: attack,
        body: attack,
        isTeam: true,
      },
    ];
    const feed = renderFeed({
      title: attack,
      language: "nb",
      page: "/f",
      self: "/f.atom",
      comments,
      updatedAt: 0,
    });
    const { document } = parseHTML(feed);
    expect(feed).not.toContain("<script>");
    expect(document.querySelectorAll("entry")).toHaveLength(1);
    expect(document.querySelector("entry author name")?.textContent).toBe(`${attack} (Studieteamet)`);
    expect(feed).toContain('xml:lang="nb"');
  });

  test.each(["en", "nb"] as const)(
    "has its terms at an address of their own, with who answers for them (%s)",
    (language) => {
      const options = { css: "", links: {}, language, back: "/f#write", team: "Team, team@example.org" };
      const { document } = parseHTML(renderCommentTerms(options));
      const { terms } = discussionWords(language);
      expect(document.querySelector("h1")?.textContent).toBe(terms.title);
      expect(document.querySelectorAll("main li")).toHaveLength(terms.sentences.length);
      expect(document.body.textContent).toContain("team@example.org");
    },
  );
});
