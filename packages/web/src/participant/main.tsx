import { render } from "preact";
import "./participant.css";
import { App } from "./App.tsx";
import { connect } from "./data/server.ts";
import type { World } from "./data/world.ts";
import { tokenIn, tryOutIn, uuidFrom } from "./data/world.ts";

const world: World = {
  server: connect((address, init) => fetch(address, init)),
  browserLanguages: navigator.languages,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
  now: () => Date.now(),
  newId: () => uuidFrom(crypto),
  token: () => tokenIn(location.hash),
  clearToken: () => history.replaceState(null, "", location.pathname),
  tryOut: () => tryOutIn(location.hash),
  addressOf: (path) => new URL(path, location.href).href,
};

const root = document.getElementById("app");
if (root !== null) render(<App world={world} />, root);
