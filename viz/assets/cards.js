"use strict";
// How cards, year columns and level bands are drawn on the canvas of vis-network.

const FACE = getComputedStyle(document.body).fontFamily;
const INK = "#20262e", QUIET = "#5b6470", PAPER = "#ffffff";
const LINE = 18, STRIP = 30, FAR = 0.6;  // below that scale the lines of a card are too small to read

// Each kind has the mark and the colour that its button in the legend has.
const marks = new Map(), colours = new Map();
for (const path of document.querySelectorAll(".chip[data-kind] path")) {
  marks.set(path.closest(".chip").dataset.kind, new Path2D(path.getAttribute("d")));
  colours.set(path.closest(".chip").dataset.kind, path.getAttribute("fill"));
}
const colourOf = (node) => colours.get(node.kind) ?? QUIET;

// A function that vis-network calls to draw one node; `standing(node)` tells whether it is faint and whether it is chosen.
function cardRenderer(nodeNow, standing) {
  return ({ctx, x, y, state}) => {
    const node = nodeNow();
    return {
      drawNode() {
        const {faint, chosen} = standing(node), scale = ctx.getTransform().a / devicePixelRatio;
        if (node.kind === "more") drawStub(ctx, node, x, y, faint);
        else drawCard(ctx, node, x - node.width / 2, y - node.height / 2, {chosen, hover: state.hover, scale}, faint);
      },
      nodeDimensions: {width: node.width, height: node.height},
    };
  };
}

function drawCard(ctx, node, left, top, {chosen, hover, scale}, faint) {
  const colour = colourOf(node), strong = chosen || node.asked;
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(left, top, node.width, node.height, 5);
  if (strong) { ctx.shadowColor = "rgba(32,38,46,.28)"; ctx.shadowBlur = 10; ctx.shadowOffsetY = 2; }
  ctx.fillStyle = PAPER;
  ctx.fill();
  ctx.shadowColor = "transparent";
  ctx.globalAlpha = faint ? 0.3 : 1;
  if (strong) { ctx.save(); ctx.globalAlpha *= 0.1; ctx.fillStyle = colour; ctx.fill(); ctx.restore(); }
  drawBar(ctx, node, left, top);
  ctx.lineWidth = chosen ? 2.5 : node.asked ? 2 : 1;
  ctx.strokeStyle = strong || hover ? colour : "#c6cbd2";
  ctx.stroke();
  if (scale < FAR) drawFromFar(ctx, node, left, top, scale);
  else {
    drawMark(ctx, node, left + 12, top + 9 + LINE / 2 - 7, 14);
    drawText(ctx, node, left + 33, top + 9 + LINE / 2);
  }
  ctx.restore();
}

// The clip keeps the bar inside the card's round corners.
function drawBar(ctx, node, left, top) {
  ctx.save();
  ctx.clip();
  ctx.fillStyle = colourOf(node);
  ctx.fillRect(left, top, 5, node.height);
  ctx.restore();
}

// From far away the card says in letters that can be read what they leave room for: its amount, always whole, and above it
// or in its place its label, shortened in the middle.
function drawFromFar(ctx, node, left, top, scale) {
  const mark = Math.min(9 / scale, node.height * 0.6), room = node.width - mark - 16;
  const size = Math.min(11 / scale, node.height * 0.7), both = node.note && node.height >= 2.3 * size;
  const rows = both ? [node.label, node.note] : [node.note || node.label], step = 1.15 * size;
  const first = top + node.height / 2 - step * (rows.length - 1) / 2;
  drawMark(ctx, node, left + 8, first - mark / 2, mark);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  rows.forEach((text, row) => {
    const isNote = text === node.note, weight = isNote || node.asked ? 600 : 400;
    ctx.font = `${weight} ${size}px ${FACE}`;
    ctx.font = `${weight} ${size * Math.min(1, Math.max(room / ctx.measureText(text).width, 0.72))}px ${FACE}`;
    ctx.fillStyle = isNote ? colourOf(node) : INK;
    ctx.fillText(isNote ? text : shortened(ctx, text, room * 1.1), left + 11 + mark, first + row * step, room);
  });
}

function shortened(ctx, text, room) {
  const signs = [...text];
  let shown = text;
  for (let kept = signs.length - 1; kept > 1 && ctx.measureText(shown).width > room; kept--)
    shown = signs.slice(0, Math.ceil(kept / 2)).join("") + "…" + signs.slice(signs.length - Math.floor(kept / 2)).join("");
  return shown;
}

function drawMark(ctx, node, left, top, size) {
  if (!marks.has(node.kind)) return;
  ctx.save();
  ctx.translate(left, top);
  ctx.scale(size / 16, size / 16);
  ctx.fillStyle = colourOf(node);
  ctx.fill(marks.get(node.kind), "evenodd");
  ctx.restore();
}

function drawText(ctx, node, left, middle) {
  const room = node.width - 33 - 8;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = INK;
  ctx.font = `${node.asked ? 600 : 400} 13px ${FACE}`;
  node.lines.forEach((line, index) => ctx.fillText(line, left, middle + index * LINE, room));
  if (!node.note) return;
  ctx.fillStyle = colourOf(node);
  ctx.font = `600 13px ${FACE}`;
  ctx.fillText(node.note, left, middle + node.lines.length * LINE, room);
}

