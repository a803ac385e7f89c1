// Le cycle : la coquille à l’installation, la liste neuve à l’activation, puis ce que les pages demandent. Une
// version nouvelle prend la place aussitôt : les pages en ligne viennent du réseau, et une page déjà ouverte annonce
// la nouvelle version sans se recharger. Ce qui est gardé reste lisible, à sa date, tant que la suite n’est pas
// arrivée.
self.addEventListener("install", (evenement) =>
  evenement.waitUntil(
    (async () => {
      const neuve = await demanderListe();
      await garder(neuve.lots.coquille ?? []);
      await ecrireJson(CLES.neuve, neuve);
      await self.skipWaiting();
    })(),
  ),
);

self.addEventListener("activate", (evenement) =>
  evenement.waitUntil(
    (async () => {
      const r = await reserve();
      const neuve = await lireJson(CLES.neuve);
      if (neuve) {
        await ecrireJson(CLES.liste, neuve);
        for (const { url } of await r.keys()) if (url.includes(`${INTERNE}liste-`)) await r.delete(url);
      }
      liste = undefined;
      await changerEtat((etat) => {
        etat.confirmee = new Date().toISOString();
      });
      await faireBilan();
      await self.clients.claim();
      await dire({ quoi: "prete" });
    })(),
  ),
);

const GESTES = {
  garder: ({ lots, discret }) => garderLots(lots, discret),
  retirer: ({ lots }) => retirerLots(lots),
  confirmer: () =>
    changerEtat((etat) => {
      if (etat.version === REGLAGES.version) etat.confirmee = new Date().toISOString();
    }),
  bilan: async () => {
    await travail;
    await faireBilan();
    await dire({ quoi: "fini" });
  },
};

self.addEventListener("message", (evenement) => {
  const { geste, ...suite } = evenement.data ?? {};
  if (Object.hasOwn(GESTES, geste)) evenement.waitUntil(GESTES[geste](suite));
});
