import { describe, expect, test } from "vitest";
import { addressOf } from "./address.ts";

function seen(socket: string | undefined, forwarded?: string): string {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  const env = socket === undefined ? undefined : { incoming: { socket: { remoteAddress: socket } } };
  return addressOf(new Request("http://localhost/", { headers }), env);
}

describe("the address that limits count by", () => {
  test("is that of the socket when a stranger connects, whatever the request says of itself", () => {
    expect(seen("203.0.113.7")).toBe("203.0.113.7");
    expect(seen("203.0.113.7", "198.51.100.1")).toBe("203.0.113.7");
    expect(seen("2001:db8::1", "198.51.100.1")).toBe("2001:db8:0:0::/64");
  });

  test("is what a proxy near us wrote last, not what the sender wrote before it", () => {
    expect(seen("127.0.0.1", "198.51.100.1")).toBe("198.51.100.1");
    expect(seen("::1", "1.1.1.1, 198.51.100.1")).toBe("198.51.100.1");
    expect(seen("::ffff:10.0.0.2", "2001:db8::9")).toBe("2001:db8:0:0::/64");
  });

  test("is the proxy's own when its word is no address, and local without a socket", () => {
    expect(seen("192.168.1.2", "unknown")).toBe("192.168.1.2");
    expect(seen("127.0.0.1")).toBe("127.0.0.1");
    expect(seen(undefined, "198.51.100.1")).toBe("local");
  });
});
