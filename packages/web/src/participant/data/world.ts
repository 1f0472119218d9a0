import type { KeptStore } from "./kept-store.ts";
import type { Server } from "./server.ts";

/** What the app may ask of the browser around it; only main.tsx makes one. */
export interface World {
  readonly server: Server;
  readonly kept: KeptStore;
  readonly browserLanguages: readonly string[];
  readonly timeZone: string;
  readonly now: () => number;
  readonly newId: () => string;
  /** The token in the address bar now. */
  readonly token: () => string | undefined;
  /** Takes the token out of the address bar and of the history. */
  readonly clearToken: () => void;
  /** The wish in the address bar to try a study that is open to anyone. */
  readonly tryOut: () => TryOut | undefined;
  /** The whole address of a path on this server. */
  readonly addressOf: (path: string) => string;
  /** Gives a text to the browser as a file to keep. */
  readonly saveFile: (name: string, text: string, type: string) => void;
  readonly print: () => void;
}

/** A wish to try: one named study, or whichever is open for it. */
export interface TryOut {
  readonly study?: string;
}

/** The wish in the fragment of an address such as "/p/#try" or "/p/#try=STUDY". */
export function tryOutIn(fragment: string): TryOut | undefined {
  const [word, study] = decodeURIComponentSafely(fragment.replace(/^#/, "").trim()).split("=");
  if (word !== "try") return undefined;
  return study === undefined || study === "" ? {} : { study };
}

/** The token in the fragment of an address such as "/p#TOKEN". */
export function tokenIn(fragment: string): string | undefined {
  const token = decodeURIComponentSafely(fragment.replace(/^#/, "").trim());
  return /^[\w.~-]{8,100}$/.test(token) ? token : undefined;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A version 4 UUID from the browser's random numbers; `randomUUID` is missing on plain http. */
export function uuidFrom(crypto: Crypto): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
