// The reading room: claims and words light each other, and the keyboard judges.
"use strict";

import { keysAreFree, say } from "./desk.js";
import { outbox } from "./outbox.js";
import { correct } from "./picker.js";
import { selectedSpan } from "./selection.js";

const byId = (id) => document.getElementById(id);
const room = byId("room");
const report = room.dataset.report;
const text = byId("text");
const list = byId("cards");
const MARK = "stemma-mark";
let current = null;

const cards = () => [...list.querySelectorAll(".card")];
const cardOf = (claim) => document.getElementById(claim);
const piecesOf = (claim) => text.querySelectorAll(`[data-c~="${CSS.escape(claim)}"]`);
const isOpen = (card) => !card.dataset.verdict;
// The cards stand under the report: a claim is then judged by its card, which has its words.
const stacked = () => matchMedia("(max-width: 60rem)").matches;
const quick = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

function light(claims, name) {
  for (const lit of document.querySelectorAll("." + name)) lit.classList.remove(name);
  for (const claim of claims) {
    cardOf(claim)?.classList.add(name);
    for (const piece of piecesOf(claim)) piece.classList.add(name);
  }
}

// Words of several claims show what is still to do first.
const FIRST = ["open", "correct", "add", "accept", "reject"];

function paint() {
  const verdicts = new Map(cards().map((card) => [card.dataset.claim, card.dataset.verdict || "open"]));
  for (const piece of text.querySelectorAll("[data-c]")) {
    const own = piece.dataset.c.split(" ").map((claim) => verdicts.get(claim));
    piece.dataset.v = FIRST.find((verdict) => own.includes(verdict)) || "open";
  }
}

/** Makes a claim the current one, and brings its words and its card into sight. */
function choose(card, { words = true, still = false } = {}) {
  if (!card) return;
  current = card;
  light([card.dataset.claim], "on");
  for (const piece of text.querySelectorAll("[data-t]")) {
    piece.classList.toggle("trigger", piece.dataset.t.split(" ").includes(card.dataset.claim));
  }
  for (const other of cards()) other.toggleAttribute("aria-current", other === card);
  if (!still) card.scrollIntoView({ block: "nearest", behavior: quick() });
  card.focus({ preventScroll: true });
  const piece = text.querySelector(`[data-t~="${CSS.escape(card.dataset.claim)}"]`) || piecesOf(card.dataset.claim)[0];
  if (piece && words && !stacked()) piece.scrollIntoView({ block: "center", behavior: quick() });
  // While the page loads, an address with a claim would scroll to it.
  if (!still) history.replaceState(null, "", "#" + encodeURIComponent(card.dataset.claim));
}

function step(by, wanted = () => true) {
  const all = cards();
  const at = current ? all.indexOf(current) : by > 0 ? -1 : all.length;
  for (let offset = 1; offset <= all.length; offset++) {
    const card = all[(((at + by * offset) % all.length) + all.length) % all.length];
    if (wanted(card)) return choose(card);
  }
  say("every claim here is judged: ] goes to the next report");
}

/** Puts the card that the desk drew in the place of the old one. */
function swap(answer) {
  if (answer.report !== report) {
    location.assign(answer.address);
    return;
  }
  byId("open-count").textContent = answer.open;
  const old = cardOf(answer.claim);
  if (!answer.card) {
    const all = cards();
    const beside = all[all.indexOf(old) - 1] || all[all.indexOf(old) + 1];
    old?.remove();
    // Whoever takes a claim back goes on where it stood.
    if (old && current === old) {
      current = null;
      choose(beside);
    }
    return;
  }
  const holder = document.createElement("template");
  holder.innerHTML = answer.card; // drawn and escaped by the desk; the policy lets no script in it run
  const fresh = holder.content.querySelector(".card");
  if (old) {
    const was = current === old;
    fresh.classList.toggle("on", old.classList.contains("on"));
    const nr = old.querySelector(".nr")?.textContent;
    if (nr) fresh.querySelector(".nr").textContent = nr;
    const focused = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (was) {
      current = fresh;
      fresh.setAttribute("aria-current", "true");
      if (focused) fresh.focus({ preventScroll: true });
    }
  } else {
    // A claim that was added or brought back: its words are cut anew by the desk.
    location.assign(answer.address);
    location.reload();
    return;
  }
  paint();
}

