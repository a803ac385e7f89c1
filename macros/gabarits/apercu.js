// Pendant « make serve » : recharge la page quand ce qu’elle montre a changé.
(async () => {
  const { question } = document.currentScript.dataset;
  for (;;) {
    if (document.hidden) {
      await new Promise((suite) => document.addEventListener("visibilitychange", suite, { once: true }));
    } else {
      try {
        const reponse = await fetch(question);
        if ((await reponse.text()) === "1") return location.reload();
      } catch {
        await new Promise((suite) => setTimeout(suite, 1000)); // le serveur est arrêté, ou redémarre
      }
    }
  }
})();
