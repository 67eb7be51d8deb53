// A link that leads into the talk: what it shows is asked for at once, an invitation when it is accepted.
// Joining shares what is said next with others, so no link may do it alone.

import { byId, spoken } from "./page.js";

const PAYLOAD = /^[\w-]{1,64}$/;
const invited = byId("invited");

/** `say(text, shown)` hears what the link asks for. */
export function opened(say) {
  const payload = new URLSearchParams(location.search).get("start") ?? "";
  if (!PAYLOAD.test(payload)) return;
  history.replaceState(null, "", "/"); // the address can be shared, the invitation in it not
  if (payload.startsWith("join_")) ask(() => say(`/start ${payload}`, spoken.invitation));
  else say(`/start ${payload}`, spoken.link);
}

function ask(accept) {
  const close = () => {
    invited.hidden = true;
    byId("words").focus();
  };
  byId("join").addEventListener("click", () => {
    close();
    accept();
  });
  byId("ignore").addEventListener("click", close);
  invited.hidden = false;
  byId("join").focus();
}
