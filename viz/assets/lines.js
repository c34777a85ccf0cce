"use strict";
// Where the lines between cards run, how they are drawn on the canvas, and which of them lies under the cursor.

const BENDS = [0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8];  // from straight to round; positive turns clockwise
const EASE = 0.04;  // what a full bend costs however short the line is
const THROUGH = 0.08;  // what a straight line along a row or column costs besides where it runs behind a card
const PATIENCE = 1200;  // px of a line for which a full bend is as bad as being hidden altogether; less for shorter lines
const CLEARANCE = 5;  // px kept between a line and a card
const STEPS = 24;  // points looked at along a line
const HEAD = 9;  // px of an arrow head
const STRONG = "#20262e";

// Gives each line its course: a quadratic curve that is hidden by few cards and not too round; parallel ones lie apart.
function layLines(lines, cards) {
  const boxes = new Map([...cards.values()].filter((card) => card.kind !== "more").map((card) => [card.id, boxOf(card, CLEARANCE)]));
  const taken = new Map();
  const bendsOf = (start, end) => {
    const key = `${start}\n${end}`;
    if (!taken.has(key)) taken.set(key, []);
    return taken.get(key);
  };
  for (const line of lines) {
    const from = cards.get(line.from), to = cards.get(line.to), same = bendsOf(line.from, line.to);
    const roundness = bend(from, to, boxes, same);
    same.push(roundness);
    bendsOf(line.to, line.from).push(-roundness);
    line.course = course(from, to, roundness);
    line.head = headOf(line, line.against ? from : to);
  }
}

const boxOf = ({x, y, width, height}, more) => ({left: x - width / 2 - more, top: y - height / 2 - more, right: x + width / 2 + more, bottom: y + height / 2 + more});
const isIn = (x, y, box) => x > box.left && x < box.right && y > box.top && y < box.bottom;
const meet = (one, other) => one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

// How far a line between two cards is bent: none of the bends already taken where another is left.
function bend(from, to, boxes, taken) {
  const length = Math.hypot(to.x - from.x, to.y - from.y), reach = length / 2;  // how far the roundest comes from its ends
  const room = {left: Math.min(from.x, to.x) - reach, top: Math.min(from.y, to.y) - reach, right: Math.max(from.x, to.x) + reach, bottom: Math.max(from.y, to.y) + reach};
  const near = [];
  for (const [id, box] of boxes) if (id !== from.id && id !== to.id && meet(box, room)) near.push(box);
  const left = BENDS.filter((one) => !taken.includes(one)), free = left.length ? left : BENDS;
  const alongGrid = Math.min(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) < 30;  // behind a card it would read as two lines
  const detour = EASE + (length / PATIENCE) ** 2;
  let best = free[0], least = Infinity;
  for (const one of free) {
    if (detour * Math.abs(one) >= least) break;  // the bend alone costs more than the best, and those after it still more
    const hidden = hiddenShare(course(from, to, one), near, (least - detour * Math.abs(one)) * STEPS);
    const cost = hidden + detour * Math.abs(one) + (hidden && !one && alongGrid ? THROUGH : 0);
    if (cost < least) { best = one; least = cost; }
  }
  return best;
}

function course(from, to, roundness) {
  const angle = Math.atan2(from.y - to.y, to.x - from.x) + (roundness / 2 + 0.5) * Math.PI;
  const reach = (Math.abs(roundness) / 2 + 0.5) * Math.hypot(to.x - from.x, to.y - from.y);
  return {x0: from.x, y0: from.y, x1: from.x + reach * Math.sin(angle), y1: from.y + reach * Math.cos(angle), x2: to.x, y2: to.y};
}

// The point of a line at a share (0..1) of its way.
function at({x0, y0, x1, y1, x2, y2}, share) {
  const a = (1 - share) ** 2, b = 2 * share * (1 - share), c = share ** 2;
  return {x: a * x0 + b * x1 + c * x2, y: a * y0 + b * y1 + c * y2};
}

const spread = ({x0, y0, x1, y1, x2, y2}) => ({left: Math.min(x0, x1, x2), top: Math.min(y0, y1, y2), right: Math.max(x0, x1, x2), bottom: Math.max(y0, y1, y2)});

