"use strict";
// Draws the flows of money of a trace; choosing one shows the words that say it. The tables hold the same.

const place = document.getElementById("sankey"), evidence = document.getElementById("evidence");
const flows = JSON.parse(place.dataset.flows);
const COLOURS = {budgeted: "#2f7d73", "carried-over": "#b07a12", issued: "#3d63a5", executed: "#7a4b9a"}, OTHER = "#6b6b6b";
const KINDS = {origin: "#a02c3a", relay: "#2b4f86", issue: "#2b4f86", document: "#55606e", project: "#12766c", subject: "#4a6274", recipient: "#c23b62"};
const INK = "#1e232b", LINE = 16, NEVER_FIRST = /^[号）〕】》」』”’、，。；：！？,.;:)\]]/;
const colour = (type) => COLOURS[type] ?? OTHER;
const nodeOf = new Map(flows.nodes.map((node) => [node.key, node]));
const perColumn = flows.columns.map((_, column) => flows.nodes.filter((node) => node.column === column).length);
const most = Math.max(...perColumn), narrow = place.parentElement.clientWidth < 640;
const FACE = getComputedStyle(document.body).fontFamily;
const pen = document.createElement("canvas").getContext("2d");
pen.font = `12px ${FACE}`;

// Columns, or rows on a narrow screen, are never closer than their labels need: what is wider than the page is moved.
const least = narrow ? Math.max(most * 104, 240) : flows.columns.length * 138;
function room() {
  return narrow ? Math.max(88, place.clientWidth / most - 14) : (place.clientWidth - 40) / flows.columns.length - 30;
}
place.style.minWidth = `${least}px`;
const tallest = Math.max(...flows.nodes.map((node) => label(node).length));
const gap = narrow ? 12 : Math.max(20, tallest * LINE - 12);
place.style.height = `${narrow ? 150 * flows.columns.length : 76 + most * (gap + Math.max(34, 170 / most))}px`;
const chart = echarts.init(place, null, {renderer: "canvas"});

function option() {
  const width = place.clientWidth, free = room();
  return {
    animation: false,
    textStyle: {fontFamily: FACE},
    tooltip: {renderMode: "richText", confine: true, formatter: tip, textStyle: {fontSize: 12}},
    series: [{
      type: "sankey", orient: narrow ? "vertical" : "horizontal", draggable: false, nodeAlign: "left", layoutIterations: 48,
      left: 8, right: narrow ? 8 : free + 10, top: narrow ? 26 : 42, bottom: narrow ? 64 : 34, nodeWidth: 12, nodeGap: gap, labelLayout: {hideOverlap: true},
      emphasis: {focus: "trajectory"},
      data: flows.nodes.map((node) => ({
        name: node.key, depth: node.column, itemStyle: {color: KINDS[node.kind] ?? OTHER, borderWidth: 0},
      })),
      links: flows.links.map((link) => ({
        source: link.source, target: link.target, value: Number(link.value), hop: link.hop, printed: link.printed, type: link.amount_type,
        lineStyle: {color: link.grade === "candidate" ? hatched(colour(link.amount_type)) : colour(link.amount_type), opacity: link.grade === "candidate" ? 0.8 : 0.42, curveness: 0.5},
      })),
      label: {
        position: narrow ? "bottom" : "right", fontSize: 12, lineHeight: LINE, color: INK, backgroundColor: "rgba(255, 255, 255, .72)", padding: [1, 3], borderRadius: 3,
        formatter: ({name}) => label(nodeOf.get(name)).join("\n"),
      },
    }],
    graphic: narrow ? [] : flows.columns.map((name, column) => ({
      type: "text", top: 12, left: 8 + column * (width - 30 - free) / Math.max(flows.columns.length - 1, 1), silent: true,
      style: {text: name, fill: "#59616d", font: `600 12px ${FACE}`},
    })),
  };
}

// Candidates are told apart without their colour: stripes.
function hatched(tint) {
  const tile = document.createElement("canvas"), brush = tile.getContext("2d");
  tile.width = tile.height = 8;
  brush.strokeStyle = tint;
  brush.lineWidth = 1.6;
  for (const shift of [-8, 0, 8]) {
    brush.moveTo(shift, 8);
    brush.lineTo(shift + 8, 0);
  }
  brush.stroke();
  return {image: tile, repeat: "repeat"};
}

