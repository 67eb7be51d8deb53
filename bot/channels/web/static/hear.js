// Hearing what is new: a stream of events; where it breaks or is blocked, plain questions; always again.

const SILENCE = 40_000; // milliseconds without a heartbeat: the stream is dead, whatever the browser thinks
const GRACE = 2_500; // milliseconds until a break is worth a word
const POLL = 3_000;
const LONGEST = 15_000;

/** `onLines(lines)` gets what is new, `onState("live" | "lost" | "offline" | "unknown")` how we are
 * connected, `after()` tells the newest number shown. */
export class Hearing {
  #source = null;
  #watchdog = 0;
  #graceTimer = 0;
  #again = 0;
  #failures = 0;
  #turn = 0; // of recoveries begun: an older one gives way

  constructor({ onLines, onState, after }) {
    this.onLines = onLines;
    this.onState = onState;
    this.after = after;
    addEventListener("online", () => this.recover());
    addEventListener("offline", () => this.onState("offline"));
    addEventListener("pageshow", (event) => event.persisted && this.recover());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.#source?.readyState !== EventSource.OPEN) this.recover();
    });
  }

  /** Read what is missing, then listen. Called again after every break. */
  async recover() {
    const turn = ++this.#turn;
    this.#close();
    clearTimeout(this.#again);
    try {
      await this.#readMissing();
      if (turn !== this.#turn) return;
      this.#live();
    } catch (error) {
      if (turn !== this.#turn) return;
      if (error.status === 401) {
        this.onState("unknown");
        return;
      }
      this.#failures += 1;
      this.#lost();
      this.#later(Math.min(LONGEST, 1000 * 2 ** this.#failures));
      return;
    }
    this.#listen();
  }

  async #readMissing() {
    for (let more = true; more; ) {
      const answer = await fetch(`/chat/messages?after=${this.after()}`, { signal: AbortSignal.timeout(15_000) });
      if (!answer.ok) throw Object.assign(new Error(answer.statusText), { status: answer.status });
      const page = await answer.json();
      this.onLines(page.lines);
      more = page.more;
    }
  }

  #listen() {
    const source = new EventSource(`/chat/events?after=${this.after()}`);
    this.#source = source;
    this.#watch();
    source.addEventListener("line", (event) => {
      this.#watch();
      this.onLines([JSON.parse(event.data)]);
    });
    source.addEventListener("beat", () => {
      this.#watch();
      this.#live();
    });
    source.addEventListener("error", () => {
      this.#close();
      this.#failures += 1;
      if (this.#failures === 1) this.#lost();
      // Where plain questions work and streams do not, these questions are the way to hear.
      this.#later(this.#failures > 1 ? POLL : 500);
    });
  }

  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.recover(), SILENCE);
  }

  #later(milliseconds) {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.recover(), milliseconds);
  }

  #close() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#watchdog);
  }

  #live() {
    clearTimeout(this.#graceTimer);
    this.#graceTimer = 0;
    if (this.#source?.readyState === EventSource.OPEN) this.#failures = 0;
    this.onState("live");
  }

  #lost() {
    this.#graceTimer ||= setTimeout(() => this.onState(navigator.onLine ? "lost" : "offline"), GRACE);
  }
}
