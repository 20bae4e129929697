// Correcting: the letter of a value, then the number of a candidate, or words of one's own.
"use strict";

import { say } from "./desk.js";

const byId = (id) => document.getElementById(id);
const dialog = byId("pick");
const values = byId("pick-values");
const input = byId("pick-input");
const list = byId("pick-list");
const HINTS = {
  time: "an interval (2016-02 to 2016-03, ..2017), or words of the report",
  place: "Rafah, Gaza Strip [PS]",
  counts: "14 killed; at least 30 injured; 24-99 members",
  sources: "residents (anonymous) + the army (organisation) > State radio (outlet)",
  negated: "yes or no",
  cue: "the word that hedges",
};
// Here a figure is what one types, so that candidates are taken with the arrows.
const FIGURES = new Set(["time", "counts"]);
let state = null;

/** Opens the picker on a card, at a value where `path` is given; `done` gets what is asked of the desk. */
export function correct(report, card, path, done) {
  state = { report, card, done, path: null, all: [], shown: [], chosen: 0, ready: null };
  byId("pick-title").textContent = "Correct which value?";
  values.hidden = false;
  byId("pick-value").hidden = true;
  dialog.showModal();
  if (path) openValue(path);
}

function openValue(path) {
  const button = values.querySelector(`[data-path="${CSS.escape(path)}"]`);
  state.path = path;
  byId("pick-title").textContent = button.textContent.slice(button.dataset.key.length).trim();
  values.hidden = true;
  byId("pick-value").hidden = false;
  const shown = state.card.querySelector(`[data-path="${CSS.escape(path)}"]`);
  byId("pick-now").textContent = shown ? shown.querySelector("bdi")?.textContent || shown.textContent : "nothing";
  const figures = FIGURES.has(path) ? "arrows and Enter take a candidate" : "a figure takes a candidate";
  byId("pick-hint").textContent = `${figures}; or type: ${HINTS[path] || "a name; several with ; in between; + adds one"}`;
  input.value = "";
  list.replaceChildren();
  input.focus();
  const query = new URLSearchParams({ report: state.report, claim: state.card.dataset.claim, value: path });
  const own = state;
  state.ready = fetch("/choices?" + query)
    .then((response) => response.json())
    .then((answer) => {
      if (own !== state || answer.error) throw new Error(answer.error || "");
      own.all = answer.candidates;
      show();
    })
    .catch((error) => error.message && say(error.message, true));
}

function show() {
  const typed = input.value.trim().toLowerCase();
  state.shown = state.all.filter((one) => !typed || one.label.toLowerCase().includes(typed));
  state.chosen = typed ? -1 : 0;
  list.replaceChildren(
    ...state.shown.map((one, index) => {
      const item = document.createElement("li");
      item.id = `pick-${index}`;
      item.setAttribute("role", "option");
      const number = document.createElement("kbd");
      number.textContent = index < 9 && !typed ? String(index + 1) : "";
      const label = document.createElement("bdi");
      label.textContent = one.label;
      const detail = document.createElement("i");
      detail.textContent = one.detail;
      item.append(number, label, detail);
      item.addEventListener("click", () => take(index));
      return item;
    }),
  );
  stand();
}

function stand() {
  [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === state.chosen)));
  const item = list.children[state.chosen];
  if (item) input.setAttribute("aria-activedescendant", item.id);
  else input.removeAttribute("aria-activedescendant");
  item?.scrollIntoView({ block: "nearest" });
}

function take(index) {
  const one = state.shown[index];
  if (one) finish({ value: state.path, new: one.value });
}

function finish(asked) {
  const done = state.done;
  dialog.close();
  done(asked);
}

dialog.addEventListener("keydown", async (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (!state.path) {
    const button = values.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!button) return;
    event.preventDefault();
    return openValue(button.dataset.path);
  }
  if (/^[1-9]$/.test(event.key) && input.value === "" && !FIGURES.has(state.path)) {
    event.preventDefault();
    await state.ready;
    return take(Number(event.key) - 1);
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const by = event.key === "ArrowDown" ? 1 : -1;
    state.chosen = Math.min(Math.max(state.chosen + by, -1), state.shown.length - 1);
    return stand();
  }
  if (event.key === "Enter") {
    event.preventDefault();
    await state.ready;
    const typed = input.value.trim();
    const exact = state.shown.findIndex((one) => one.label.toLowerCase() === typed.toLowerCase());
    if (state.chosen >= 0) return take(state.chosen);
    if (exact >= 0) return take(exact);
    if (typed) finish({ value: state.path, typed });
  }
});
input.addEventListener("input", show);
values.addEventListener("click", (event) => {
  const button = event.target.closest("[data-path]");
  if (button) openValue(button.dataset.path);
});
dialog.addEventListener("close", () => state?.card.isConnected && state.card.focus({ preventScroll: true }));
