// One line of the talk as elements. A user's words are set as text, never as HTML.

import { timeOf } from "./days.js";
import { element, fragment, spoken } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const THUMB = "M7 10.5v9H4v-9zm2.8 0L13 3.7c1.5 0 2.4 1.1 2.1 2.5l-.7 3.3h4.5c1.1 0 1.9 1 1.6 2l-1.6 6.3c-.2 1-1.1 1.7-2.1 1.7H9.8z";

/** What a thumb says in words, where a tap is one; it stays out of the way of the next steps. */
export function opinionOf(tap) {
  const [verb, , reason] = tap.split(":");
  return !reason && (verb === "liked" || verb === "disliked") ? verb : "";
}

/** A bubble of the user's. `at` is a Date. */
export function userBubble(text, at) {
  const line = element("article", "line user");
  const bubble = element("div", "bubble");
  bubble.append(element("span", "spoken", `${spoken.you}: `), element("p", "", text));
  line.append(bubble, foot(at));
  return line;
}

/** A bubble of ours with its files and buttons; `onTap(button, chip)` is called for a pressed one. */
export function replyBubble(line, onTap) {
  const article = element("article", "line xize");
  article.lang = line.language;
  const bubble = element("div", "bubble");
  bubble.append(element("span", "spoken", `${spoken.xize}: `), fragment(line.html));
  for (const file of line.files) bubble.append(...(isPicture(file) ? [picture(file)] : []), fileLink(file));
  article.append(bubble);
  if (line.buttons.length) article.append(chips(line.buttons, onTap));
  article.append(foot(new Date(line.at)));
  return article;
}

function foot(at) {
  const time = element("time", "at", timeOf(at));
  time.dateTime = at.toISOString();
  return time;
}

const isPicture = (file) => file.name.endsWith(".png");

// Seen without being fetched first; one that is gone by now leaves no broken frame.
function picture(file) {
  const image = element("img", "picture");
  image.alt = file.name;
  image.addEventListener("load", () => image.dispatchEvent(new Event("grown", { bubbles: true })));
  image.addEventListener("error", () => image.remove());
  image.src = file.url;
  return image;
}

function fileLink(file) {
  const link = element("a", "file", file.name);
  link.href = file.url;
  link.download = file.name;
  link.setAttribute("aria-label", `${spoken.download} ${file.name}`);
  return link;
}

function chips(buttons, onTap) {
  const row = element("div", "chips");
  row.setAttribute("role", "group");
  const thumbs = element("span", "thumbs"); // both on one line, wherever the row breaks
  for (const button of buttons) {
    if (button.url) row.append(linkChip(button));
    else (opinionOf(button.tap) ? thumbs : row).append(tapChip(button, onTap));
  }
  if (thumbs.childElementCount) row.append(thumbs);
  return row;
}

function tapChip(button, onTap) {
  const opinion = opinionOf(button.tap);
  const chip = opinion ? thumb(opinion) : element("button", "chip", button.label);
  chip.type = "button";
  chip.addEventListener("click", () => {
    if (chip.getAttribute("aria-disabled") !== "true") onTap(button, chip);
  });
  return chip;
}

// Drawn by us: not every screen has the sign.
function thumb(opinion) {
  const chip = element("button", `chip opinion ${opinion}`);
  chip.setAttribute("aria-label", spoken[opinion]);
  chip.title = spoken[opinion];
  const drawing = chip.appendChild(document.createElementNS(SVG, "svg"));
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.appendChild(document.createElementNS(SVG, "path")).setAttribute("d", THUMB);
  return chip;
}

function linkChip(button) {
  const chip = element("a", "chip", button.label);
  const target = new URL(button.url, location.href);
  if (target.protocol === "https:" || target.protocol === "http:") chip.href = target.href;
  chip.target = "_blank";
  chip.rel = "noopener noreferrer";
  return chip;
}
