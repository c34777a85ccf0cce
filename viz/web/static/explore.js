"use strict";
// The graph explorer. The server says what is on the screen and where it lies; the address holds the whole state.

const STEP = 20;
const root = byId("explorer"), status = root.querySelector(".status"), say = root.dataset, twin = document.querySelector(".twin");
let current = location.search, wanted = current;  // the address of what is shown, and of what was asked for last
let from = null, request = 0, known = new Map();  // where a path begins; details by node

twin.open = false;

// ---- the state in the address ----

const state = () => new URLSearchParams(wanted);  // what is asked for next builds on it
const opened = (params, id) => params.getAll("open").find((entry) => entry === id || entry.startsWith(`${id}~`));
const counted = (entry) => (entry === undefined ? 0 : Number(/~(\d+)$/.exec(entry)?.[1] ?? STEP));

function replaced(params, name, kept, added) {
  const values = params.getAll(name).filter(kept);
  params.delete(name);
  for (const value of [...values, ...added]) params.append(name, value);
  return params;
}

function withOpen(id, count) {
  const params = state(), old = opened(params, id);
  return replaced(params, "open", (entry) => entry !== old, count ? [count === STEP ? id : `${id}~${count}`] : []);
}

// Puts a state into the address: as a step that the browser's back and forth lead to, or in the place of the one before.
function enter(params, step) {
  current = wanted = `?${params}`;
  history[step ? "pushState" : "replaceState"](null, "", `/explore${current}`);
  byId("save").search = current;
}