function judge(asked, card = current) {
  if (!card) return say("choose a claim first: j");
  const seen = Number(room.dataset.seen);
  outbox.post("/judge", { report, claim: card.dataset.claim, seen, ...asked }, swap);
}

function decide(verdict) {
  if (!current) return step(1, isOpen);
  const card = current;
  judge({ do: verdict });
  card.dataset.verdict = verdict; // shown at once; the desk's answer follows
  card.classList.remove("open", "accept", "reject", "correct", "add");
  card.classList.add(verdict);
  card.querySelector(".verdict").textContent = verdict === "accept" ? "✓ accepted" : "✗ rejected";
  paint();
  if (cards().some(isOpen)) step(1, isOpen);
  else say("every claim here is judged: ] goes to the next report");
}

function mark() {
  if (!current) return say("choose a claim first: j");
  sessionStorage.setItem(MARK, `${report}#${current.dataset.claim}`);
  showMark();
  say("marked: go to another claim, then s (same), x (not the same) or w (one claim)");
}

function showMark() {
  const marked = sessionStorage.getItem(MARK);
  for (const card of cards()) card.classList.toggle("marked", `${report}#${card.dataset.claim}` === marked);
}

function pair(verdict) {
  const other = sessionStorage.getItem(MARK);
  if (!other) return say("mark another claim first: m");
  judge({ do: verdict, other });
}

/** Two claims of this report are one: the marked one goes. */
function one() {
  const other = sessionStorage.getItem(MARK);
  const gone = other?.startsWith(report + "#") ? cardOf(other.slice(report.length + 1)) : null;
  if (!current || !gone || gone === current) return say("mark another claim of this report first: m");
  sessionStorage.removeItem(MARK);
  outbox.post("/judge", { report, claim: current.dataset.claim, do: "one", other }, () => location.reload());
}

function note() {
  if (!current) return say("choose a claim first: j");
  const dialog = byId("note");
  byId("note-input").value = "";
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = () => {
    const words = byId("note-input").value.trim();
    if (dialog.returnValue === "save" && words) judge({ do: "note", note: words });
    current?.focus({ preventScroll: true });
  };
}

function add() {
  const span = selectedSpan(text);
  if (!span) return say("select the words that name the event, then press +");
  const dialog = byId("adder");
  byId("adder-words").textContent = span.words.length > 60 ? span.words.slice(0, 60) + "…" : span.words;
  byId("adder-type").value = "";
  byId("adder-actor").value = "";
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = () => {
    if (dialog.returnValue !== "save") return;
    const type = byId("adder-type").value.trim().toUpperCase();
    const actor = byId("adder-actor").value;
    outbox.post("/judge", { report, do: "add", start: span.start, end: span.end, type, actor }, swap);
  };
}

function openPicker(path) {
  if (!current) return say("choose a claim first: j");
  const card = current;
  correct(report, card, path, (asked) => judge({ do: "correct", ...asked }, card));
}

const turn = (path) =>
  outbox.post(path, {}, (answer) => {
    swap(answer);
    if (answer.report === report && cardOf(answer.claim)) choose(cardOf(answer.claim));
    say(`${path === "/undo" ? "taken back" : "brought back"}: ${answer.turned} ${answer.claim}`);
  });

const DOINGS = {
  accept: () => decide("accept"),
  reject: () => decide("reject"),
  correct: () => openPicker(),
  same: () => pair("same"),
  "not-same": () => pair("not-same"),
  split: () => judge({ do: "split" }),
  one,
  mark,
  note,
};

