// Le site ne se lit plus hors connexion : ce script remplace celui que des visiteurs gardent, efface leur copie et
// s’en va.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (evenement) =>
  evenement.waitUntil(
    (async () => {
      const portee = new URL(self.registration.scope).pathname;
      await caches.delete(`hors-ligne:${portee}`);
      await self.registration.unregister();
    })(),
  ),
);
