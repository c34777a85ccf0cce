"use strict";
// The page's behaviour: draw, choose, search, hide, read. All words come from the tables, so nothing is said twice.

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const canvas = byId("canvas"), details = byId("details"), chosen = byId("chosen");
const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
const edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
for (const edge of data.edges) { edgesOf.get(edge.from).push(edge); if (edge.to !== edge.from) edgesOf.get(edge.to).push(edge); }
const asked = data.nodes.filter((node) => node.asked);
const hiddenKinds = new Set(), hiddenGrades = new Set();
let lit = null, named = [];

document.querySelectorAll("#tools, .stage, #details").forEach((part) => { part.hidden = false; });
for (const tables of [byId("nodes"), byId("edges")]) tables.classList.add("closed");
document.body.classList.add("live");
const narrow = matchMedia("(max-width: 760px)").matches;
if (narrow) byId("tools").open = false;

// ---- the drawing ----

const nodes = new vis.DataSet(data.nodes.map((node) => ({
  id: node.id, x: node.x, y: node.y, shape: "custom", title: node.title, label: node.label,
  ctxRenderer: cardRenderer(node, () => lit),
})));
const edges = new vis.DataSet(data.edges.map((edge) => ({...edge})));
const network = new vis.Network(canvas, {nodes, edges}, data.options);
for (const node of data.nodes) {  // vis-network learns a custom size only after the first drawing: too late for edges and clicks
  const shape = network.body.nodes[node.id].shape;
  shape.customSizeWidth = node.width;
  shape.customSizeHeight = node.height;
}
const surface = canvas.querySelector(".vis-network");
surface.setAttribute("role", "application");
surface.setAttribute("aria-label", canvas.dataset.label);
network.on("beforeDrawing", (ctx) => drawStripes(ctx, network, data, canvas.clientWidth));
network.on("afterDrawing", (ctx) => {
  for (const edge of named) if (isVisible(edge)) drawName(ctx, edge, nodeOf.get(edge.from), nodeOf.get(edge.to));
  drawHeadings(ctx, network, data, canvas.clientWidth, canvas.clientHeight);
});
network.on("click", ({nodes: [node], edges: [edge]}) => {
  if (node) { showNode(node); uncover(nodeOf.get(node)); } else if (edge) showEdge(edge); else clear();
});

// What of the canvas is neither under the headings nor under the details or the buttons at its foot.
const FOOT = 46;

function room() {
  const covered = details.classList.contains("open") ? details.getBoundingClientRect() : null;
  const aside = covered && covered.left > canvas.getBoundingClientRect().left + STRIP;
  return {
    left: STRIP, right: canvas.clientWidth - (aside ? covered.width : 0),
    top: STRIP, bottom: canvas.clientHeight - (covered && !aside ? covered.height : FOOT),
  };
}

function fit() {
  const width = data.columns.at(-1).end, height = data.bands.at(-1).end, {left, right, top, bottom} = room();
  look(width / 2, height / 2, Math.min((right - left - 12) / width, (bottom - top - 12) / height, 1.1), false);
}

