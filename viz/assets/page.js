"use strict";
// The page's behaviour: draw, choose, search, hide, read. All words come from the tables, so nothing is said twice.

// ---- choosing ----

function press(node) {
  showNode(node.id);
  uncover(node);
}

function describe({id}) {
  const row = byId(id), evidence = row.querySelector(".evidence"), parts = fields(row, [...row.querySelectorAll(".kind, th, .evidence")]);
  parts.push(...relations(id));
  if (evidence?.textContent.trim()) parts.push(made("h3", evidence.dataset.label), ...copies(evidence));
  open([made("p", "", copies(row.querySelector(".kind")), "kind"), made("h2", row.querySelector("[data-node]").textContent), ...parts]);
}

function describeEdge(edge) {
  const row = byId(edge.id), [start, name, end] = row.cells;
  open([made("h2", name.textContent), made("p", "", [goTo(edge.from), " → ", goTo(edge.to)]), ...fields(row, [start, name, end])]);
}

// The cells of a table row as a list of terms, but for those that are empty or stand elsewhere.
function fields(row, without) {
  const list = document.createElement("dl");
  for (const cell of row.cells) {
    if (without.includes(cell) || !cell.textContent.trim()) continue;
    const name = document.createElement("dt"), value = document.createElement("dd");
    name.textContent = cell.dataset.label;
    value.className = cell.className;
    value.append(...copies(cell));
    list.append(name, value);
  }
  return [list];
}

function copies(element) { return [...element.childNodes].map((child) => child.cloneNode(true)); }

function changed() {}  // nothing but the drawing follows what is hidden

// ---- searching ----

const search = byId("search"), found = byId("found");
const tight = (text) => text.normalize("NFKC").replace(/[\s〔〕\[\]【】()]/g, "").toLowerCase();

search.addEventListener("input", () => {
  const wanted = tight(search.value);
  const hits = wanted ? data.nodes.filter((node) => node.kind !== "more" && tight(`${node.label} ${node.note ?? ""}`).includes(wanted)) : [];
  found.hidden = !wanted;
  found.replaceChildren(...hits.slice(0, 12).map((node) => { const item = document.createElement("li"); item.append(goTo(node.id)); return item; }));
  if (wanted && !hits.length) found.append(made("li", found.dataset.none));
  for (const row of document.querySelectorAll("tbody tr")) row.hidden = wanted !== "" && !tight(row.textContent).includes(wanted);
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") found.querySelector("button")?.click();
  if (event.key === "Escape") { search.value = ""; search.dispatchEvent(new Event("input")); }
});
found.addEventListener("click", () => { found.hidden = true; turnTo("graph"); });

// ---- views ----

const tabs = [...document.querySelectorAll(".tabs a")];

function turnTo(name) {
  for (const tab of tabs) {
    const current = tab.hash === `#${name}`;
    byId(tab.hash.slice(1)).classList.toggle("open", current);
    if (current) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
  }
}

for (const tab of tabs) tab.addEventListener("click", (event) => { event.preventDefault(); turnTo(tab.hash.slice(1)); });
for (const link of document.querySelectorAll("a[data-node]")) link.addEventListener("click", (event) => {
  event.preventDefault();
  turnTo("graph");
  showNode(link.dataset.node);
  lookAt([nodeOf.get(link.dataset.node)]);
});

addEventListener("beforeprint", () => { clear(); fit(); network.redraw(); });

// ---- the first view ----

turnTo("graph");
take(data);
const asked = data.nodes.find((node) => node.asked);
if (asked && !narrow) describe(asked);
opening();
network.once("afterDrawing", () => setTimeout(() => { legend(); ready(); }));
