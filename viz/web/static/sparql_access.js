// What the packaged editor does not tell those who do not see it: names for its fields, and which tabs make a list.
"use strict";

const caimaiAccess = (() => {
  const name = (element, label) => element.getAttribute("aria-label") || element.setAttribute("aria-label", label);

  // The editor's list holds a button beside its tabs, which a list of tabs may not: another element owns the tabs.
  const tabs = (root, label) => {
    const list = root.querySelector(".tabsList");
    if (!list) return;
    let owner = root.querySelector("[data-owns-tabs]");
    if (!owner) {
      list.removeAttribute("role");
      owner = document.createElement("span");
      owner.dataset.ownsTabs = "";
      owner.setAttribute("role", "tablist");
      owner.setAttribute("aria-label", label);
      list.before(owner);
    }
    const owned = [...list.querySelectorAll("[role=tab]")].map((tab) => tab.id).join(" ");
    if (owner.getAttribute("aria-owns") !== owned) owner.setAttribute("aria-owns", owned);
  };

  const told = (root, words) => {
    tabs(root, words.tabs);
    root.querySelectorAll(".CodeMirror textarea").forEach((field) => name(field, words.editor));
    root.querySelectorAll(".CodeMirror-scroll[tabindex='-1']").forEach((part) => part.setAttribute("tabindex", "0"));
    root.querySelectorAll(".tableSizer").forEach((field) => name(field, words.size));
    root.querySelectorAll(".tableFilter").forEach((field) => name(field, words.filter));
    root.querySelectorAll(".tabsList input").forEach((field) => name(field, words.tabs));
    root.querySelectorAll("thead th:first-child .dt-column-title:empty").forEach((head) => {
      head.textContent = "#";
    });
  };

  // Names are given now and to whatever the editor puts in later.
  const watch = (root, words) => {
    told(root, words);
    new MutationObserver(() => told(root, words)).observe(root, { childList: true, subtree: true });
  };
  return { watch };
})();
