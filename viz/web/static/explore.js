"use strict";
// The graph explorer. The server says what is on the screen and where it lies; the address holds the whole state.

const STEP = 20;
const byId = (id) => document.getElementById(id);
const root = byId("explorer"), canvas = byId("canvas"), details = byId("details"), chosen = byId("chosen");
const status = root.querySelector(".status"), say = root.dataset;
let data = JSON.parse(byId("data").textContent);
let nodeOf = new Map(), edgesOf = new Map(), lit = null, named = new Set(), off = new Set(), from = null, request = 0;

root.hidden = false;
const twin = document.querySelector(".twin");
twin.open = false;

// ---- the state in the address ----

const state = () => new URLSearchParams(location.search);
const opened = (params, iri) => params.getAll("open").find((entry) => entry === iri || entry.startsWith(`${iri}~`));
const counted = (entry) => (entry === undefined ? 0 : Number(/~(\d+)$/.exec(entry)?.[1] ?? STEP));

function replaced(params, name, kept, added) {
  const values = params.getAll(name).filter(kept);
  params.delete(name);
  for (const value of [...values, ...added]) params.append(name, value);
  return params;
}

function withOpen(iri, count) {
  const params = state(), old = opened(params, iri);
  return replaced(params, "open", (entry) => entry !== old, count ? [count === STEP ? iri : `${iri}~${count}`] : []);
}

// Takes a new state to the server and draws its answer; `anchor` is the node that stays where it is.
async function go(params, anchor, push = true) {
  const mine = ++request;
  try {
    const answer = await fetch(`/explore.json?${params}`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    const found = await answer.json();
    if (mine !== request) return;
    if (push) history.pushState(null, "", `/explore?${params}`);
    const seen = anchor && seenAt(anchor);
    data = found;
    const now = seen && cardOf(anchor);
    draw(now?.id);
    if (now) keep(now, seen); else fit();
    if (standOnWay()) return;
    tell(data.full ? say.full : fill(say.added, data.nodes.filter((node) => node.kind !== "more").length, data.edges.filter((edge) => edge.grade_name).length));
  } catch (error) { tell(fill(say.failed, error.message), true); }
}

const cardOf = (iri) => data.nodes.find((one) => one.iri === iri && one.kind !== "more");

// Where a node is seen, for the drawing after this one.
function seenAt(iri) {
  const node = cardOf(iri);
  return node && {...network.canvasToDOM(node), scale: network.getScale()};
}

// The chosen node, drawn anew, stays where it was seen.
function keep(node, {x, y, scale}) {
  network.moveTo({scale, position: {x: node.x + (canvas.clientWidth / 2 - x) / scale, y: node.y + (canvas.clientHeight / 2 - y) / scale}});
  network.selectNodes([node.id], false);
  describe(node);
}

addEventListener("popstate", () => go(state(), null, false));

const expand = (node) => go(withOpen(node.iri, counted(opened(state(), node.iri)) + STEP), node.iri);
const collapse = (node) => go(withOpen(node.iri, 0), node.iri);
const hide = (node) => { clear(); go(replaced(state(), "hide", () => true, [node.iri]), null); };
const start = (node) => go(new URLSearchParams([["focus", node.iri]]), null);

async function pathTo(node) {
  const begin = from;
  from = null;
  try {
    const answer = await fetch(`/explore/path.json?${new URLSearchParams({from: begin, to: node.iri})}`), found = await answer.json();
    if (!found.length) return tell(say.none, true);
    const missing = found.filter((iri) => !data.nodes.some((one) => one.iri === iri));
    const params = replaced(replaced(state(), "show", () => true, missing), "hide", (iri) => !found.includes(iri), []);
    await go(replaced(params, "way", () => false, found), node.iri);
  } catch (error) { tell(fill(say.failed, error.message), true); }
}

// The path that the address names stands out.
function standOnWay() {
  const way = state().getAll("way");
  const on = data.nodes.filter((node) => way.includes(node.iri) && node.kind !== "more").map((node) => node.id);
  if (!on.length) return false;
  const between = data.edges.filter((edge) => on.includes(edge.from) && on.includes(edge.to));
  stand(new Set(on), new Set(between));
  tell(fill(say.found, way.length));
  return true;
}

// ---- the drawing ----

let nodes = new vis.DataSet(), edges = new vis.DataSet();
const network = new vis.Network(canvas, {nodes, edges}, data.options);
const surface = canvas.querySelector(".vis-network");
surface.setAttribute("role", "application");
surface.setAttribute("aria-label", say.canvas);
surface.tabIndex = 0;

// Draws all anew; the chosen node stands out from the start.
function draw(chosen = null) {
  off = new Set(state().getAll("off"));
  nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
  edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) for (const end of new Set([edge.from, edge.to])) edgesOf.get(end).push(edge);
  [lit, named] = chosen === null ? [null, new Set()] : around(chosen);
  nodes = new vis.DataSet(data.nodes.map((node) => ({
    id: node.id, x: node.x, y: node.y, shape: "custom", title: node.title, label: node.label, hidden: !isShown(node),
    ctxRenderer: cardRenderer(node, () => lit),
  })));
  edges = new vis.DataSet(data.edges.map((edge) => ({...edge, ...shade(edge), hidden: !isVisible(edge)})));
  network.setData({nodes, edges});  // all at once: vis-network works through everything at every change
  for (const node of data.nodes) {  // vis-network learns a custom size only after the first drawing
    const shape = network.body.nodes[node.id].shape;
    shape.customSizeWidth = node.width;
    shape.customSizeHeight = node.height;
  }
  byId("save").search = location.search;
  legend();
  if (twin.open) tables();
}

