// Les photos d’une séance, dans la base de ce navigateur (IndexedDB) ; rien ne les en fait sortir.
const BASE = "accompagner-animer";
const MAGASIN = "photos";

const attendre = (demande) =>
  new Promise((tenir, rompre) => {
    demande.addEventListener("success", () => tenir(demande.result));
    demande.addEventListener("error", () => rompre(demande.error));
  });

async function magasin(mode) {
  const demande = indexedDB.open(BASE, 1);
  demande.addEventListener("upgradeneeded", () =>
    demande.result.createObjectStore(MAGASIN, { keyPath: "id", autoIncrement: true }),
  );
  const base = await attendre(demande);
  const echange = base.transaction(MAGASIN, mode);
  echange.addEventListener("complete", () => base.close());
  return echange.objectStore(MAGASIN);
}

const toutes = async () => attendre((await magasin("readonly")).getAll());

/** [{ id, seance, sequence, le, image }], dans l’ordre où elles ont été prises. */
export const photosDe = async (seance) => (await toutes()).filter((photo) => photo.seance === seance);

export const garderPhoto = async (photo) => attendre((await magasin("readwrite")).add(photo));

export const oublierPhoto = async (id) => attendre((await magasin("readwrite")).delete(id));

/** Oublie toutes les photos d’une séance. */
export async function oublierPhotos(seance) {
  for (const { id } of await photosDe(seance)) await oublierPhoto(id);
}
