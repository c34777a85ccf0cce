"use strict";
// Fetches the audit signals of a thing once its section comes near: checking takes longer than showing the page.

const section = document.getElementById("signals"), room = section.querySelector("div"), link = room.innerHTML;

async function fetchSignals() {
  const words = document.createElement("p");
  words.className = "quiet";
  words.textContent = section.dataset.checking;
  room.replaceChildren(words);
  try {
    const answer = await fetch(section.dataset.signals, {headers: {accept: "text/html"}});
    if (!answer.ok) throw new Error(answer.status);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("concerning");
    room.replaceChildren(...found.childNodes);
  } catch {
    room.innerHTML = link;
    words.textContent = section.dataset.failed;
    room.prepend(words);
  }
}

new IntersectionObserver((seen, observer) => {
  if (!seen.some((one) => one.isIntersecting)) return;
  observer.disconnect();
  fetchSignals();
}, {rootMargin: "400px"}).observe(section);
