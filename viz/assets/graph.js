"use strict";
// What the explorer and the file that opens without a network share: the drawing, what is chosen, hidden and seen of it.
// The script of the page says what it does with what is chosen: describe(node), describeEdge(edge), press(node), changed().

const byId = (id) => document.getElementById(id);
const canvas = byId("canvas"), details = byId("details"), chosen = byId("chosen");
const narrow = matchMedia("(max-width: 760px)").matches;
const FOOT = 46;  // px of the buttons at the foot of the canvas
const NEAR = 0.85, LEGIBLE = 0.45;  // the scale at which one card is looked at, and the smallest at which cards can be read

let data = JSON.parse(byId("data").textContent);
let nodeOf = new Map(), edgesOf = new Map();
let picked = null, lit = null, named = new Set(), under = null;  // the node chosen; what stands out; the line under the cursor
const off = new Set();  // hidden kinds, grades, `year:2024`, `level:county`

for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
document.body.classList.add("live");
if (narrow) byId("tools").open = false;

const cards = new vis.DataSet();
const network = new vis.Network(canvas, {nodes: cards, edges: new vis.DataSet()}, data.options);
const surface = canvas.querySelector(".vis-network");
surface.setAttribute("role", "application");
surface.setAttribute("aria-label", canvas.dataset.label);
surface.tabIndex = 0;
// Left to itself, vis-network takes a press of a quarter of a second for no click, or loses it when the browser is busy meanwhile.
network.canvas.hammer.get("tap").set({time: Infinity});
network.canvas.hammer.get("press").set({enable: false});

// ---- the drawing ----

const redraw = () => network.body.emitter.emit("_requestRedraw");  // once in the next frame, however often it is asked for

// Takes what is to be drawn; cards that were drawn before are moved, not made anew.
function take(found) {
  data = found;
  nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
  edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) for (const end of new Set([edge.from, edge.to])) edgesOf.get(end).push(edge);
  layLines(data.edges, nodeOf);
  placeCards();
}

function placeCards() {
  const drawn = network.body.nodes, gone = Object.keys(drawn).filter((id) => !nodeOf.has(id)), added = data.nodes.filter((node) => !drawn[node.id]);
  network.renderer.allowRedraw = false;  // vis-network would draw at every change
  if (gone.length) cards.remove(gone);
  if (added.length) cards.add(added.map((node) => ({
    id: node.id, x: node.x, y: node.y, shape: "custom", title: [node.label, node.note].filter(Boolean).join("\n"), hidden: !isShown(node),
    ctxRenderer: cardRenderer(() => nodeOf.get(node.id), (one) => ({faint: lit !== null && !lit.has(one.id), chosen: one.id === picked})),
  })));
  for (const node of data.nodes) {
    const card = drawn[node.id], {shape} = card;
    card.x = node.x;
    card.y = node.y;
    // vis-network learns the size and the place of a card by drawing it, and draws only what it knows to be in the window
    Object.assign(shape, {customSizeWidth: node.width, customSizeHeight: node.height, width: node.width, height: node.height});
    shape.boundingBox = boxOf(node, 0);
    [shape.left, shape.top] = [shape.boundingBox.left, shape.boundingBox.top];
  }
  network.renderer.allowRedraw = true;
  redraw();
}

network.on("beforeDrawing", (ctx) => {
  if (!nodeOf.size) return;
  drawStripes(ctx, network, data, canvas.clientWidth);
  const visible = data.edges.filter(isVisible);
  drawLines(ctx, visible, data.styles, (edge) => lit !== null && !named.has(edge), visible.filter((edge) => edge === under));
});
network.on("afterDrawing", (ctx) => {
  if (!nodeOf.size) return;
  const standing = data.nodes.filter((node) => lit?.has(node.id) && !node.owner && isShown(node));
  drawNames(ctx, [...named].filter(isVisible), standing, data.styles, network.getScale());
  if (under && !named.has(under) && isVisible(under)) drawNames(ctx, [under], [], data.styles, network.getScale());
  drawHeadings(ctx, network, data, canvas.clientWidth, canvas.clientHeight);
});
const nodeAt = (point) => nodeOf.get(network.getNodeAt(point));
const edgeAt = (point) => lineAt(data.edges.filter(isVisible), network.DOMtoCanvas(point), 6 / network.getScale());

network.on("click", ({pointer: {DOM: point}}) => {
  const node = nodeAt(point), edge = node ? null : edgeAt(point);
  if (node) press(node); else if (edge) showEdge(edge); else clear();
});

// The line under the cursor stands out and says what it is.
let looking = false;
canvas.addEventListener("pointermove", (event) => {
  if (event.pointerType !== "mouse" || event.buttons || looking) return;
  looking = true;
  requestAnimationFrame(() => {
    looking = false;
    const box = canvas.getBoundingClientRect(), point = {x: event.clientX - box.left, y: event.clientY - box.top};
    const node = nodeAt(point), edge = node ? null : edgeAt(point);
    canvas.style.cursor = node || edge ? "pointer" : "";
    if (edge !== under) { under = edge; redraw(); }
  });
});
canvas.addEventListener("pointerleave", () => { if (under) { under = null; redraw(); } });

