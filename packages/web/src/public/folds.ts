/** Keeps the folds a reader opened open when they come back in the same tab, and opens the one an address leads to. */
export function rememberFolds(
  page: Document,
  storage: Pick<Storage, "getItem" | "setItem"> | undefined,
): void {
  const folds = [...page.querySelectorAll<HTMLDetailsElement>("details[id]")];
  const key = `longwave.folds ${page.location.pathname}`;
  const opened = new Set((storage?.getItem(key) ?? "").split(" "));
  const wanted = page.location.hash.slice(1);
  for (const fold of folds) {
    if (opened.has(fold.id) || fold.id === wanted) fold.setAttribute("open", "");
    fold.addEventListener("toggle", () => storage?.setItem(key, openFolds(folds)));
  }
}

function openFolds(folds: readonly HTMLDetailsElement[]): string {
  return folds
    .filter((fold) => fold.hasAttribute("open"))
    .map((fold) => fold.id)
    .join(" ");
}
