// The editor of the SPARQL page, bound to the endpoint of this graph and to nothing else.
"use strict";

document.addEventListener("DOMContentLoaded", async () => {
  const root = document.getElementById("yasgui");
  const data = root.dataset;
  const endpoint = new URL(data.endpoint, location.href).href;
  document.getElementById("address").textContent = endpoint;

  caimaiViews.register(Yasgui.Yasr);
  Yasgui.Yasqe.defaults.autocompleters = ["prefixes", "variables"].filter((name) => Yasgui.Yasqe.Autocompleters[name]);
  Yasgui.Yasqe.defaults.prefixCcApi = data.prefixes;
  const [prefixes, questions] = await Promise.all([data.prefixes, data.questions].map((address) => fetch(address).then((answer) => answer.json())));
  Yasgui.Yasqe.defaults.value = questions.money_by_source || "SELECT * WHERE { ?s ?p ?o } LIMIT 10";

  const yasgui = new Yasgui(root, {
    requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "text/turtle", acceptHeaderSelect: "application/sparql-results+json" },
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
    copyEndpointOnNewTab: false,
    autofocus: false,
    tabName: "SPARQL",
    yasr: { prefixes },
    // A link may bring a query, never another server.
    populateFromUrl: (tab) => {
      tab.requestConfig.endpoint = endpoint;
      return tab;
    },
  });
  const own = (tab) => tab && tab.getEndpoint() !== endpoint && tab.setEndpoint(endpoint);
  caimaiAccess.watch(root, data);
  Object.values(yasgui._tabs).forEach(own);
  yasgui.on("tabSelect", (_, id) => own(yasgui.getTab(id)));

  const told = document.getElementById("told");
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = data.copied;
    } catch {
      window.prompt("", text);
    }
  };
  const query = () => "#query=" + encodeURIComponent(yasgui.getTab().getQuery());
  document.getElementById("share").addEventListener("click", () => copy(location.origin + location.pathname + query()));
  document.getElementById("embed").addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = location.origin + data.embed + query();
    frame.width = "100%";
    frame.height = "480";
    frame.title = document.title;
    copy(frame.outerHTML);
  });
  const question = document.getElementById("question");
  question.addEventListener("change", () => {
    if (!questions[question.value]) return;
    const tab = yasgui.addTab(true, { name: question.selectedOptions[0].textContent.slice(0, 10) });
    own(tab);
    tab.setQuery(questions[question.value]);
    tab.query().catch(() => {}); // what went wrong is shown in the result panel
  });
  for (const id of ["question", "share", "embed"]) document.getElementById(id).disabled = false;
  root.dataset.ready = "yes";
});
