import { render } from "preact";
import "./console.css";
import "./pages.css";
import "./entry.css";
import "./import.css";
import "./recruitment.css";
import "./letters.css";
import "./changes.css";
import "./writing.css";
import "./narrow.css";
import { App } from "./App.tsx";

const root = document.getElementById("app");
if (root !== null) render(<App />, root);
