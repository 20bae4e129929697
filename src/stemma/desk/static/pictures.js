// Pictures: what narrows or moves one is fetched and put in its place; the address follows, so that it can be sent.
// Without this script the same links and forms load the page anew.
"use strict";

import { keysAreFree, say } from "./desk.js";

const region = document.getElementById("region");

/** Shows the page of `address` in place: everything inside #region, which stands in every page of pictures. */
async function show(address, { push = true } = {}) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) throw new Error(String(response.status));
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("region");
    if (!fresh) throw new Error("no picture");
    const key = document.activeElement?.dataset?.key;
    const field = document.activeElement?.name;
    region.replaceChildren(...fresh.childNodes);
    if (push) history.pushState({}, "", address);
    const again = key ? region.querySelector(`[data-key="${CSS.escape(key)}"]`) : field && region.querySelector(`[name="${CSS.escape(field)}"]`);
    again?.focus({ preventScroll: true });
    ready();
    const told = region.querySelector("[data-told]");
    if (told) say(told.dataset.told);
  } catch {
    location.assign(address);
  }
}

/** The address that a form asks for. */
function asked(form) {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) values.append(name, value);
  const query = values.toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
}

function ready() {
  // What is wider than the page begins in its middle, where the party of most ties is.
  const figure = region.querySelector(".figure:not(.fit)");
  if (figure) figure.scrollLeft = (figure.scrollWidth - figure.clientWidth) / 2;
  // The slider stands for the date field beside it, and is of use with a script only.
  const slider = region.querySelector("input[type=range][data-from]");
  if (!slider) return;
  const field = region.querySelector(`input[name="${slider.dataset.for}"]`);
  const first = Date.parse(`${slider.dataset.from}T00:00:00Z`);
  const day = (steps) => new Date(first + steps * 86400000).toISOString().slice(0, 10);
  slider.closest("[hidden]")?.removeAttribute("hidden");
  slider.setAttribute("aria-valuetext", field.value || "any day");
  slider.addEventListener("input", () => {
    field.value = day(Number(slider.value));
    slider.setAttribute("aria-valuetext", field.value);
  });
  slider.addEventListener("change", () => show(asked(field.form)));
}

region?.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap], .pic-fold");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  show(link.getAttribute("href"));
});
region?.addEventListener("submit", (event) => {
  event.preventDefault();
  show(asked(event.target));
});
addEventListener("popstate", () => show(location.href, { push: false }));

// A map is moved with the keyboard where it has the focus: each key stands for one of its buttons.
region?.addEventListener("keydown", (event) => {
  if (!event.target.closest(".figure[data-keys]") || !keysAreFree(event)) return;
  const button = region.querySelector(`[data-swap][data-press~="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  show(button.getAttribute("href")).then(() => region.querySelector(".figure[data-keys]")?.focus({ preventScroll: true }));
});
if (region) ready();
