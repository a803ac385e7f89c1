// Des liens cassés de toutes les façons : le message de chacun (test_composer.py l’évalue dans la page).
async (bon) => {
      const bombe = async () => {
        const flux = new Blob([JSON.stringify({ v: 1, titre: "a".repeat(5e7) })]).stream().pipeThrough(new CompressionStream("deflate"));
        const octets = new Uint8Array(await new Response(flux).arrayBuffer());
        return `#c1.${btoa(Array.from(octets, (o) => String.fromCharCode(o)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
      };
      const lien = async (objet) => m.ecrireLien(objet);
      const sain = await m.lireLien(`#${bon}`);
      const essais = {
        coupe: `#${bon.slice(0, -20)}`, "très coupé": "#c1.eJ", vide: "#c1.", "pas de la base64": "#c1.%%%<script>", version: "#c9.abc",
        bombe: await bombe(), long: `#c1.${"A".repeat(300000)}`, liste: await lien([1]), nul: await lien({ v: 2 }),
        duree: await lien({ ...sain, jours: [{ id: "j1", sequences: [{ id: "s1", duree: 1e9 }] }] }),
        doubles: await lien({ ...sain, jours: [{ id: "j1" }, { id: "j1" }] }),
        date: await lien({ ...sain, ancres: { a: "2027-02-31" } }), code: await lien({ ...sain, lieu: { code: "<b>" } }),
      };
      const milieux = [0.2, 0.35, 0.5, 0.65, 0.8].map((part) => Math.floor(bon.length * part));
      milieux.forEach((k) => { essais[`lettre ${k}`] = `#${bon.slice(0, k)}${bon[k] === "A" ? "B" : "A"}${bon.slice(k + 1)}`; });
      const messages = {};
      for (const [nom, fragment] of Object.entries(essais)) {
        try { await m.lireLien(fragment); messages[nom] = null; }
        catch (e) { messages[nom] = e instanceof m.CompositionRefusee ? e.message : `${e}`; }
      }
      return { messages, pollue: {}.v !== undefined };
    }