const KEYS = {
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  n: () => step(1, isOpen),
  p: () => step(-1, isOpen),
  a: DOINGS.accept,
  r: DOINGS.reject,
  c: DOINGS.correct,
  m: mark,
  s: DOINGS.same,
  x: DOINGS["not-same"],
  t: note,
  y: DOINGS.split,
  w: one,
  u: () => turn("/undo"),
  U: () => turn("/redo"),
  "+": add,
  "]": () => byId("next-report").click(),
  "[": () => byId("previous-report").click(),
};

document.addEventListener("keydown", (event) => {
  const withControl = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  if (withControl && !event.target.closest("input, textarea") && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    return turn(event.shiftKey ? "/redo" : "/undo");
  }
  if (!keysAreFree(event) || !(event.key in KEYS)) return;
  // Arrows scroll the text while it has the focus.
  if (event.key.startsWith("Arrow") && byId("report").contains(document.activeElement)) return;
  event.preventDefault();
  KEYS[event.key]();
});

text.addEventListener("mouseover", (event) => {
  const claims = event.target.closest("[data-c]")?.dataset.c.split(" ") || [];
  light(claims, "lit");
});
text.addEventListener("mouseleave", () => light([], "lit"));
text.addEventListener("click", (event) => {
  const piece = event.target.closest("[data-c]");
  if (!piece || !getSelection().isCollapsed) return;
  const claims = piece.dataset.c.split(" ").filter(cardOf);
  const at = current ? claims.indexOf(current.dataset.claim) : -1;
  choose(cardOf(claims[(at + 1) % claims.length]), { words: false });
});
list.addEventListener("mouseover", (event) => {
  const card = event.target.closest(".card");
  light(card ? [card.dataset.claim] : [], "lit");
});
list.addEventListener("mouseleave", () => light([], "lit"));
list.addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  if (!card) return;
  if (card !== current) choose(card);
  const doing = event.target.closest("[data-do]");
  const value = event.target.closest("[data-path]");
  if (doing) DOINGS[doing.dataset.do]();
  else if (value && event.detail > 1) openPicker(value.dataset.path);
});

byId("undo").addEventListener("click", () => turn("/undo"));
byId("redo").addEventListener("click", () => turn("/redo"));
// A press would take the selection away before the click.
byId("add").addEventListener("mousedown", (event) => event.preventDefault());
byId("add").addEventListener("click", add);

// Search: the cards and passages that hold the words, the rest dimmed.
const search = byId("search");
function seek() {
  const wanted = search.value.trim().toLowerCase();
  room.classList.toggle("seeking", Boolean(wanted));
  let first = null;
  for (const part of [...text.querySelectorAll(".passage"), ...cards()]) {
    const hit = Boolean(wanted) && part.textContent.toLowerCase().includes(wanted);
    part.classList.toggle("hit", hit);
    if (hit && !first && part.matches(".passage")) first = part;
  }
  first?.scrollIntoView({ block: "center" });
}
search.addEventListener("input", seek);
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    find(search.value, event.shiftKey);
  } else if (event.key === "Escape") {
    search.value = "";
    seek();
    search.blur();
  }
});
function find(words, back) {
  const hits = cards().filter((card) => card.matches(".hit") || piecesHold(card, words));
  if (hits.length === 0) return say("no claim has these words");
  const at = hits.indexOf(current);
  choose(hits[(at + (back ? hits.length - 1 : 1)) % hits.length]);
  search.focus();
}
function piecesHold(card, words) {
  const own = [...piecesOf(card.dataset.claim)].map((piece) => piece.textContent).join("");
  return own.toLowerCase().includes(words.trim().toLowerCase());
}

paint();
showMark();
const asked = decodeURIComponent(location.hash.slice(1));
const start = (asked && cardOf(asked)) || cards().find(isOpen) || cards()[0];
// Who opens a report on a telephone sees the report first, unless a claim was asked for.
if (start) choose(start, { words: Boolean(asked) || start !== cards()[0], still: stacked() && !asked });
