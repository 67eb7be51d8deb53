// Days and times as the reader's own clock shows them.

import { spoken } from "./page.js";

const language = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const thisYear = new Intl.DateTimeFormat(language, { month: "long", day: "numeric", weekday: "short" });
const otherYear = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", day: "numeric" });

export const timeOf = (moment) => clock.format(moment);

/** "Today", "Yesterday" or the date. */
export function dayOf(moment) {
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (moment.toDateString() === now.toDateString()) return spoken.today;
  if (moment.toDateString() === yesterday.toDateString()) return spoken.yesterday;
  return (moment.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(moment);
}
