import { render } from "preact";
import "./participant.css";
import { App } from "./App.tsx";
import { connect } from "./data/server.ts";
import type { World } from "./data/world.ts";
import { tokenIn, uuidFrom } from "./data/world.ts";

const world: World = {
  server: connect((address, init) => fetch(address, init)),
  browserLanguages: navigator.languages,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
  now: () => Date.now(),
  newId: () => uuidFrom(crypto),
  token: () => tokenIn(location.hash),
  clearToken: () => history.replaceState(null, "", location.pathname),
};

const root = document.getElementById("app");
if (root !== null) render(<App world={world} />, root);
