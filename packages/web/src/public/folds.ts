/** Opens every fold that a place stands in, so that a link to a number inside one shows it. */
export function openFoldsAround(page: Document): void {
  const id = decodeURIComponent(page.location.hash.slice(1));
  let fold = (id === "" ? null : page.getElementById(id))?.closest("details");
  while (fold) {
    fold.setAttribute("open", "");
    fold = fold.parentElement?.closest("details");
  }
}

/** Paper has no folds: all are open while the page is printed, for browsers whose style sheets cannot open them. */
export function openFoldsOnPaper(page: Document, view: Pick<Window, "addEventListener">): void {
  let opened: readonly HTMLDetailsElement[] = [];
  view.addEventListener("beforeprint", () => {
    opened = [...page.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const fold of opened) fold.setAttribute("open", "");
  });
  view.addEventListener("afterprint", () => {
    for (const fold of opened) fold.removeAttribute("open");
  });
}

/** Keeps the folds a reader opened open when they come back in the same tab. */
export function rememberFolds(
  page: Document,
  storage: Pick<Storage, "getItem" | "setItem"> | undefined,
): void {
  const folds = [...page.querySelectorAll<HTMLDetailsElement>("details[id]")];
  const key = `longwave.folds ${page.location.pathname}`;
  const opened = new Set((storage?.getItem(key) ?? "").split(" "));
  for (const fold of folds) {
    if (opened.has(fold.id)) fold.setAttribute("open", "");
    fold.addEventListener("toggle", () => storage?.setItem(key, openFolds(folds)));
  }
}

function openFolds(folds: readonly HTMLDetailsElement[]): string {
  return folds
    .filter((fold) => fold.hasAttribute("open"))
    .map((fold) => fold.id)
    .join(" ");
}
