// A style sheet for whoever serves public pages without passing `publicCss()` to them.
import "virtual:furniture.css";
import { offerCopy } from "./copy.ts";
import { openFoldsAround, openFoldsOnPaper, rememberFolds } from "./folds.ts";
import { solvePuzzle } from "./proof-of-work.ts";

// Everything here is comfort: the page says all it has to say without this script.
offerCopy(document, navigator.clipboard);
rememberFolds(document, sessionStorageOrNone());
openFoldsAround(document);
window.addEventListener("hashchange", () => openFoldsAround(document));
openFoldsOnPaper(document, window);
solvePuzzle(document, globalThis.crypto?.subtle);

/** Some browsers refuse storage by throwing; then nothing is remembered. */
function sessionStorageOrNone(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}