// The first view is drawn and its legend told: from now on nothing moves by itself.
function ready() { canvas.dataset.ready = "yes"; }

// ---- what is seen ----

// What of the canvas is neither under the headings nor under the details or the buttons at its foot.
function room() {
  const covered = details.hidden ? null : details.getBoundingClientRect();
  const aside = covered && covered.left > canvas.getBoundingClientRect().left + STRIP;
  return {
    left: STRIP, right: canvas.clientWidth - (aside ? covered.width : 0),
    top: STRIP, bottom: canvas.clientHeight - (covered && !aside ? covered.height : FOOT),
  };
}

// Brings a point of the drawing to the middle of the room.
function look(x, y, scale, animated = true) {
  const {left, right, top, bottom} = room();
  const position = {x: x + (canvas.clientWidth - left - right) / 2 / scale, y: y + (canvas.clientHeight - top - bottom) / 2 / scale};
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || !animated;
  network.moveTo({position, scale, animation: still ? false : {duration: 300}});
}

function lookAt(found, animated = true) {
  const middle = (key) => found.reduce((sum, node) => sum + node[key], 0) / found.length;
  look(middle("x"), middle("y"), Math.max(network.getScale(), NEAR), animated);
}

function fit() {
  if (!data.columns.length) return;
  const width = data.columns.at(-1).end, height = data.bands.at(-1).end, {left, right, top, bottom} = room();
  look(width / 2, height / 2, Math.min((right - left - 12) / width, (bottom - top - 12) / height, 1.1), false);
}

// Moves only where the details would cover what was chosen.
function uncover(node) {
  const {x, y} = network.canvasToDOM(node), {left, right, top, bottom} = room(), half = node.width / 2 * network.getScale();
  if (x - half < left || x + half > right || y < top + 20 || y > bottom - 20) look(node.x, node.y, network.getScale());
}

// Moves only where some of what stands out is not seen; as far away as its cards can be read, and no farther.
function uncoverAll() {
  const boxes = data.nodes.filter((node) => lit?.has(node.id) && isShown(node)).map((node) => boxOf(node, 8)), {left, right, top, bottom} = room();
  if (!boxes.length) return;
  const box = {left: Math.min(...boxes.map((one) => one.left)), top: Math.min(...boxes.map((one) => one.top)), right: Math.max(...boxes.map((one) => one.right)), bottom: Math.max(...boxes.map((one) => one.bottom))};
  const start = network.canvasToDOM({x: box.left, y: box.top}), end = network.canvasToDOM({x: box.right, y: box.bottom});
  if (start.x >= left && end.x <= right && start.y >= top && end.y <= bottom) return;
  const fitting = Math.min((right - left) / (box.right - box.left), (bottom - top) / (box.bottom - box.top));
  const scale = Math.min(network.getScale(), fitting), here = nodeOf.get(picked);
  if (scale >= LEGIBLE || !here) look((box.left + box.right) / 2, (box.top + box.bottom) / 2, Math.max(scale, LEGIBLE));
  else if (network.getScale() > LEGIBLE) look(here.x, here.y, LEGIBLE);
  else uncover(here);
}

// All of the drawing, or where that would be too small to read what was asked for.
function opening() {
  const asked = data.nodes.filter((node) => node.asked);
  fit();
  if (network.getScale() >= LEGIBLE || !data.columns.length) return;
  if (asked.length) lookAt(asked, false);
  else if (network.getScale() < 0.3) look(data.nodes[0].x, (canvas.clientHeight - STRIP - FOOT) / 2 / 0.6 - 10, 0.6, false);
}

const zoom = (factor) => network.moveTo({scale: Math.min(Math.max(network.getScale() * factor, 0.05), 3)});
const views = {in: () => zoom(1.25), out: () => zoom(0.8), fit, focus: () => lookAt(data.nodes.filter((node) => node.asked))};
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => views[button.dataset.zoom]());

new ResizeObserver(() => network.redraw()).observe(canvas);

// ---- choosing ----

// The node, its owner if it is a stub, and its neighbours stand out; the lines between them say what they are.
function pick(id) {
  const around = new Set(edgesOf.get(id).filter(isVisible));
  picked = id;
  stand(new Set([id, nodeOf.get(id).owner ?? id, ...[...around].flatMap((edge) => [edge.from, edge.to])]), around);
}

function showNode(id) {
  pick(id);
  describe(nodeOf.get(id));
}

function showEdge(edge) {
  picked = null;
  stand(new Set([edge.from, edge.to]), new Set([edge]));
  describeEdge(edge);
}

function clear() {
  picked = null;
  stand(null, new Set());
  details.hidden = true;
}

function stand(ids, names) {
  lit = ids;
  named = names;
  redraw();
}

function open(parts) {
  chosen.replaceChildren(...parts);
  details.hidden = false;
  details.scrollTop = 0;
}

function leaveDetails() {
  clear();
  surface.focus();
}