function drawStub(ctx, node, x, y, faint) {
  ctx.save();
  ctx.globalAlpha = faint ? 0.3 : 1;
  ctx.beginPath();
  ctx.roundRect(x - node.width / 2, y - node.height / 2, node.width, node.height, node.height / 2);
  ctx.fillStyle = "#e6e8eb";
  ctx.fill();
  ctx.fillStyle = QUIET;
  ctx.font = `600 11px ${FACE}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(node.label, x, y + 0.5);
  ctx.restore();
}

// The names of lines near the middle of what is seen of them, where they cover neither a card nor each other; a line
// whose name finds no place has none, but for a single one.
function drawNames(ctx, edges, cards, styles, scale) {
  const size = Math.max(12, 10 / scale), taken = [...cards].map((card) => boxOf(card, 0));
  ctx.save();
  ctx.font = `${size}px ${FACE}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.setLineDash([]);
  ctx.lineWidth = 1;
  for (const edge of edges) {
    const width = ctx.measureText(edge.relation).width + 10, height = size + 6;
    const places = [0, 0.1, -0.1, 0.2, -0.2].map((aside) => ({...at(edge.course, middleOf(edge) + aside), width, height}));
    const place = places.find((one) => !taken.some((box) => meet(box, boxOf(one, 0)))) ?? (edges.length === 1 ? places[0] : null);
    if (!place) continue;
    taken.push(boxOf(place, 1));
    drawName(ctx, edge, place, (styles[edge.grade] ?? styles.candidate).color);
  }
  ctx.restore();
}

// The share of the way of a line at which the middle of what is seen of it lies.
function middleOf({from, to}) {
  const start = nodeOf.get(from), end = nodeOf.get(to), dx = end.x - start.x, dy = end.y - start.y;
  const half = (card) => Math.min(card.width / 2 / Math.abs(dx || 1e-9), card.height / 2 / Math.abs(dy || 1e-9), 0.5);
  return (half(start) + 1 - half(end)) / 2;
}

function drawName(ctx, edge, {x, y, width, height}, color) {
  const candidate = edge.grade === "candidate";
  ctx.beginPath();
  ctx.roundRect(x - width / 2, y - height / 2, width, height, height / 2);
  ctx.fillStyle = "rgba(255,255,255,.94)";
  ctx.fill();
  ctx.strokeStyle = candidate ? color : "#c6cbd2";
  ctx.stroke();
  ctx.fillStyle = candidate ? color : INK;
  ctx.fillText(edge.relation, x, y + 0.5);
}

// Stripes under the cards, in the coordinates of the drawing.
function drawStripes(ctx, network, {columns, bands}, width) {
  const left = network.DOMtoCanvas({x: 0, y: 0}).x, right = network.DOMtoCanvas({x: width, y: 0}).x;
  const top = bands[0].start, bottom = bands.at(-1).end;
  bands.forEach((band, index) => {
    ctx.fillStyle = index % 2 ? "#f3f4f6" : "#f9fafb";
    ctx.fillRect(left, band.start, right - left, band.end - band.start);
  });
  ctx.strokeStyle = "#d9dde2";
  ctx.lineWidth = 1;
  ctx.setLineDash([2, 5]);
  ctx.beginPath();
  for (const column of columns.slice(1)) { ctx.moveTo(column.start, top); ctx.lineTo(column.start, bottom); }
  ctx.stroke();
  ctx.setLineDash([]);
}

// Headings that stay at the upper and left edge of the window however the drawing is moved.
function drawHeadings(ctx, network, {columns, bands}, width, height) {
  const origin = network.DOMtoCanvas({x: 0, y: 0}), scale = network.getScale();
  const seen = ({start, end}, from, room) => {
    const low = Math.max((start - from) * scale, STRIP), high = Math.min((end - from) * scale, room);
    return high - low > 16 ? [low, high] : null;
  };
  ctx.save();
  ctx.translate(origin.x, origin.y);
  ctx.scale(1 / scale, 1 / scale);
  ctx.fillStyle = "rgba(255,255,255,.93)";
  ctx.fillRect(0, 0, width, STRIP);
  ctx.fillRect(0, 0, STRIP, height);
  ctx.fillStyle = "#d9dde2";
  ctx.fillRect(0, STRIP - 1, width, 1);
  ctx.fillRect(STRIP - 1, 0, 1, height);
  ctx.fillStyle = INK;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.font = `600 13px ${FACE}`;
  for (const column of columns) {
    const place = seen(column, origin.x, width);
    if (place && ctx.measureText(column.label).width < (place[1] - place[0]) * 1.1)
      ctx.fillText(column.label, (place[0] + place[1]) / 2, STRIP / 2, place[1] - place[0] - 4);
    tick(ctx, (column.end - origin.x) * scale, 6, 1, STRIP - 12, width);
  }
  for (const band of bands) {
    const place = seen(band, origin.y, height);
    ctx.font = `12px ${FACE}`;
    if (place) writeUpright(ctx, band.label, STRIP / 2, (place[0] + place[1]) / 2, place[1] - place[0] - 6);
    tick(ctx, 6, (band.end - origin.y) * scale, STRIP - 12, 1, height);
  }
  ctx.fillStyle = PAPER;
  ctx.fillRect(0, 0, STRIP - 1, STRIP - 1);
  ctx.restore();
}

function tick(ctx, x, y, width, height, room) {
  if ((height === 1 ? y : x) < STRIP || (height === 1 ? y : x) > room) return;
  ctx.save();
  ctx.fillStyle = "#aeb5be";
  ctx.fillRect(x, y, width, height);
  ctx.restore();
}

// Chinese is written from top to bottom, other words are turned.
function writeUpright(ctx, text, x, y, room) {
  if (/[一-鿿]/.test(text)) {
    const step = Math.min(15, room / text.length);
    if (step < 9) return;
    if (step < 12) ctx.font = `${step}px ${FACE}`;
    [...text].forEach((sign, index) => ctx.fillText(sign, x, y + (index - (text.length - 1) / 2) * step));
    return;
  }
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate(-Math.PI / 2);
  if (room > 30) ctx.fillText(shortened(ctx, text, room * 1.2), 0, 0, room);
  ctx.restore();
}
