"use strict";
// Brings the place that was asked for into view, and shows which row of the table is which box on the page.

const wanted = document.querySelector("#asked .box, .paper #asked"), paper = document.querySelector(".paper");

function bringIntoView() {
  const box = wanted.getBoundingClientRect(), frame = paper.getBoundingClientRect();
  paper.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  if (box.bottom > innerHeight) scrollTo({top: scrollY + box.top - innerHeight / 2});
}

function pair(row, mark) {
  for (const [from, to] of [[row, mark], [mark, row]]) {
    for (const name of ["mouseenter", "focusin"]) from.addEventListener(name, () => to.classList.add("lit"));
    for (const name of ["mouseleave", "focusout"]) from.addEventListener(name, () => to.classList.remove("lit"));
  }
}

const marks = new Map([...document.querySelectorAll(".paper a")].map((mark) => [mark.getAttribute("href"), mark]));
for (const row of document.querySelectorAll("#read tbody tr")) {
  const mark = marks.get(row.querySelector("a.source")?.getAttribute("href"));
  if (mark) pair(row, mark);
}
const entry = performance.getEntriesByType("navigation")[0];
if (wanted && paper && entry?.type !== "back_forward") bringIntoView();
