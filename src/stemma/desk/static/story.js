// The story page: an edge or a report of the stemma opens the words that reports share, beside the picture.
"use strict";

import { say } from "./desk.js";

const dialog = document.getElementById("aligned");
const part = document.getElementById("aligned-part");

// Without this script the same link leads to the same passages as a page.
for (const link of document.querySelectorAll("a[data-aligned]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const address = link.getAttribute("href");
    try {
      const response = await fetch(`${address}&part=yes`);
      if (!response.ok) throw new Error("the desk could not answer");
      part.innerHTML = await response.text(); // escaped by the desk, as every page is
      document.getElementById("aligned-page").href = address;
      if (!dialog.open) dialog.showModal();
      dialog.scrollTop = 0;
    } catch (error) {
      say(`the passages cannot be shown: ${error.message}`, true);
    }
  });
}
document.getElementById("aligned-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
