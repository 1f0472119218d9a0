/** The files of one page to keep; nothing of a person's data is ever among them. */
export interface FilesToKeep {
  /** The name of the store. */
  readonly store: string;
  /** Where the worker is served: it answers for addresses that begin with `scope`. */
  readonly worker: string;
  readonly scope: string;
  /** Addresses that the page cannot see itself. */
  readonly files: readonly string[];
}

/**
 * Keeps what this page has loaded for the next visit without a network: the worker serves it when the network does
 * not answer. Whether it could.
 */
export async function keepFiles({ store, worker, scope, files }: FilesToKeep): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  try {
    await navigator.serviceWorker.register(worker, { scope });
    const seen = performance.getEntriesByType("resource").map(({ name }) => name);
    const loaded = [...seen, ...files].filter(
      (name) => name.startsWith(location.origin) && !name.includes("/api/"),
    );
    const wanted = new Set([location.origin + location.pathname, ...loaded]);
    const kept = await caches.open(store);
    await kept.addAll([...wanted]);
    // What an earlier version of the page was made of is not needed any more.
    for (const request of await kept.keys()) if (!wanted.has(request.url)) await kept.delete(request);
    return true;
  } catch {
    return false;
  }
}