async function got(path, params) {
  const answer = await fetch(`${path}?${params}`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

// Takes a new state to the server and draws its answer; `anchor` is the node that stays where it is.
async function go(params, anchor, push = true) {
  const mine = ++request;
  wanted = `?${params}`;
  root.setAttribute("aria-busy", "true");
  try {
    const found = await (await got("/explore.json", params)).json();
    if (mine !== request) return;
    const seen = anchor && seenAt(anchor);
    if (push) withOff(params);  // what was hidden or shown meanwhile
    enter(params, push);
    show(found, params);
    const now = seen && nodeOf.get(anchor);
    if (now) { pick(anchor); keep(now, seen); } else { clear(); fit(); }
    afterDrawing(() => {
      if (mine !== request) return;
      if (now && picked === anchor) { describe(now); uncoverAll(); }
      renewed();
      root.removeAttribute("aria-busy");
    });
  } catch (error) {
    tell(fill(say.failed, error.message), true);
    if (mine !== request) return;
    wanted = current;
    root.removeAttribute("aria-busy");
  }
}

// Draws what the server found; the words beside the drawing follow when it is seen.
function show(found, params) {
  for (const edge of found.edges) { edge.from = found.nodes[edge.from].id; edge.to = found.nodes[edge.to].id; }
  off.clear();
  for (const name of params.getAll("off")) off.add(name);
  known = new Map(Object.entries(found.details ?? {}));
  take({...found, styles: data.styles});
}

function renewed() {
  legend();
  if (twin.open) tables();
  if (!standOnWay()) tell(data.full ? say.full : fill(say.added, data.nodes.filter((node) => !node.owner).length, data.edges.length));
}

// When the browser has put the drawing on the screen and has nothing better to do.
function afterDrawing(act) {
  network.once("afterDrawing", () => requestAnimationFrame(() => setTimeout(act)));
  redraw();
}

// Where a node is seen, for the drawing after this one.
function seenAt(id) {
  const node = nodeOf.get(id);
  return node && {...network.canvasToDOM(node), scale: network.getScale()};
}

function keep(node, {x, y, scale}) {
  network.moveTo({scale, position: {x: node.x + (canvas.clientWidth / 2 - x) / scale, y: node.y + (canvas.clientHeight / 2 - y) / scale}});
}

addEventListener("popstate", () => go(new URLSearchParams(location.search), null, false));

const expand = (id) => go(withOpen(id, counted(opened(state(), id)) + STEP), id);
const collapse = (id) => go(withOpen(id, 0), id);
const hide = (id) => go(replaced(state(), "hide", () => true, [id]), null);
const start = (id) => go(new URLSearchParams([["focus", id]]), null);

async function pathTo(id) {
  const begin = from;
  from = null;
  try {
    const found = await (await got("/explore/path.json", new URLSearchParams({from: begin, to: id}))).json();
    if (!found.length) return tell(say.none, true);
    const missing = found.filter((one) => !nodeOf.has(one));
    const params = replaced(replaced(state(), "show", () => true, missing), "hide", (one) => !found.includes(one), []);
    await go(replaced(params, "way", () => false, found), id);
  } catch (error) { tell(fill(say.failed, error.message), true); }
}

// The path that the address names stands out.
function standOnWay() {
  const way = state().getAll("way"), on = new Set(way.filter((id) => nodeOf.has(id)));
  if (!on.size) return false;
  stand(on, new Set(data.edges.filter((edge) => on.has(edge.from) && on.has(edge.to))));
  tell(fill(say.found, way.length));
  return true;
}

// ---- what is chosen ----

function press(node) {
  if (node.owner) expand(node.owner);
  else if (from) pathTo(node.id);
  else { showNode(node.id); uncover(node); }
}

network.on("doubleClick", ({pointer: {DOM: point}}) => { const node = nodeAt(point); if (node && !node.owner) expand(node.id); });

const pageOf = (id) => `/${id.split("/").map(encodeURIComponent).join("/")}`;

// At once what the drawing says, then what the server knows of the node.
function describe(node) {
  const see = made("a", say.see, [], "button"), isOpen = opened(state(), node.id) !== undefined, hasMore = data.nodes.some((one) => one.owner === node.id);
  see.href = pageOf(node.id);
  const actions = made("p", "", [
    see,
    ...(hasMore ? [pressed(say.expand, "button", () => expand(node.id))] : []),
    ...(isOpen ? [pressed(say.collapse, "button", () => collapse(node.id))] : []),
    pressed(say.from, "button", () => begin(node.id)), pressed(say.focus, "button", () => start(node.id)), pressed(say.hide, "button", () => hide(node.id)),
  ], "actions");
  const fields = made("dl", ""), places = made("div", "");
  open([made("p", wordOf("kind", node.kind), [], "kind"), made("h2", node.label), actions, fields, ...relations(node.id), places]);
  detailsOf(node.id, (found) => { fields.append(...terms(found.fields)); places.append(...sources(found, found.sources)); });
}

function describeEdge(edge) {
  const fields = made("dl", ""), places = made("div", "");
  open([made("h2", edge.relation), made("p", "", [goTo(edge.from), " → ", goTo(edge.to)]), fields, places]);
  const isThis = (one) => ["from", "to", "relation", "grade"].every((name) => one[name] === edge[name]);
  detailsOf(edge.from, (found) => {
    const told = found.edges.find(isThis);
    if (told) { fields.append(...terms(told.fields)); places.append(...sources(found, told.sources)); }
  });
}

// What the server knows of a node and its lines, at once where it was asked before.
function detailsOf(id, use) {
  if (known.has(id)) return use(known.get(id));
  const mine = known, params = state();
  params.set("of", id);
  got("/explore/details.json", params).then((answer) => answer.json())
    .then((found) => { mine.set(id, found); use(found); })
    .catch((error) => tell(fill(say.failed, error.message), true));
}

const terms = (fields) => fields.flatMap(([name, value]) => [made("dt", name), made("dd", value)]);

function sources(found, numbers) {
  if (!numbers.length) return [];
  const items = numbers.map((number) => found.places[number]).map((one) => {
    const place = made(one.address ? "a" : "span", [one.file, one.place].filter(Boolean).join(" · ")), words = made("q", one.words);
    if (one.address) place.href = one.address;
    words.lang = "zh-Hans";
    return made("li", "", one.words ? [place, words] : [place]);
  });
  return [made("h3", say.sources), made("ul", "", items)];
}

function begin(id) {
  from = id;
  clear();
  tell(say.pick, true);
  surface.focus();
}

function fill(text, ...values) { return values.reduce((said, value) => said.replace("{}", value), text); }

function tell(text, loud = false) { status.textContent = text; status.classList.toggle("loud", loud); }

// ---- hiding, and the same as tables ----

const withOff = (params) => replaced(params, "off", () => false, [...off]);

function changed() {
  const next = withOff(state());
  enter(withOff(new URLSearchParams(current)), false);
  wanted = `?${next}`;
}

// The tables of the page that the address leads to.
async function tables() {
  try {
    const page = new DOMParser().parseFromString(await (await got("/explore", state())).text(), "text/html");
    byId("tables").replaceChildren(...page.getElementById("tables").childNodes);
  } catch (error) { tell(fill(say.failed, error.message), true); }
  tabled = current;
}

let tabled = current;
twin.addEventListener("toggle", () => { if (twin.open && tabled !== current) tables(); });

// ---- keys ----

function leave() {
  from = null;
  enter(replaced(new URLSearchParams(current), "way", () => false, []), false);
  tell("");
  clear();
}

const onPicked = (act) => () => { if (nodeOf.has(picked)) act(picked); };
Object.assign(KEYS, {
  Escape: leave, Enter: () => { if (from && nodeOf.has(picked)) pathTo(picked); else details.focus(); },
  e: onPicked(expand), c: onPicked(collapse), h: onPicked(hide), p: onPicked(begin),
});

// ---- the first view ----

show(data, state());
const asked = data.nodes.find((node) => node.asked);
if (asked && !narrow) describe(asked);
opening();
network.once("afterDrawing", () => setTimeout(() => {
  legend();
  if (!standOnWay() && data.left_out) tell(fill(say.left, data.left_out));
  root.inert = false;
  ready();
}));
