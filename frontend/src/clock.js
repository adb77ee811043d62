// The node's own running clock (a demonstration may run faster than ours), and relative times that keep up with it.
const UNITS = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
];

/** Words for a span of seconds, as the page's language says it: "in 3 hours". */
export function relative(seconds, language) {
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'short' }).format(Math.round(seconds / size), unit);
}

export function startClock() {
  const clock = document.getElementById('clock');
  if (!clock) return;
  const { lang } = document.documentElement;
  const { now, rate, zone } = clock.dataset;
  const started = performance.now();
  const nodeNow = () => Number(now) + (performance.now() - started) * Number(rate || 1);
  const words = new Intl.DateTimeFormat(lang, { weekday: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: zone });
  const tick = () => (clock.textContent = words.format(nodeNow()));
  const follow = () => {
    for (const shown of document.querySelectorAll('time[data-rel]'))
      shown.textContent = relative((Date.parse(shown.dateTime) - nodeNow()) / 1000, lang);
  };
  tick();
  setInterval(tick, 1000);
  setInterval(follow, 30000);
}
