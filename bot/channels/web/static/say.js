// Saying something: in order, each message once, however often the network fails. Messages wait in the
// browser's session until the server has them; a repeated message carries the same id.

import { freshId, spoken } from "./page.js";
import { detail, post } from "./post.js";

const WAITING = "xize.waiting";
const LONGEST = 15_000;
const waiting = JSON.parse(sessionStorage.getItem(WAITING) ?? "[]"); // as an earlier view left it
const TRIES = 4; // against a server that answers with its own error

/** `onKept(id, n)`, `onTrouble(id, words, retry)`: how a message fares; `onProgress(id, part)`: how much of
 * its file is there; `onLost()`: the cookie is gone. */
export class Saying {
  #queue = [];
  #busy = false;
  #wakeUp = null;

  constructor({ onKept, onTrouble, onProgress, onLost }) {
    this.onKept = onKept;
    this.onTrouble = onTrouble;
    this.onProgress = onProgress;
    this.onLost = onLost;
    addEventListener("online", () => this.hurry());
  }

  /** Messages that an earlier view of this page did not get away, as `[id, shown]`. */
  restore() {
    const known = new Set(this.#queue.map((message) => message.id));
    const left = waiting.filter((message) => !known.has(message.id));
    this.#queue.push(...left);
    this.#work();
    return left.map((message) => [message.id, message.shown]);
  }

  /** Send words (`{text}`), a press (`{tap, line}`) or a file (`{file}`); the message's id. */
  say(part, shown) {
    const message = { id: freshId(), part, shown, tries: 0 };
    this.#queue.push(message);
    this.#keep();
    this.#work();
    return message.id;
  }

  /** Try again now. */
  hurry() {
    this.#wakeUp?.();
  }

  async #work() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#queue.length) {
      const wait = await this.#attempt(this.#queue[0]);
      if (wait === null) {
        this.#queue.shift();
        this.#keep();
      } else {
        await this.#pause(wait);
      }
    }
    this.#busy = false;
  }

  /** Null when the message is settled, else how long to wait before the next try. */
  async #attempt(message) {
    message.tries += 1;
    let answer;
    try {
      answer = await post(message, (part) => this.onProgress(message.id, part));
    } catch {
      return this.#again(message, spoken.not_sent);
    }
    if (answer.ok) {
      this.onKept(message.id, (await answer.json()).n);
      return null;
    }
    if (answer.status === 401) this.onLost();
    const words = await detail(answer);
    if (answer.status === 429) {
      this.onTrouble(message.id, words, null, true);
      return 1000 * Number(answer.headers.get("Retry-After") ?? 2);
    }
    if (answer.status >= 500 && message.tries < TRIES) return this.#again(message, words);
    this.onTrouble(message.id, words, null);
    return null;
  }

  #again(message, words) {
    if (message.tries > 1) this.onTrouble(message.id, words, () => this.hurry());
    return Math.min(LONGEST, 500 * 2 ** message.tries);
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #keep() {
    const lasting = this.#queue.filter((message) => !message.part.file);
    sessionStorage.setItem(WAITING, JSON.stringify(lasting));
  }
}
