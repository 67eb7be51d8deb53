// The talk on the screen: lines in order, each once, the reader's place kept.

import { replyBubble, userBubble } from "./bubbles.js";
import { dayOf } from "./days.js";
import { byId, element, spoken } from "./page.js";

const NEAR = 96; // pixels from the end that still count as reading the end
const SLOW = 20_000; // milliseconds until we say that an answer takes long

const scroller = byId("scroll");
const log = byId("log");
const typing = byId("typing");
const typingWords = byId("typing-words");
const news = byId("news");

const pending = new Map(); // message id -> bubble not yet in the transcript
let last = 0; // number of the newest line shown
let asked = 0; // number of the newest line of the user
let day = "";
let isLive = false;
let isFollowing = true; // the reader is at the end and wants to stay there
let top = 0; // where the reader was last: only going up leaves the end, not a talk that grows
let slowTimer = 0;

export const lastLine = () => last;
export const isEmpty = () => log.childElementCount === 0;

/** The history is complete: from now on what comes in is read aloud. */
export function goLive() {
  isLive = true;
  log.setAttribute("aria-live", "polite");
}

/** Lines of the transcript, in order. `onTap(button, chip, n)` hears pressed buttons. */
export function addLines(lines, onTap) {
  const fresh = lines.filter((line) => line.n > last);
  if (!fresh.length) return;
  for (const line of fresh) addLine(line, onTap);
  dropErased();
  showTyping(pending.size > 0 || isAwaited(fresh.at(-1)));
  const isReply = fresh.length === 1 && fresh[0].author === "xize";
  if (isFollowing) showEnd(isReply ? newest() : null);
  else if (fresh.some((line) => line.author === "xize")) news.hidden = false;
}

/** The user's words at once, before the server has them. */
export function addPending(id, text) {
  if (log.querySelector(`[data-id="${id}"]`)) return;
  if (isLive) addDay(new Date(), null);
  const bubble = userBubble(text, new Date());
  bubble.classList.add("pending", "fresh");
  pending.set(id, bubble);
  log.append(bubble);
  showTyping(true);
  showEnd(null);
}

/** The server keeps the message with this id as line `n`. */
export function confirm(id, n) {
  const bubble = pending.get(id);
  if (!bubble) return;
  bubble.querySelector(".trouble")?.remove();
  bubble.classList.remove("failed");
  bubble.querySelector("progress")?.remove();
  bubble.dataset.n = n;
  asked = Math.max(asked, n);
  dropErased();
}

/** `part` (0 to 1) of the message's file is at the server; a whole one is being read there. */
export function progress(id, part) {
  const bubble = pending.get(id)?.querySelector(".bubble");
  if (!bubble) return;
  const bar = bubble.querySelector("progress") ?? bubble.appendChild(element("progress"));
  bar.setAttribute("aria-label", spoken.uploading);
  if (part < 1) bar.value = part;
  else bar.removeAttribute("value");
}

/** The message with this id is not sent; `retry` sends it again, null where that is no use. */
export function fail(id, words, retry) {
  const bubble = pending.get(id);
  if (!bubble) return;
  bubble.querySelector(".trouble")?.remove();
  bubble.querySelector("progress")?.remove();
  bubble.classList.add("failed");
  const trouble = element("p", "trouble", words);
  if (retry) {
    const button = element("button", "", spoken.retry);
    button.type = "button";
    button.addEventListener("click", retry);
    trouble.append(" ", button);
  } else {
    pending.delete(id); // it stays where it was said: what comes later stands below it
    bubble.classList.remove("pending");
  }
  bubble.append(trouble);
  showTyping(false);
}

// The transcript begins anew: what stood here was erased.
function clear() {
  log.replaceChildren(...log.querySelectorAll(".pending"));
  day = "";
}

// Lines come in order: one that the server kept and that later lines have passed is there no more.
function dropErased() {
  for (const [id, bubble] of pending) {
    if (!(Number(bubble.dataset.n) < last)) continue;
    pending.delete(id);
    bubble.remove();
  }
}

function addLine(line, onTap) {
  if (line.first && last) clear();
  last = line.n;
  const known = pending.get(line.id);
  if (line.author === "user") asked = line.n;
  if (known) {
    settle(line, known);
    return;
  }
  addDay(new Date(line.at), log.querySelector(".pending"));
  const bubble =
    line.author === "user"
      ? userBubble(line.text, new Date(line.at))
      : replyBubble(line, (button, chip) => onTap(button, chip, line.n));
  if (line.id) bubble.dataset.id = line.id;
  if (isLive) bubble.classList.add("fresh"); // comes in block by block; what is history is simply there
  log.insertBefore(bubble, log.querySelector(".pending"));
  if (line.author === "xize") freeChips();
}

function settle(line, bubble) {
  pending.delete(line.id);
  bubble.dataset.id = line.id;
  bubble.classList.remove("pending", "failed");
  for (const left of bubble.querySelectorAll(".trouble, progress")) left.remove();
  const earlier = log.querySelector(".pending");
  if (earlier && earlier.compareDocumentPosition(bubble) & Node.DOCUMENT_POSITION_FOLLOWING) {
    log.insertBefore(bubble, earlier);
  }
  addDay(new Date(line.at), bubble);
}

function addDay(moment, before) {
  const name = dayOf(moment);
  if (name === day) return;
  day = name;
  log.insertBefore(element("p", "day", name), before);
}

function freeChips() {
  for (const chip of log.querySelectorAll(".chip[aria-disabled]")) chip.removeAttribute("aria-disabled");
}

// An old question without an answer is not being answered any more.
function isAwaited(line) {
  return line.author === "user" && line.n === asked && Date.now() - new Date(line.at) < 60_000;
}

function showTyping(on) {
  clearTimeout(slowTimer);
  typing.hidden = !on;
  typingWords.textContent = on ? spoken.typing : "";
  if (on) slowTimer = setTimeout(() => (typingWords.textContent = spoken.slow), SLOW);
}

const newest = () => [...log.querySelectorAll(".line.xize")].at(-1);
const isAtEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;

/** Show the end; of a reply taller than the screen, its beginning. */
export function showEnd(reply) {
  news.hidden = true;
  const isTall = reply && reply.offsetHeight > scroller.clientHeight - NEAR;
  isFollowing = !isTall;
  if (isEmpty()) scroller.scrollTop = 0; // the welcome, from its beginning
  else scroller.scrollTop = isTall ? reply.offsetTop - 12 : scroller.scrollHeight;
  top = scroller.scrollTop;
}

news.textContent = spoken.new_lines;
news.addEventListener("click", () => {
  showEnd(null);
  scroller.focus({ preventScroll: true });
});
scroller.addEventListener(
  "scroll",
  () => {
    if (isAtEnd()) {
      isFollowing = true;
      news.hidden = true;
    } else if (scroller.scrollTop < top) {
      isFollowing = false;
    }
    top = scroller.scrollTop;
  },
  { passive: true },
);
// A picture has no height until it is there.
log.addEventListener("grown", () => isFollowing && showEnd(null));
// A phone's keyboard or a growing composer takes room from the talk, not the end from the reader.
new ResizeObserver(() => isFollowing && isLive && showEnd(null)).observe(scroller);
