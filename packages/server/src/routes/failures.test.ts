import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { refuse } from "../errors.ts";
import { problemOf } from "./failures.ts";

describe("what is told of an error", () => {
  test("is the refusal itself", () => {
    const refusal = refuse("run.not-found", "a run", "none", "Load again.");
    expect(problemOf(refusal)).toBe(refusal.problem);
  });

  test("is that there is no room, on either engine", () => {
    const database = new Database(":memory:");
    database.exec("create table t (a text); pragma max_page_count = 3");
    const fill = (): unknown => database.prepare("insert into t values (?)").run("x".repeat(50_000));
    try {
      fill();
      expect.unreachable("the database took more than it may");
    } catch (error) {
      expect(problemOf(error)).toMatchObject({ code: "server.storage-full", status: 507 });
    }
    const postgres = Object.assign(new Error("could not extend file"), { code: "53100" });
    expect(problemOf(postgres).code).toBe("server.storage-full");
  });

  test("is nothing of the inside when the error is ours", () => {
    const inside = JSON.stringify(problemOf(new Error("table answer, row 17: secret")));
    expect(inside).toContain("server.failed");
    expect(inside).not.toContain("secret");
    expect(problemOf("thrown text").code).toBe("server.failed");
  });
});
