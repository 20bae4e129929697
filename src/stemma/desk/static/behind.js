// A kept record that is behind: a button brings it up to date, and the page comes again when that is done.
"use strict";

import { send, say } from "./desk.js";

const line = document.querySelector(".behind");

async function follow() {
  const state = await (await fetch("/merging")).json();
  if (!state.running) return location.reload();
  if (state.total) say(`merged ${state.done} of ${state.total}`);
  setTimeout(follow, 1000);
}

line.querySelector("#join")?.addEventListener("click", async (event) => {
  event.target.disabled = true;
  try {
    await send("/merge", {});
    say("merging");
    follow();
  } catch (error) {
    say(error.message, true);
  }
});
if (line.dataset.running) follow();
