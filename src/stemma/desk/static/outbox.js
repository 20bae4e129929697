// Saves what is judged, one after the other, and tries again where the desk does not answer.
"use strict";

import { say, send } from "./desk.js";

const AGAIN_MS = 2000;
const waiting = [];
let busy = false;

async function work() {
  if (busy) return;
  busy = true;
  while (waiting.length > 0) {
    const { path, body, done } = waiting[0];
    try {
      const answer = await send(path, body);
      waiting.shift();
      done(answer);
      if (path === "/judge") say(answer.crossed || "saved");
    } catch (error) {
      if (error.refused) {
        waiting.shift();
        say(error.message, true);
      } else {
        say(`not saved yet (${waiting.length} waiting): trying again`, true);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }
  busy = false;
}

export const outbox = {
  post(path, body, done) {
    waiting.push({ path, body, done });
    work();
  },
};

window.addEventListener("beforeunload", (event) => {
  if (waiting.length > 0) event.preventDefault();
});