// The share (0..1) of a line that lies behind cards; not counted further once it is above `most` steps.
function hiddenShare(way, boxes, most) {
  const room = spread(way), met = boxes.filter((box) => meet(box, room)), {x0, y0, x1, y1, x2, y2} = way;
  if (!met.length) return 0;
  let hidden = 0;
  for (let step = 1; step < STEPS && hidden <= most; step++) {  // the innermost loop of a drawing: nothing is made in it
    const share = step / STEPS, a = (1 - share) * (1 - share), b = 2 * share * (1 - share), c = share * share;
    const x = a * x0 + b * x1 + c * x2, y = a * y0 + b * y1 + c * y2;
    for (const box of met) if (isIn(x, y, box)) { hidden++; break; }
  }
  return hidden / STEPS;
}

// Where the arrow head stands, on the border of the card that money or time runs to, and which way it points.
function headOf({course: way, against}, card) {
  const box = boxOf(card, 0), along = (share) => at(way, against ? share : 1 - share);
  let inside = 0, outside = 0.5;
  const middle = along(outside);
  if (isIn(middle.x, middle.y, box)) return null;
  for (let turn = 0; turn < 9; turn++) {
    const share = (inside + outside) / 2, {x, y} = along(share);
    if (isIn(x, y, box)) inside = share; else outside = share;
  }
  const tip = along(outside), back = along(Math.min(outside + 0.03, 0.5));
  return {...tip, angle: Math.atan2(tip.y - back.y, tip.x - back.x)};
}

// Draws lines: those of a grade together, the faint ones first, then those that stand out.
function drawLines(ctx, lines, styles, isFaint, standing) {
  const styleOf = (line) => styles[line.grade] ?? styles.candidate;
  const groups = new Map();
  for (const line of lines) {
    const faint = isFaint(line), key = `${faint ? 0 : 1}${line.grade}`;
    if (!groups.has(key)) groups.set(key, {faint, style: styleOf(line), lines: []});
    groups.get(key).lines.push(line);
  }
  for (const [, {faint, style, lines: some}] of [...groups].sort(([one], [other]) => (one < other ? -1 : 1)))
    drawGroup(ctx, some, style.color, style.width, style.dashes, faint ? 0.15 : 1);
  for (const line of standing) drawGroup(ctx, [line], STRONG, styleOf(line).width + 1, styleOf(line).dashes, 1);
}

function drawGroup(ctx, lines, color, width, dashes, opacity) {
  ctx.save();
  ctx.globalAlpha = opacity;
  ctx.strokeStyle = ctx.fillStyle = color;
  ctx.lineWidth = width;
  ctx.setLineDash(dashes || []);
  ctx.beginPath();
  for (const {course: {x0, y0, x1, y1, x2, y2}} of lines) { ctx.moveTo(x0, y0); ctx.quadraticCurveTo(x1, y1, x2, y2); }
  ctx.stroke();
  ctx.beginPath();
  for (const {head} of lines) if (head) addHead(ctx, head, HEAD + width);
  ctx.fill();
  ctx.restore();
}

function addHead(ctx, {x, y, angle}, size) {
  const corner = (turn) => [x - size * Math.cos(angle + turn), y - size * Math.sin(angle + turn)];
  ctx.moveTo(x, y);
  ctx.lineTo(...corner(0.38));
  ctx.lineTo(...corner(-0.38));
  ctx.closePath();
}

// The line nearest to a point, if one runs within some px of it.
function lineAt(lines, {x, y}, within) {
  let found = null, least = within;
  for (const line of lines) {
    const room = spread(line.course);
    if (x < room.left - within || x > room.right + within || y < room.top - within || y > room.bottom + within) continue;
    for (let step = 1, before = at(line.course, 0); step <= STEPS; step++) {
      const here = at(line.course, step / STEPS), far = distance(x, y, before, here);
      if (far < least) { found = line; least = far; }
      before = here;
    }
  }
  return found;
}

function distance(x, y, start, end) {
  const dx = end.x - start.x, dy = end.y - start.y;
  const share = Math.min(Math.max(((x - start.x) * dx + (y - start.y) * dy) / (dx * dx + dy * dy || 1), 0), 1);
  return Math.hypot(x - start.x - share * dx, y - start.y - share * dy);
}
