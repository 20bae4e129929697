// Saves an inline SVG as an SVG or PNG file: styles written into it, always in the light colours, nothing asked of
// anybody. Buttons come from templates/saving.html: [data-picture=ID][data-name=FILE] > button[data-save=svg|png].
"use strict";

import { say } from "./desk.js";

const KEPT = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap",
  "stroke-linejoin", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor",
  "text-decoration", "dominant-baseline", "letter-spacing", "direction", "unicode-bidi", "visibility", "marker-end",
  "marker-start", "paint-order", "stop-color", "stop-opacity",
];
const NAMESPACE = "http://www.w3.org/2000/svg";
const MOST_PIXELS = 60_000_000; // a canvas larger than this stays empty in some browsers

/** A copy of the picture that needs no style sheet, on paper of the light theme. */
export function portable(svg) {
  const root = document.documentElement;
  const theme = root.dataset.theme;
  root.dataset.theme = "light";
  const copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")];
  const to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((element, index) => {
    const style = getComputedStyle(element);
    const mine = to[index];
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      // A marker of this page is named by its place in the page: in the file it is the same one.
      if (value) mine.setAttribute(name, value.replace(/url\("?[^#"]*(#[^")]+)"?\)/g, "url($1)"));
    }
    if (style.display === "none") mine.setAttribute("display", "none");
    mine.removeAttribute("class");
    mine.removeAttribute("tabindex");
  });
  from.forEach((element, index) => element.classList?.contains("unsaved") && to[index].remove());
  // A link to a page of this desk leads nowhere in a file.
  for (const link of copy.querySelectorAll("a")) {
    link.removeAttribute("href");
    link.removeAttributeNS("http://www.w3.org/1999/xlink", "href");
  }
  const box = svg.viewBox.baseVal;
  const paper = document.createElementNS(NAMESPACE, "rect");
  for (const [name, value] of Object.entries({ x: box.x, y: box.y, width: box.width, height: box.height })) {
    paper.setAttribute(name, value);
  }
  paper.setAttribute("fill", "#ffffff");
  copy.prepend(paper);
  copy.setAttribute("xmlns", NAMESPACE);
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  return { text: new XMLSerializer().serializeToString(copy), width: box.width, height: box.height };
}

/** The picture as a PNG, twice as fine as on the screen where that is not too large. */
export async function png({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) =>
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("the picture is too large"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}

function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

for (const buttons of document.querySelectorAll("[data-picture]")) {
  buttons.hidden = false;
  buttons.addEventListener("click", async (event) => {
    const form = event.target.closest("[data-save]")?.dataset.save;
    const svg = document.getElementById(buttons.dataset.picture);
    if (!form || !svg) return;
    try {
      const drawn = portable(svg);
      const blob = form === "png" ? await png(drawn) : new Blob([drawn.text], { type: "image/svg+xml" });
      hand(blob, `${buttons.dataset.name}.${form}`);
      say(`saved ${buttons.dataset.name}.${form}`);
    } catch (error) {
      say(`the picture could not be saved: ${error.message}`, true);
    }
  });
}