// Brings a point of the drawing to the middle of the room.
function look(x, y, scale, animated = true) {
  const {left, right, top, bottom} = room();
  const position = {
    x: x + (canvas.clientWidth - left - right) / 2 / scale,
    y: y + (canvas.clientHeight - top - bottom) / 2 / scale,
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || !animated;
  network.moveTo({position, scale, animation: still ? false : {duration: 300}});
}

// Moves only where the details would cover what was chosen.
function uncover(node) {
  const {x, y} = network.canvasToDOM(node), {left, right, top, bottom} = room(), half = node.width / 2 * network.getScale();
  if (x - half < left || x + half > right || y < top + 20 || y > bottom - 20) look(node.x, node.y, network.getScale());
}

function lookAt(found, animated = true) {
  const middle = (key) => found.reduce((sum, node) => sum + node[key], 0) / found.length;
  look(middle("x"), middle("y"), Math.max(network.getScale(), 0.85), animated);
}

function opening() {
  if (asked.length && !narrow) describe(asked[0].id);
  fit();
  if (asked.length && network.getScale() < 0.45) lookAt(asked, false);
  else if (network.getScale() < 0.3) look(data.nodes[0].x, (canvas.clientHeight - STRIP - FOOT) / 2 / 0.6 - 10, 0.6, false);
}

// ---- choosing ----

function showNode(id) {
  const around = edgesOf.get(id).filter(isVisible);
  stand(new Set([id, nodeOf.get(id).owner, ...around.flatMap((edge) => [edge.from, edge.to])]), around);
  network.selectNodes([id], false);
  describe(id);
}

function describe(id) {
  const row = byId(id), evidence = row.querySelector(".evidence"), parts = fields(row, [...row.querySelectorAll(".kind, th, .evidence")]);
  const list = document.createElement("ul");
  list.className = "relations";
  for (const edge of edgesOf.get(id)) list.append(relation(edge, id));
  if (list.children.length) parts.push(heading("h3", details.dataset.relations), list);
  if (evidence?.textContent.trim()) parts.push(heading("h3", evidence.dataset.label), ...copies(evidence));
  fill(row.querySelector(".kind"), row.querySelector("[data-node]").textContent, parts);
}

function showEdge(id) {
  const edge = data.edges.find((one) => one.id === id);
  stand(new Set([edge.from, edge.to]), [edge]);
  network.selectEdges([id]);
  const [start, name, end] = byId(id).cells;
  const ends = document.createElement("p");
  ends.append(goTo(edge.from), " → ", goTo(edge.to));
  fill(null, name.textContent, [ends, ...fields(byId(id), [start, name, end])]);
}

function clear() {
  stand(null, []);
  network.unselectAll();
  details.classList.remove("open");
}

// The chosen node and its neighbours stand out, the lines between them say what they are.
function stand(ids, names) {
  lit = ids;
  named = names;
  edges.update(data.edges.map((edge) => ({
    id: edge.id, color: {color: edge.color, highlight: "#20262e", opacity: ids === null || names.includes(edge) ? 1 : 0.15},
  })));
}

function fill(kind, title, parts) {
  const top = [];
  if (kind) { const line = document.createElement("p"); line.className = "kind"; line.append(...copies(kind)); top.push(line); }
  chosen.replaceChildren(...top, heading("h2", title), ...parts);
  details.classList.add("open");
  details.scrollTop = 0;
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

function relation(edge, id) {
  const item = document.createElement("li"), outgoing = edge.from === id, row = byId(edge.id);
  const name = document.createElement("button"), grade = document.createElement("span");
  name.type = "button";
  name.className = "relation";
  name.textContent = `${outgoing ? "→" : "←"} ${edge.relation}`;
  name.title = outgoing ? details.dataset.outgoing : details.dataset.incoming;
  name.addEventListener("click", () => showEdge(edge.id));
  grade.className = `grade-${edge.grade}`;
  grade.textContent = row.querySelector("[class^=grade-]").textContent;
  item.append(name, " ", goTo(outgoing ? edge.to : edge.from), " ", grade);
  return item;
}

function goTo(id) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "go";
  button.textContent = `${byId(id).querySelector("[data-node]").textContent} ${nodeOf.get(id).note}`.trim();
  button.lang = "zh-Hans";
  button.addEventListener("click", () => { showNode(id); lookAt([nodeOf.get(id)]); details.focus(); });
  return button;
}

function heading(level, text) {
  const made = document.createElement(level);
  made.textContent = text;
  return made;
}

function copies(element) { return [...element.childNodes].map((child) => child.cloneNode(true)); }

details.querySelector(".close").addEventListener("click", () => { clear(); surface.focus(); });

// ---- hiding ----

const isShown = (node) => !hiddenKinds.has(node.kind);
const isVisible = (edge) => !hiddenGrades.has(edge.grade) && isShown(nodeOf.get(edge.from)) && isShown(nodeOf.get(edge.to));

for (const chip of document.querySelectorAll(".chip")) chip.addEventListener("click", () => {
  const on = chip.getAttribute("aria-pressed") !== "true";
  const [set, name] = chip.dataset.kind ? [hiddenKinds, chip.dataset.kind] : [hiddenGrades, chip.dataset.grade];
  chip.setAttribute("aria-pressed", String(on));
  if (on) set.delete(name); else set.add(name);
  nodes.update(data.nodes.map((node) => ({id: node.id, hidden: !isShown(node)})));
  edges.update(data.edges.map((edge) => ({id: edge.id, hidden: !isVisible(edge)})));
});

// ---- searching ----

const search = byId("search"), found = byId("found");
const tight = (text) => text.normalize("NFKC").replace(/[\s〔〕\[\]【】()]/g, "").toLowerCase();

search.addEventListener("input", () => {
  const wanted = tight(search.value);
  const hits = wanted ? data.nodes.filter((node) => node.kind !== "more" && tight(node.title).includes(wanted)) : [];
  found.hidden = !wanted;
  found.replaceChildren(...hits.slice(0, 12).map((node) => { const item = document.createElement("li"); item.append(goTo(node.id)); return item; }));
  if (wanted && !hits.length) found.append(heading("li", found.dataset.none));
  for (const row of document.querySelectorAll("tbody tr")) row.hidden = wanted !== "" && !tight(row.textContent).includes(wanted);
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") found.querySelector("button")?.click();
  if (event.key === "Escape") { search.value = ""; search.dispatchEvent(new Event("input")); }
});
found.addEventListener("click", () => { found.hidden = true; open("graph"); });

// ---- views, zoom and keys ----

const tabs = [...document.querySelectorAll(".tabs a")];

function open(name) {
  for (const tab of tabs) {
    const current = tab.hash === `#${name}`;
    byId(tab.hash.slice(1)).classList.toggle("closed", !current);
    if (current) tab.setAttribute("aria-current", "page"); else tab.removeAttribute("aria-current");
  }
}

for (const tab of tabs) tab.addEventListener("click", (event) => { event.preventDefault(); open(tab.hash.slice(1)); });
for (const link of document.querySelectorAll("a[data-node]")) link.addEventListener("click", (event) => {
  event.preventDefault();
  open("graph");
  showNode(link.dataset.node);
  lookAt([nodeOf.get(link.dataset.node)]);
});

const zoom = (factor) => network.moveTo({scale: Math.min(Math.max(network.getScale() * factor, 0.05), 3)});
const actions = {in: () => zoom(1.25), out: () => zoom(0.8), fit, focus: () => lookAt(asked)};
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => actions[button.dataset.zoom]());

