"use strict";
// Fetches the audit signals of a thing once its section comes near: checking takes longer than showing the page.

const section = document.getElementById("signals"), room = section.querySelector("div"), link = room.innerHTML;

function tell(text) {
  const words = document.createElement("p");
  words.className = "quiet";
  words.textContent = text;
  return words;
}

async function got(address, media) {
  const answer = await fetch(address, {headers: {accept: media}});
  if (!answer.ok) throw new Error(answer.status);
  return answer;
}

// Until all of its disclosures are checked; what is known of them meanwhile is the number that is left.
async function checked(address) {
  for (let wait = 500; ; wait = Math.min(wait + 100, 3000)) {
    const found = await (await got(address, "application/json")).json();
    if (!found.left) return;
    room.replaceChildren(tell(found.said));
    await new Promise((go) => setTimeout(go, wait));
  }
}

async function fetchSignals() {
  if (room.contains(document.activeElement)) {  // who was about to press the button is led to what comes instead
    section.tabIndex = -1;
    section.focus();
  }
  room.replaceChildren(tell(section.dataset.checking));
  try {
    for (;;) {
      const text = await (await got(section.dataset.signals, "text/html")).text();
      const found = new DOMParser().parseFromString(text, "text/html").getElementById("concerning");
      const pending = found.querySelector("[data-unchecked]");
      if (!pending) {
        room.replaceChildren(...found.childNodes);
        section.dataset.ready = "yes";
        return;
      }
      await checked(pending.dataset.unchecked);
    }
  } catch {
    room.innerHTML = link;
    room.prepend(tell(section.dataset.failed));
  }
}

new IntersectionObserver((seen, observer) => {
  if (!seen.some((one) => one.isIntersecting)) return;
  observer.disconnect();
  fetchSignals();
}, {rootMargin: "400px"}).observe(section);
