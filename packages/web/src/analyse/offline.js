// Serves the files of the analyse page from the store when the network does not answer. It stores nothing itself.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request).catch(async () => {
      const kept = await caches.match(event.request, { ignoreSearch: true });
      return kept ?? Response.error();
    }),
  );
});