const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
const KEYS = {"+": actions.in, "=": actions.in, "-": actions.out, "0": fit, Escape: clear, Enter: () => details.focus()};

surface.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = ARROWS[event.key] ? () => move(ARROWS[event.key]) : KEYS[event.key];
  if (!step) return;
  event.preventDefault();
  step();
});
details.addEventListener("keydown", (event) => { if (event.key === "Escape") { clear(); surface.focus(); } });

// The nearest card in a direction: what lies aside counts double.
function move([dx, dy]) {
  const [id] = network.getSelectedNodes();
  if (!id) return void begin();
  const here = nodeOf.get(id);
  const far = (node) => {
    const x = node.x - here.x, y = node.y - here.y, ahead = dx * x + dy * y;
    return ahead > 1 ? ahead + 2 * Math.abs(dx ? y : x) : Infinity;
  };
  const next = data.nodes.filter(isShown).reduce((best, node) => (far(node) < far(best) ? node : best), here);
  if (next !== here) { showNode(next.id); lookAt([next]); }
}

function begin() {
  const first = asked[0] ?? data.nodes.find(isShown);
  if (first) { showNode(first.id); lookAt([first]); }
}

addEventListener("beforeprint", () => { clear(); fit(); network.redraw(); });
new ResizeObserver(() => network.redraw()).observe(canvas);
open("graph");
network.once("afterDrawing", () => requestAnimationFrame(opening));  // vis-network places its own view first