// A project without its body, for which there is no room: the words under the cursor have both.
function named(node) {
  return node.kind === "project" ? node.name.replace(/（[^（）]*）$/, "") : node.name;
}

function label(node) {
  return [...lines(named(node), room(), 3), ...amounts(node.key)];
}

// The text in lines no wider than the room, none beginning with a closing sign; what is left over is cut.
function lines(text, width, count) {
  const found = [""];
  for (const part of text.match(/[\u0021-\u007e]+\s*|./gu) ?? []) {
    const last = found.at(-1);
    if (!last || pen.measureText(last + part).width <= width || NEVER_FIRST.test(part)) found[found.length - 1] = last + part;
    else found.push(part);
  }
  return found.length > count ? [...found.slice(0, count - 1), `${found[count - 1].trimEnd().slice(0, -1)}…`] : found;
}

// What flows into a project, or out of one that nothing flows into, each amount as printed.
function amounts(key) {
  if (nodeOf.get(key).kind === "recipient") return flows.links.filter((link) => link.target === key).map((link) => link.printed);
  if (nodeOf.get(key).kind !== "project") return [];
  const into = flows.links.filter((link) => link.target === key), out = flows.links.filter((link) => link.source === key);
  return (into.length ? into : out).slice(0, 3).map((link) => link.printed);
}

function tip({dataType, data, name}) {
  if (dataType === "node") return nodeOf.get(name).name;
  return `${nodeOf.get(data.source).name}\n→ ${nodeOf.get(data.target).name}\n${data.printed} ${flows.types[data.type] ?? ""}`;
}

// The row of the chosen flow in the tables, its cells as terms, its places as quotations.
function show(hop) {
  const row = document.getElementById(`hop-${hop}`);
  if (!row) return;
  const list = document.createElement("dl"), quotes = document.createElement("div");
  for (const cell of row.cells) {
    if (!cell.textContent.trim()) continue;
    if (cell.querySelector(".source")) {
      for (const source of cell.querySelectorAll(".source")) {
        const quote = document.createElement("q"), file = document.createElement("span"), link = source.cloneNode(true);
        quote.textContent = source.dataset.words;
        quote.lang = file.lang = "zh-Hans";
        file.textContent = ` ${source.dataset.file}`;
        file.className = "quiet small";
        quotes.append(link, file, quote);
      }
      continue;
    }
    const name = document.createElement("dt"), value = document.createElement("dd");
    name.textContent = cell.dataset.label;
    value.append(...[...cell.childNodes].map((child) => child.cloneNode(true)));
    list.append(name, value);
  }
  evidence.querySelector("div").replaceChildren(list, quotes);
  evidence.hidden = false;
  evidence.focus();
}

const types = document.getElementById("types");
function key(name, tint, opacity) {
  const item = document.createElement("span"), sample = document.createElement("canvas"), brush = sample.getContext("2d");
  sample.width = 26;
  sample.height = 10;
  sample.ariaHidden = "true";
  brush.globalAlpha = opacity;
  brush.fillStyle = tint.image ? brush.createPattern(tint.image, tint.repeat) : tint;
  brush.fillRect(0, 0, 26, 10);
  item.append(sample, name);
  types.append(item);
}

for (const [type, name] of Object.entries(flows.types)) key(name, colour(type), 0.55);
if (flows.links.some((link) => link.grade === "candidate")) key(place.dataset.candidate, hatched(INK), 1);

chart.setOption(option());
chart.on("click", ({dataType, data}) => { if (dataType === "edge") show(data.hop); });
evidence.querySelector(".close").addEventListener("click", () => { evidence.hidden = true; });
evidence.addEventListener("keydown", (event) => { if (event.key === "Escape") evidence.hidden = true; });
new ResizeObserver(() => {
  if (matchMedia("print").matches) return;
  chart.resize();
  chart.setOption(option());
  place.dataset.ready = "yes";
}).observe(place);
