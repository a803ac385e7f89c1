const RAYON = 6371; // kilomètres
const rad = (degres) => (degres * Math.PI) / 180;

/** Distance à vol d’oiseau entre deux points, en kilomètres entiers. */
export function distance([lon1, lat1], [lon2, lat2]) {
  const a =
    Math.sin(rad(lat2 - lat1) / 2) ** 2 +
    Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * Math.sin(rad(lon2 - lon1) / 2) ** 2;
  return Math.round(2 * RAYON * Math.asin(Math.sqrt(a)));
}
