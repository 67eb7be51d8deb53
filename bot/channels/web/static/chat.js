// The page put together.

import { opinionOf } from "./bubbles.js";
import { compose, tell } from "./composer.js";
import { Hearing } from "./hear.js";
import * as log from "./log.js";
import { opened } from "./opened.js";
import { byId, spoken } from "./page.js";
import { Saying } from "./say.js";

const RELOADED = "xize.reloaded";
const welcome = byId("welcome");
const link = byId("link");
const title = document.title;
let isLive = false;

const saying = new Saying({
  onKept: log.confirm,
  onTrouble: (id, words, retry, waits = false) => (waits ? tell(words) : log.fail(id, words, retry)),
  onProgress: log.progress,
  onLost: () => tell(spoken.lost_chat),
});

const hearing = new Hearing({
  after: log.lastLine,
  onLines(lines) {
    log.addLines(lines, (button, chip, line) => {
      chip.setAttribute("aria-disabled", "true");
      say({ tap: button.tap, line }, spoken[opinionOf(button.tap)] ?? button.label);
    });
    if (isLive && document.hidden && lines.some((line) => line.author === "xize")) {
      document.title = spoken.title_news + title;
    }
    tell("");
    greet();
  },
  onState(state) {
    if (state === "unknown") {
      reloadOnce();
      return;
    }
    const words = { lost: spoken.reconnecting, offline: spoken.offline }[state] ?? "";
    link.textContent = words;
    link.hidden = !words;
    if (state === "live") becomeLive();
  },
});

function say(part, shown) {
  log.addPending(saying.say(part, shown), shown);
  greet();
}

function greet() {
  welcome.hidden = !log.isEmpty();
}

function becomeLive() {
  if (isLive) return;
  isLive = true;
  sessionStorage.removeItem(RELOADED);
  log.showEnd(null);
  log.goLive();
  for (const [id, shown] of saying.restore()) log.addPending(id, shown);
  opened((text, shown) => say({ text }, shown));
}

// The cookie is gone: the page's own address gives a new one.
function reloadOnce() {
  if (sessionStorage.getItem(RELOADED)) {
    tell(spoken.lost_chat);
    return;
  }
  sessionStorage.setItem(RELOADED, "1");
  location.reload();
}

compose({
  onText: (text) => say({ text }, text),
  onFile: (file) => say({ file }, file.name),
});
for (const example of document.querySelectorAll(".example")) {
  example.addEventListener("click", () => {
    say({ text: example.textContent }, example.textContent);
    byId("scroll").focus({ preventScroll: true }); // the pressed button is gone
  });
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = title;
});

// On paper every clause is open.
addEventListener("beforeprint", () => {
  for (const clause of document.querySelectorAll("details:not([open])")) {
    clause.open = true;
    clause.dataset.folded = "";
  }
});
addEventListener("afterprint", () => {
  for (const clause of document.querySelectorAll("[data-folded]")) {
    clause.open = false;
    delete clause.dataset.folded;
  }
});

hearing.recover();
