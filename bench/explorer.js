// What the benchmark of the explorer asks of a page with a drawing: `timing` is filled by clicks.
const timing = {};

// From the click to the first frame after the new graph has been drawn.
function listen() {
  addEventListener("pointerup", () => { timing.click = performance.now(); timing.data = data; }, {capture: true});
  network.on("afterDrawing", () => {
    if (timing.click && data !== timing.data && !timing.drawn) requestAnimationFrame(() => { timing.drawn ??= performance.now(); });
  });
}

// Where a stub can be clicked, in the middle of all that can; null where none can.
function stub() {
  const box = document.querySelector("#canvas canvas").getBoundingClientRect(), aside = document.querySelector("#details");
  const right = aside.hidden ? box.right : aside.getBoundingClientRect().left, bottom = Math.min(box.bottom, innerHeight) - 60;
  const places = data.nodes.filter((one) => one.kind === "more").map((one) => network.canvasToDOM({x: one.x, y: one.y}))
    .map(({x, y}) => ({x: x + box.left, y: y + box.top}))
    .filter(({x, y}) => x > box.left + 40 && x < right - 20 && y > box.top + 40 && y < bottom);
  delete timing.click;
  delete timing.drawn;
  return places[Math.floor(places.length / 2)] ?? null;
}

// Milliseconds from the request of the page to its first frame that answers: with a drawing, the frame that has drawn it.
const interactive = () => new Promise((done) => {
  const answered = () => requestAnimationFrame(() => setTimeout(() => done(performance.now())));
  if (typeof network === "undefined") return answered();
  network.once("afterDrawing", answered);
  network.redraw();
});
