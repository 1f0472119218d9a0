import { type Refusal, refuse } from "../errors.ts";

const LARGEST_BODY = 4_000_000;

/**
 * The body of a request as text, counted while it arrives: of one that is too large no more is read. It is asked for by
 * handlers, so nothing of a body is read before the rules let its sender in.
 *
 * @param largest  bytes.
 * @throws Refusal `request.too-large`
 */
export async function readBody(request: Request, largest: number = LARGEST_BODY): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > largest) throw tooLarge(largest);
  if (request.body === null) return "";
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > largest) throw tooLarge(largest);
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join("") + decoder.decode();
}

function tooLarge(largest: number): Refusal {
  return refuse(
    "request.too-large",
    `a body of at most ${largest / 1_000_000} MB`,
    "a larger one",
    "Send it in parts.",
  );
}
