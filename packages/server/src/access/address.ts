import { createHmac, randomBytes } from "node:crypto";
import { BlockList, isIP } from "node:net";

/** Networks from which only our own proxy can come: this machine and private addresses. */
const near = new BlockList();
for (const [network, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const)
  near.addSubnet(network, bits, "ipv4");
near.addAddress("::1", "ipv6");
near.addSubnet("fc00::", 7, "ipv6");

/**
 * Where a request came from, for limits: the address of its socket (of IPv6 the network), or the one that a proxy near
 * us wrote last into `X-Forwarded-For`; what stands before it is the sender's own word. "local" without a socket.
 *
 * @param env  what `@hono/node-server` gives to a request: the incoming message of Node under `incoming`.
 */
export function addressOf(request: Request, env: unknown): string {
  const socket = socketAddress(env);
  if (socket === undefined) return "local";
  const forwarded = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  const found = isNear(socket) && isIP(forwarded) !== 0 ? forwarded : socket;
  return isIP(found) === 6 ? networkOf(found) : found;
}

/** The first 64 bits of an IPv6 address: one subscriber has all the addresses behind them. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const all =
    tail === undefined ? first : [...first, ...Array(8 - first.length - last.length).fill("0"), ...last];
  return `${all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

function socketAddress(env: unknown): string | undefined {
  if (typeof env !== "object" || env === null || !("incoming" in env)) return undefined;
  const { incoming } = env as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress?.replace(/^::ffff:(?=\d+\.)/, "");
}

/** True for requests that come from the machine itself and through no proxy. */
export function isThisMachine(address: string): boolean {
  return address === "local" || address.startsWith("127.") || address === networkOf("::1");
}

function isNear(address: string): boolean {
  return near.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** The salt of scrambled addresses: of this process only, so that nothing outlives it. */
const salt = randomBytes(32);

/** The address of a request in a form that nobody can turn back, for limits that readers count against. */
export function scrambledAddress(request: Request, env: unknown): string {
  return createHmac("sha256", salt).update(addressOf(request, env)).digest("base64url");
}
