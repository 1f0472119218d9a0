import { render } from "preact";
import "../participant/participant.css";
import { App } from "../participant/App.tsx";
import { keepsNothing } from "../participant/data/kept-store.ts";
import { uuidFrom, type World } from "../participant/data/world.ts";
import { type PreviewMessage, previewMessage, READY } from "./message.ts";
import { savesNothing } from "./saves-nothing.ts";

const root = document.getElementById("app");

function worldOf(message: PreviewMessage): World {
  return {
    server: savesNothing(message, () => Date.now()),
    kept: keepsNothing,
    browserLanguages: [message.language],
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
    now: () => Date.now(),
    newId: () => uuidFrom(crypto),
    token: () => undefined,
    clearToken: () => undefined,
    tryOut: () => undefined,
    addressOf: (path) => new URL(path, location.href).href,
    saveFile: () => undefined,
    print: () => undefined,
  };
}

let shown = 0;

// Only the console that holds this page in a frame is listened to.
window.addEventListener("message", ({ origin, source, data }) => {
  const message = previewMessage(data);
  if (origin !== location.origin || source !== window.parent || message === undefined || root === null)
    return;
  shown += 1;
  render(<App key={shown} world={worldOf(message)} />, root);
});
window.parent.postMessage(READY, location.origin);
