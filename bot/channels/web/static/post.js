// One message to the server. A file goes by the older kind of request, which tells how much of it is there.

import { spoken } from "./page.js";

const PATIENCE = 60_000; // milliseconds without an answer

/** The server's answer; rejects where there is none. `onProgress(part)` hears 0 to 1 for a file. */
export function post({ id, part }, onProgress) {
  return part.file ? postFile(id, part.file, onProgress) : postWords({ id, ...part });
}

/** The sentence with which a message was refused. */
export async function detail(answer) {
  try {
    return (await answer.json()).detail;
  } catch {
    return spoken.not_sent;
  }
}

function postWords(message) {
  return fetch("/chat/messages", {
    method: "POST",
    headers: { "X-Xize": "1", "Content-Type": "application/json" },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(PATIENCE),
  });
}

function postFile(id, file, onProgress) {
  const form = new FormData();
  form.append("id", id);
  form.append("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/chat/messages");
    request.setRequestHeader("X-Xize", "1");
    let watchdog = 0;
    const watch = () => {
      clearTimeout(watchdog); // a large file on a slow line is no reason to give up while it moves
      watchdog = setTimeout(() => request.abort(), PATIENCE);
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      watch();
      onProgress(total ? loaded / total : 0);
    });
    request.addEventListener("load", () => resolve(answerOf(request)));
    for (const end of ["error", "abort"]) request.addEventListener(end, () => reject(new Error(end)));
    request.addEventListener("loadend", () => clearTimeout(watchdog));
    watch();
    request.send(form);
  });
}

function answerOf(request) {
  const wait = request.getResponseHeader("Retry-After");
  return new Response(request.responseText, {
    status: request.status,
    headers: wait === null ? {} : { "Retry-After": wait },
  });
}
