"use strict";
// Before anything is laid out: the tables wait until they are opened, where scripts run at all.
document.documentElement.classList.add("scripted");
