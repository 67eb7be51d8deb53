// Where the user writes: grows with the words, Enter sends, an input method's Enter does not.

import { byId, spoken, uploadLimit } from "./page.js";

const DRAFT = "xize.draft";
const form = byId("composer");
const words = byId("words");
const send = byId("send");
const file = byId("file");
const drop = byId("drop");
const notice = byId("notice");

/** `onText(text)` and `onFile(file)` hear what the user sends, each file by itself. */
export function compose({ onText, onFile }) {
  words.value = sessionStorage.getItem(DRAFT) ?? "";
  fit();
  words.addEventListener("input", fit);
  words.addEventListener("keydown", (event) => {
    // 229: Safari ends a composition before the Enter that ended it.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = words.value.trim();
    if (!text) return;
    onText(text);
    words.value = "";
    fit();
    words.focus();
  });
  takeFiles((chosen) => {
    tell(chosen.some((one) => one.size > uploadLimit) ? spoken.file_too_large : "");
    chosen.filter((one) => one.size <= uploadLimit).forEach(onFile);
  });
  if (matchMedia("(hover: hover)").matches) words.focus(); // a phone would open its keyboard
}

/** A sentence above the composer; "" takes it away. */
export function tell(sentence) {
  notice.textContent = sentence;
  notice.hidden = !sentence;
}

function fit() {
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight}px`;
  send.disabled = !words.value.trim();
  sessionStorage.setItem(DRAFT, words.value);
  if (words.value) tell("");
}

function takeFiles(take) {
  file.addEventListener("change", () => {
    take([...file.files]);
    file.value = "";
  });
  words.addEventListener("paste", (event) => {
    const pasted = [...event.clipboardData.files];
    if (!pasted.length) return;
    event.preventDefault();
    take(pasted);
  });
  const carriesFile = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && (drop.hidden = true));
  addEventListener("drop", (event) => {
    drop.hidden = true;
    if (!carriesFile(event)) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}
