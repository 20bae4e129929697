// What every page has: the name of the reviewer, light or dark, help, and asking the desk.
"use strict";

export const csrf = document.querySelector('meta[name="csrf"]').content;
const byId = (id) => document.getElementById(id);

/** The status line, read aloud politely; `bad` stays until the next word. */
export function say(words, bad = false) {
  const line = byId("status");
  line.textContent = words;
  line.classList.toggle("bad", bad);
  line.classList.add("shown");
  clearTimeout(say.timer);
  if (!bad) say.timer = setTimeout(() => line.classList.remove("shown"), 4000);
}

/** Sends a JSON object; gives the answer. Throws an Error with one line; `refused` where trying again is no use. */
export async function send(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Stemma-Csrf": csrf },
    body: JSON.stringify(body),
  });
  const isJson = (response.headers.get("Content-Type") || "").includes("json");
  const answer = isJson ? await response.json() : { error: await response.text() };
  if (!response.ok) {
    const error = new Error(answer.error || "the desk did not answer");
    error.refused = response.status < 500;
    throw error;
  }
  return answer;
}

/** True while a key belongs to a field or a dialog, or single keys are switched off. */
export function keysAreFree(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (localStorage.getItem("stemma-keys") === "off") return false;
  if (document.querySelector("dialog[open]")) return false;
  return !event.target.closest("input, textarea, select, [contenteditable]");
}

const theme = localStorage.getItem("stemma-theme");
if (theme) document.documentElement.dataset.theme = theme;
byId("theme").addEventListener("click", () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  localStorage.setItem("stemma-theme", next);
});

byId("help-button").addEventListener("click", () => byId("help").showModal());
const keysOn = byId("keys-on");
keysOn.checked = localStorage.getItem("stemma-keys") !== "off";
keysOn.addEventListener("change", () => localStorage.setItem("stemma-keys", keysOn.checked ? "on" : "off"));

byId("reviewer").addEventListener("click", () => {
  byId("name-dialog").showModal();
  byId("name-input").select();
});
byId("name-dialog").addEventListener("close", async () => {
  const dialog = byId("name-dialog");
  if (dialog.returnValue !== "save") return;
  try {
    await send("/name", { name: byId("name-input").value });
    location.reload();
  } catch (error) {
    say(error.message, true);
  }
});
// Enter in a field takes the first button, which is "Cancel": it must save.
for (const form of document.querySelectorAll("dialog form")) {
  form.addEventListener("keydown", (event) => {
    const save = form.querySelector("button.main");
    if (event.key !== "Enter" || event.isComposing || event.target.tagName === "BUTTON") return;
    if (event.target.tagName === "TEXTAREA" && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    form.requestSubmit(save);
  });
}

document.addEventListener("keydown", (event) => {
  if (!keysAreFree(event)) return;
  if (event.key === "?") byId("help").showModal();
  else if (event.key === "/" && byId("search")) byId("search").focus();
  else if (event.key === "q") location.assign("/queue/next");
  else return;
  event.preventDefault();
});
