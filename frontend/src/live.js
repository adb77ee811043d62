// Live news of the node: one SharedWorker per browser holds the one stream, so that any number of tabs stays alive.
const QUIET_MS = 2000;

function hear(news) {
  if (news.kind === 'notice') say(news);
  const changed = document.getElementById('changed');
  if (changed && news.kind === 'changed') {
    changed.hidden = false;
    const shown = changed.querySelector('output');
    shown.textContent = Number(shown.textContent || 0) + news.visits;
  }
  const here = document.querySelector('[data-visit]')?.dataset.visit;
  if (news.kind === 'changed' && here && news.which?.includes(here)) document.getElementById('stale')?.removeAttribute('hidden');
  wake();
}

/** Let the panels of the page that follow the node fetch themselves again, at most every two seconds. */
let waiting;
function wake() {
  waiting ??= setTimeout(() => {
    waiting = undefined;
    document.body.dispatchEvent(new CustomEvent('vigie-changed'));
  }, QUIET_MS);
}

function say({ text, href }) {
  const toast = document.createElement('p');
  toast.className = 'toast';
  const link = document.createElement('a');
  link.href = href;
  link.textContent = text;
  toast.append(link);
  document.getElementById('toasts').append(toast);
  setTimeout(() => toast.remove(), 12000);
}

export function startLive() {
  const { live, worker } = document.body.dataset;
  if (!live) return;
  if (!window.SharedWorker) {
    const stream = new EventSource(live);
    stream.onmessage = ({ data }) => hear(JSON.parse(data));
    return;
  }
  new BroadcastChannel('vigie').onmessage = ({ data }) => hear(data);
  new SharedWorker(worker, { name: live }).port.start();
}