network.on("beforeDrawing", (ctx) => { if (data.columns.length) drawStripes(ctx, network, data, canvas.clientWidth); });
network.on("afterDrawing", (ctx) => {
  for (const edge of named) if (isVisible(edge)) drawName(ctx, edge, nodeOf.get(edge.from), nodeOf.get(edge.to));
  if (data.columns.length) drawHeadings(ctx, network, data, canvas.clientWidth, canvas.clientHeight);
});
network.on("click", ({nodes: [id], edges: [edge]}) => {
  const node = nodeOf.get(id);
  if (node?.kind === "more") expand(node);
  else if (node && from) pathTo(node);
  else if (node) showNode(id);
  else if (edge) showEdge(edge);
  else clear();
});
network.on("doubleClick", ({nodes: [id]}) => { if (id && nodeOf.get(id).kind !== "more") expand(nodeOf.get(id)); });

function room() {
  const covered = details.hidden ? null : details.getBoundingClientRect();
  const aside = covered && covered.left > canvas.getBoundingClientRect().left + STRIP;
  return {
    left: STRIP, right: canvas.clientWidth - (aside ? covered.width : 0),
    top: STRIP, bottom: canvas.clientHeight - (covered && !aside ? covered.height : 44),
  };
}

function look(x, y, scale, animated = true) {
  const {left, right, top, bottom} = room();
  const position = {x: x + (canvas.clientWidth - left - right) / 2 / scale, y: y + (canvas.clientHeight - top - bottom) / 2 / scale};
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || !animated;
  network.moveTo({position, scale, animation: still ? false : {duration: 300}});
}

function fit() {
  if (!data.columns.length) return;
  const width = data.columns.at(-1).end, height = data.bands.at(-1).end, {left, right, top, bottom} = room();
  look(width / 2, height / 2, Math.min((right - left - 12) / width, (bottom - top - 12) / height, 1.1), false);
  const asked = data.nodes.find((node) => node.asked);
  if (asked && network.getScale() < 0.4) look(asked.x, asked.y, 0.75, false);
}

// ---- choosing ----

function showNode(id) {
  stand(...around(id));
  network.selectNodes([id], false);
  describe(nodeOf.get(id));
}

// What stands out with a node: the cards next to it, and the edges to them.
function around(id) {
  const found = new Set(edgesOf.get(id).filter(isVisible));
  return [new Set([id, ...[...found].flatMap((edge) => [edge.from, edge.to])]), found];
}

function showEdge(id) {
  const edge = data.edges.find((one) => one.id === id);
  if (!edge?.grade_name) return;
  stand(new Set([edge.from, edge.to]), new Set([edge]));
  network.selectEdges([id]);
  const ends = made("p", "", [goTo(edge.from), " → ", goTo(edge.to)]);
  open([made("h2", edge.relation), ends, list(edge.fields), ...sources(edge.sources)]);
}

function describe(node) {
  const see = made("a", say.see), isOpen = opened(state(), node.iri) !== undefined;
  see.href = node.address;
  see.className = "button";
  const actions = made("p", "", [see, action(say.expand, () => expand(node)), ...(isOpen ? [action(say.collapse, () => collapse(node))] : []),
    action(say.from, () => pick(node)), action(say.focus, () => start(node)), action(say.hide, () => hide(node))]);
  actions.className = "actions";
  const relations = made("ul", "", edgesOf.get(node.id).filter((edge) => edge.grade_name).map((edge) => relation(edge, node.id)));
  const kind = made("p", node.kind_name);
  kind.className = "kind";
  open([kind, made("h2", node.name), actions, list(node.fields),
    ...(relations.children.length ? [made("h3", say.relations), relations] : []), ...sources(node.sources)]);
}

