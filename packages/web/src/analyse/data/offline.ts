/** The name of the store of this page's own files; nothing of a person's data is ever put there. */
const STORE = "longwave-analyse";

/**
 * Keeps the files of this page for the next visit without a network: the worker at /analyse/offline.js serves
 * them when the network does not answer.
 *
 * @param files  addresses the page cannot see itself: those the sums were loaded from in their own thread.
 */
export async function keepForOffline(files: readonly string[]): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  try {
    await navigator.serviceWorker.register("/analyse/offline.js", { scope: "/analyse" });
    const seen = performance.getEntriesByType("resource").map(({ name }) => name);
    const loaded = [...seen, ...files].filter(
      (name) => name.startsWith(location.origin) && !name.includes("/api/"),
    );
    const store = await caches.open(STORE);
    await store.addAll([...new Set([location.origin + location.pathname, ...loaded])]);
    return true;
  } catch {
    return false;
  }
}
