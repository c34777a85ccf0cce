"use strict";
// Draws the flows of money of a trace; choosing one shows the words that say it. The tables hold the same.

const place = document.getElementById("sankey"), evidence = document.getElementById("evidence");
const flows = JSON.parse(place.dataset.flows);
const COLOURS = {budgeted: "#2f7d73", "carried-over": "#b07a12", issued: "#3d63a5", executed: "#7a4b9a"}, OTHER = "#6b6b6b";
const KINDS = {origin: "#a02c3a", relay: "#2b4f86", issue: "#2b4f86", document: "#55606e", project: "#12766c", subject: "#4a6274", recipient: "#c23b62"};
const colour = (type) => COLOURS[type] ?? OTHER;
const nodeOf = new Map(flows.nodes.map((node) => [node.key, node]));
const narrow = place.clientWidth < 640;
const perColumn = flows.columns.map((_, column) => flows.nodes.filter((node) => node.column === column).length);
const FACE = getComputedStyle(document.body).fontFamily;

place.style.height = `${narrow ? 150 * flows.columns.length : Math.min(150 + 100 * Math.max(...perColumn), 1600)}px`;
const chart = echarts.init(place, null, {renderer: "canvas"});

function option() {
  const width = place.clientWidth, room = narrow ? Math.max(60, width / Math.max(...perColumn) - 14) : Math.max(70, (width - 40) / flows.columns.length - 26);
  return {
    animation: false,
    textStyle: {fontFamily: FACE},
    tooltip: {renderMode: "richText", confine: true, formatter: tip, textStyle: {fontSize: 12}},
    series: [{
      type: "sankey", orient: narrow ? "vertical" : "horizontal", draggable: false, nodeAlign: "left", layoutIterations: 48,
      left: 8, right: narrow ? 8 : room + 10, top: narrow ? 26 : 42, bottom: narrow ? 40 : 34, nodeWidth: 12, nodeGap: narrow ? 12 : 44, labelLayout: {hideOverlap: true},
      emphasis: {focus: "trajectory"},
      data: flows.nodes.map((node) => ({
        name: node.key, depth: node.column, itemStyle: {color: KINDS[node.kind] ?? OTHER, borderWidth: 0},
      })),
      links: flows.links.map((link) => ({
        source: link.source, target: link.target, value: Number(link.value), hop: link.hop, printed: link.printed, type: link.amount_type,
        lineStyle: {color: colour(link.amount_type), opacity: 0.42, curveness: 0.5, type: link.grade === "candidate" ? "dashed" : "solid"},
      })),
      label: {
        position: narrow ? "bottom" : "right", fontSize: 12, lineHeight: 16, color: "#1e232b", width: room, overflow: "break",
        formatter: ({name}) => [shortened(labelOf(nodeOf.get(name)), narrow ? 14 : 30), ...amounts(name)].join("\n"),
      },
    }],
    graphic: narrow ? [] : flows.columns.map((name, column) => ({
      type: "text", top: 12, left: 8 + column * (width - 30 - room) / Math.max(flows.columns.length - 1, 1), silent: true,
      style: {text: name, fill: "#59616d", font: `600 12px ${FACE}`},
    })),
  };
}

// A project without its body, for which there is no room: the words under the cursor have both.
const labelOf = (node) => node.kind === "project" ? node.name.replace(/（[^（）]*）$/, "") : node.name;

// What flows into a project, or out of one that nothing flows into, each amount as printed.
function amounts(key) {
  if (nodeOf.get(key).kind === "recipient") return flows.links.filter((link) => link.target === key).map((link) => link.printed);
  if (nodeOf.get(key).kind !== "project") return [];
  const into = flows.links.filter((link) => link.target === key), out = flows.links.filter((link) => link.source === key);
  return (into.length ? into : out).slice(0, 3).map((link) => link.printed);
}

function shortened(text, most) {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : text;
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
for (const [type, name] of Object.entries(flows.types)) {
  const item = document.createElement("span"), svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [key, value] of Object.entries({width: 26, height: 10, viewBox: "0 0 26 10", "aria-hidden": "true"})) svg.setAttribute(key, value);
  for (const [key, value] of Object.entries({d: "M0 5h26", stroke: colour(type), "stroke-width": 8, "stroke-opacity": 0.55})) line.setAttribute(key, value);
  svg.append(line);
  item.append(svg, name);
  types.append(item);
}

chart.setOption(option());
chart.on("click", ({dataType, data}) => { if (dataType === "edge") show(data.hop); });
evidence.querySelector(".close").addEventListener("click", () => { evidence.hidden = true; });
evidence.addEventListener("keydown", (event) => { if (event.key === "Escape") evidence.hidden = true; });
new ResizeObserver(() => { chart.resize(); chart.setOption(option()); }).observe(place);