function pick(node) { from = node.iri; clear(); tell(say.pick, true); }

function relation(edge, id) {
  const outgoing = edge.from === id, name = made("button", `${outgoing ? "→" : "←"} ${edge.relation}`), grade = made("span", edge.grade_name);
  name.type = "button";
  name.className = "relation";
  name.addEventListener("click", () => showEdge(edge.id));
  grade.className = `grade grade-${edge.grade}`;
  return made("li", "", [name, " ", goTo(outgoing ? edge.to : edge.from), " ", grade]);
}

function goTo(id) {
  const node = nodeOf.get(id), button = made("button", `${node.name} ${node.note}`.trim());
  button.type = "button";
  button.className = "go";
  button.lang = "zh-Hans";
  button.addEventListener("click", () => { showNode(id); look(node.x, node.y, Math.max(network.getScale(), 0.7)); details.focus(); });
  return button;
}

function sources(found) {
  if (!found.length) return [];
  const items = found.map((at) => data.places[at]).map((one) => {
    const place = made(one.address ? "a" : "span", [one.file, one.place].filter(Boolean).join(" · ")), words = made("q", one.words);
    if (one.address) place.href = one.address;
    words.lang = "zh-Hans";
    return made("li", "", one.words ? [place, words] : [place]);
  });
  return [made("h3", say.sources), made("ul", "", items)];
}

function list(fields) { return made("dl", "", fields.flatMap(([name, value]) => [made("dt", name), made("dd", value)])); }

function action(text, act) {
  const button = made("button", text);
  button.type = "button";
  button.className = "button";
  button.addEventListener("click", act);
  return button;
}

function made(tag, text, children = []) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
}

function open(parts) { chosen.replaceChildren(...parts); details.hidden = false; details.scrollTop = 0; }

function clear() { stand(null, new Set()); network.unselectAll(); details.hidden = true; }

function stand(ids, names) {
  lit = ids;
  named = names;
  edges.update(data.edges.map((edge) => ({id: edge.id, ...shade(edge)})));
}

const shade = (edge) => ({color: {color: edge.color, highlight: "#20262e", opacity: lit === null || named.has(edge) ? 1 : 0.15}});

function fill(text, ...values) { return values.reduce((said, value) => said.replace("{}", value), text); }

function tell(text, loud = false) { status.textContent = text; status.classList.toggle("loud", loud); }

details.querySelector(".close").addEventListener("click", () => { clear(); surface.focus(); });

// ---- hiding kinds and grades ----

// A card is hidden by its kind, its year column or its level band; a stub by the card it belongs to.
const spanAt = (spans, at) => spans.find((span) => at >= span.start && at <= span.end)?.name;
const isShown = (node) => node.owner ? isShown(nodeOf.get(node.owner)) : !off.has(node.kind)
  && !off.has(`year:${spanAt(data.columns, node.x)}`) && !off.has(`level:${spanAt(data.bands, node.y)}`);
const isVisible = (edge) => !off.has(edge.grade) && isShown(nodeOf.get(edge.from)) && isShown(nodeOf.get(edge.to));

const nameOf = (chip) => chip.dataset.kind ?? chip.dataset.grade ?? chip.dataset.span;

root.querySelector(".shelf").addEventListener("click", ({target}) => {
  const chip = target.closest(".chip"), name = chip && nameOf(chip);
  if (!name) return;
  const params = replaced(state(), "off", (one) => one !== name, off.has(name) ? [] : [name]);
  off = new Set(params.getAll("off"));
  history.replaceState(null, "", `/explore?${params}`);
  nodes.update(data.nodes.map((node) => ({id: node.id, hidden: !isShown(node)})));
  edges.update(data.edges.map((edge) => ({id: edge.id, hidden: !isVisible(edge)})));
  legend();
});

