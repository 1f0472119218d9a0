import { describe, expect, test } from "vitest";
import { mailRouteOf } from "./route.ts";
import { withoutAddresses } from "./transport.ts";

describe("the address of a mail server", () => {
  test("holds host, port, user and password, with the usual ports when it names none", () => {
    expect(mailRouteOf("smtp://anna:p%40ss@mail.example.org:2525")).toEqual({
      host: "mail.example.org",
      port: 2525,
      secure: false,
      user: "anna",
      password: "p@ss",
    });
    expect(mailRouteOf("smtp://mail.example.org").port).toBe(587);
    expect(mailRouteOf("smtps://mail.example.org")).toMatchObject({ port: 465, secure: true });
    expect(mailRouteOf("smtp://[::1]:25").host).toBe("::1");
  });

  test("takes a password from elsewhere only when it holds none itself", () => {
    expect(mailRouteOf("smtp://anna@mail.example.org", "given").password).toBe("given");
    expect(mailRouteOf("smtp://anna:own@mail.example.org", "given").password).toBe("own");
  });

  test.each([
    "mail.example.org:25",
    "http://mail.example.org",
    "smtp://anna:se%zzcret@host",
    "smtp://a:secret@",
    "",
  ])("is refused with what to do when it is none, and shows no password: %s", (address) => {
    expect(() => mailRouteOf(address)).toThrow(/expected a mail server such as smtp:\/\//);
    expect(() => mailRouteOf(address)).not.toThrow(/secret|se%zz/);
  });
});

test("what a mail server says is kept without anyone's address, on one short line", () => {
  expect(withoutAddresses("550 5.1.1 <kari@example.org>:\r\n user unknown (kari@example.org)")).toBe(
    "550 5.1.1 <…>: user unknown (…)",
  );
  expect(withoutAddresses("x".repeat(1000))).toHaveLength(300);
});
