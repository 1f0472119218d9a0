import { render } from "preact";
import "./analyse.css";
import { App } from "./App.tsx";

const root = document.getElementById("app");
if (root !== null) render(<App />, root);
