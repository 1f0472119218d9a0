import { render } from "preact";
import "./participant.css";
import "./foot.css";
import "./consent-again.css";
import { keepFiles } from "../offline/keep-files.ts";
import { App } from "./App.tsx";
import { browserKeptStore } from "./data/kept-store.ts";
import { connect } from "./data/server.ts";
import type { World } from "./data/world.ts";
import { tokenIn, tryOutIn, uuidFrom } from "./data/world.ts";

const world: World = {
  server: connect((address, init) => fetch(address, init)),
  kept: browserKeptStore(crypto, globalThis.indexedDB),
  browserLanguages: navigator.languages,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
  now: () => Date.now(),
  newId: () => uuidFrom(crypto),
  token: () => tokenIn(location.hash),
  clearToken: () => history.replaceState(null, "", location.pathname),
  tryOut: () => tryOutIn(location.hash),
  addressOf: (path) => new URL(path, location.href).href,
  saveFile,
  print: () => window.print(),
};

function saveFile(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  [link.href, link.download] = [address, name];
  link.click();
  // The browser reads the address after this turn; a minute is more than it needs.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

const root = document.getElementById("app");
if (root !== null) render(<App world={world} />, root);

// Both addresses of the page, so that it opens without a connection whichever a person has kept.
const files = ["/p", "/p/", "/p/manifest.webmanifest", "/p/icon.svg"].map((path) => location.origin + path);
window.addEventListener("load", () => {
  void keepFiles({ store: "longwave-participant", worker: "/p/offline.js", scope: "/p", files });
});
