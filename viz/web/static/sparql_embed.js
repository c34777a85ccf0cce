// The result of the query in the address, for pages elsewhere.
"use strict";

document.addEventListener("DOMContentLoaded", async () => {
  const root = document.getElementById("result");
  const told = document.getElementById("told");
  const query = new URLSearchParams(location.hash.slice(1)).get("query") || "";
  document.getElementById("open").href = "/query#query=" + encodeURIComponent(query);
  caimaiViews.register(Yasgui.Yasr);
  const prefixes = await fetch(root.dataset.prefixes).then((answer) => answer.json());
  const yasr = new Yasgui.Yasr(root, { prefixes, persistenceId: null });
  caimaiAccess.watch(root, root.dataset);
  const began = performance.now();
  const answer = await fetch(root.dataset.endpoint, {
    method: "POST",
    body: new URLSearchParams({ query }),
    headers: { Accept: "application/sparql-results+json, text/turtle;q=0.9" },
  });
  answer.content = await answer.text();
  told.textContent = answer.ok ? "" : answer.content;
  yasr.setResponse(answer, Math.round(performance.now() - began));
  root.dataset.ready = "yes";
});