// A chip for each year and level on the screen, if there are several.
function spanChips() {
  for (const [prefix, spans] of [["year", data.columns], ["level", data.bands]]) {
    const held = byId(`${prefix}s`), gone = [...off].filter((name) => name.startsWith(`${prefix}:`)).map((name) => name.slice(prefix.length + 1));
    const named = spans.filter((span) => span.label && data.nodes.some((node) => spanAt(spans, prefix === "year" ? node.x : node.y) === span.name));
    held.replaceChildren(...(named.length > 1 || gone.length ? named : []).map((span) => {
      const chip = made("button", span.label);
      chip.type = "button";
      chip.className = "chip";
      chip.dataset.span = `${prefix}:${span.name}`;
      return chip;
    }));
  }
}

function legend() {
  const held = document.activeElement?.dataset?.span;
  spanChips();
  if (held) root.querySelector(`[data-span="${CSS.escape(held)}"]`)?.focus();
  for (const chip of root.querySelectorAll(".chip")) {
    chip.setAttribute("aria-pressed", String(!off.has(nameOf(chip))));
    if (!chip.dataset.kind) continue;
    const count = data.nodes.filter((node) => node.kind === chip.dataset.kind).length;
    chip.hidden = !count;
    chip.querySelector(".count").textContent = count;
  }
}

// ---- the same as tables ----

function tables() {
  const label = (id) => [...byId(id).closest("table").querySelectorAll("thead th")].map((cell) => cell.textContent);
  const row = (names, cells) => made("tr", "", cells.map((content, at) => {
    const cell = made(at === 1 ? "th" : "td", "", content);
    cell.dataset.label = names[at];
    if (at === 1) cell.scope = "row";
    return cell;
  }));
  const link = (text, href, title = "") => { const made_ = made("a", text); made_.href = href; made_.title = title; return made_; };
  const nodeNames = label("node-rows"), edgeNames = label("edge-rows");
  byId("node-rows").replaceChildren(...data.nodes.map((node) => row(nodeNames, [
    [node.kind_name], [link(node.name, node.address)], [node.fields.map(([name, value]) => `${name}: ${value}`).join("; ")],
  ])));
  byId("edge-rows").replaceChildren(...data.edges.filter((edge) => edge.grade_name).map((edge) => row(edgeNames, [
    [edge.start], [edge.relation], [edge.end], [edge.grade_name],
    edge.sources.slice(0, 3).map((at) => data.places[at]).flatMap((one) => [link(one.place || one.file, one.address, one.words), " "]),
  ])));
}

twin.addEventListener("toggle", () => { if (twin.open) tables(); });

// ---- zoom and keys ----

const zoom = (factor) => network.moveTo({scale: Math.min(Math.max(network.getScale() * factor, 0.05), 3)});
const views = {in: () => zoom(1.25), out: () => zoom(0.8), fit};
for (const button of root.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => views[button.dataset.zoom]());

function leave() {
  from = null;
  history.replaceState(null, "", `/explore?${replaced(state(), "way", () => false, [])}`);
  tell("");
  clear();
}

const selected = () => nodeOf.get(network.getSelectedNodes()[0]);
const onSelected = (act) => () => { const node = selected(); if (node) act(node); };
const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
const KEYS = {
  "+": views.in, "=": views.in, "-": views.out, "0": fit, Escape: leave, Enter: () => { const node = selected(); if (node && from) pathTo(node); else details.focus(); },
  e: onSelected(expand), c: onSelected(collapse), h: onSelected(hide), p: onSelected(pick),
};
surface.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = ARROWS[event.key] ? () => move(ARROWS[event.key]) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
details.addEventListener("keydown", (event) => { if (event.key === "Escape") { clear(); surface.focus(); } });

// The nearest card in a direction: what lies aside counts double.
function move([dx, dy]) {
  const here = selected() ?? data.nodes.find((node) => node.asked) ?? data.nodes[0];
  const far = (node) => {
    const x = node.x - here.x, y = node.y - here.y, ahead = dx * x + dy * y;
    return ahead > 1 ? ahead + 2 * Math.abs(dx ? y : x) : Infinity;
  };
  const others = data.nodes.filter((node) => isShown(node) && node.kind !== "more");
  const next = selected() ? others.reduce((best, node) => (far(node) < far(best) ? node : best), here) : here;
  showNode(next.id);
  look(next.x, next.y, network.getScale());
}

new ResizeObserver(() => network.redraw()).observe(canvas);
draw();
network.once("afterDrawing", () => requestAnimationFrame(() => {
  fit();
  const asked = data.nodes.find((node) => node.asked);
  if (asked && !matchMedia("(max-width: 760px)").matches) { describe(asked); fit(); }
  if (!standOnWay() && data.left_out) tell(fill(say.left, data.left_out));
}));
