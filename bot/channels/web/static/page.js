// What the server wrote into the page for its scripts, and the one door through which HTML comes in.

export const spoken = JSON.parse(document.body.dataset.spoken);
export const uploadLimit = Number(document.body.dataset.uploadLimit);
export const byId = (id) => document.getElementById(id);

// Replies are rendered by the server with every value escaped; nothing else ever becomes HTML.
const policy = window.trustedTypes?.createPolicy("xize", { createHTML: (html) => html });

/** The server's HTML of a reply as nodes. */
export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content;
}

/** An element with a class and plain text. */
export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** An id that no other page makes. */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