details.querySelector(".close").addEventListener("click", leaveDetails);
details.addEventListener("keydown", (event) => { if (event.key === "Escape") leaveDetails(); });

// ---- pieces of the details ----

function made(tag, text, children = [], className = "") {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function pressed(text, className, act) {
  const button = made("button", text, [], className);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

// A node by name, to be gone to.
function goTo(id) {
  const node = nodeOf.get(id), button = pressed([node.label, node.note].filter(Boolean).join(" "), "go", () => { showNode(id); lookAt([node]); details.focus(); });
  button.lang = "zh-Hans";
  return button;
}

// The lines at a node as a list: where each leads, what it is, how well it is known.
function relations(id) {
  const list = made("ul", "", edgesOf.get(id).map((edge) => {
    const outgoing = edge.from === id, name = pressed(`${outgoing ? "→" : "←"} ${edge.relation}`, "relation", () => showEdge(edge));
    name.title = outgoing ? details.dataset.outgoing : details.dataset.incoming;
    return made("li", "", [name, " ", goTo(outgoing ? edge.to : edge.from), " ", made("span", wordOf("grade", edge.grade), [], `grade grade-${edge.grade}`)]);
  }), "relations");
  return list.children.length ? [made("h3", details.dataset.relations), list] : [];
}

// What the legend calls a kind or a grade.
function wordOf(list, name) {
  const chip = document.querySelector(`.chip[data-${list}="${CSS.escape(name)}"]`);
  return chip ? [...chip.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE).map((one) => one.data).join("").trim() : name;
}

// ---- hiding kinds, grades, years and levels ----

// A card is hidden by its kind, its year column or its level band; a stub by the card it belongs to.
const spanAt = (spans, place) => spans.find((span) => place >= span.start && place <= span.end)?.name;
const isShown = (node) => node.owner ? isShown(nodeOf.get(node.owner)) : !off.has(node.kind)
  && !off.has(`year:${spanAt(data.columns, node.x)}`) && !off.has(`level:${spanAt(data.bands, node.y)}`);
const isVisible = (edge) => !off.has(edge.grade) && isShown(nodeOf.get(edge.from)) && isShown(nodeOf.get(edge.to));
const nameOf = (chip) => chip.dataset.kind ?? chip.dataset.grade ?? chip.dataset.span;

document.querySelector(".shelf").addEventListener("click", ({target}) => {
  const chip = target.closest(".chip"), name = chip && nameOf(chip);
  if (!name) return;
  if (!off.delete(name)) off.add(name);
  hideAndShow();
  legend();
  changed();
});

function hideAndShow() { cards.update(data.nodes.map((node) => ({id: node.id, hidden: !isShown(node)}))); }

function legend() {
  const held = document.activeElement?.dataset?.span;
  spanChips();
  if (held) document.querySelector(`[data-span="${CSS.escape(held)}"]`)?.focus();
  const counts = new Map();
  for (const node of data.nodes) counts.set(node.kind, (counts.get(node.kind) ?? 0) + 1);
  for (const chip of document.querySelectorAll(".chip")) {
    chip.setAttribute("aria-pressed", String(!off.has(nameOf(chip))));
    if (!chip.dataset.kind) continue;
    chip.hidden = !counts.has(chip.dataset.kind);
    chip.querySelector(".count").textContent = counts.get(chip.dataset.kind) ?? 0;
  }
}

// A chip for each year and level on the screen, if there are several.
function spanChips() {
  for (const [prefix, spans, key] of [["year", data.columns, "x"], ["level", data.bands, "y"]]) {
    const used = new Set(data.nodes.map((node) => spanAt(spans, node[key])));
    const shown = spans.filter((span) => span.label && used.has(span.name)), any = [...off].some((name) => name.startsWith(`${prefix}:`));
    const list = byId(`${prefix}s`), wanted = shown.length > 1 || any ? shown : [];
    const there = [...list.children].map((chip) => chip.dataset.span).join(), names = wanted.map((span) => `${prefix}:${span.name}`).join();
    if (there === names) continue;  // a chip that is being pressed stays
    list.replaceChildren(...wanted.map((span) => {
      const chip = made("button", span.label, [], "chip");
      chip.type = "button";
      chip.dataset.span = `${prefix}:${span.name}`;
      return chip;
    }));
  }
}

// ---- keys ----

const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
const KEYS = {"+": views.in, "=": views.in, "-": views.out, "0": fit, Escape: clear, Enter: () => details.focus()};

surface.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = ARROWS[event.key] ? () => move(ARROWS[event.key]) : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// The nearest card in a direction: what lies aside counts double.
function move([dx, dy]) {
  const here = nodeOf.get(picked) ?? null, others = data.nodes.filter(isShown);
  const far = (node) => {
    const x = node.x - here.x, y = node.y - here.y, ahead = dx * x + dy * y;
    return ahead > 1 ? ahead + 2 * Math.abs(dx ? y : x) : Infinity;
  };
  const next = here ? others.reduce((best, node) => (far(node) < far(best) ? node : best), here) : others.find((node) => node.asked) ?? others[0];
  if (!next || next === here) return;
  showNode(next.id);
  uncover(next);
}
