// Keys: j k rows, Enter opens, x marks, / searches, g then a letter goes, ? helps. Off where the officer says so (WCAG 2.1.4).
const typing = (target) => target.closest('input:not([type=checkbox]),textarea,select,[contenteditable],#map');

const rows = () => [...document.querySelectorAll('[data-row]')].filter((row) => row.offsetParent !== null);

function step(by) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement.closest('[data-row]'));
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)];
  (next.querySelector('a,button') ?? next).focus();
  next.scrollIntoView({ block: 'nearest' });
}

/** Open the help, fetched when it is first asked for; the link leads to the same text as a page. */
async function help(link) {
  let dialog = document.getElementById('help');
  if (!dialog) {
    const answer = await fetch(link.href, { headers: { 'HX-Request-Type': 'partial' } });
    if (!answer.ok) return location.assign(link.href);
    dialog = document.createElement('dialog');
    dialog.id = 'help';
    dialog.setAttribute('aria-label', link.title);
    dialog.append(...new DOMParser().parseFromString(await answer.text(), 'text/html').body.childNodes);
    document.body.append(dialog);
  }
  dialog.showModal();
}

export function startKeyboard() {
  const link = document.getElementById('help-link');
  link?.addEventListener('click', (event) => {
    event.preventDefault();
    help(link);
  });
  if (document.documentElement.dataset.keys === 'off') return;
  let going = 0;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === 'Escape' && typing(event.target)) return event.target.blur();
    if (typing(event.target) || document.querySelector('dialog[open]')) return;
    const target = Date.now() - going < 1500 && document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
    going = 0;
    if (target) {
      event.preventDefault();
      return target.click();
    }
    const acts = {
      j: () => step(1),
      k: () => step(-1),
      x: () => document.activeElement.closest('[data-row]')?.querySelector('input[type=checkbox]')?.click(),
      g: () => (going = Date.now()),
      '/': () => document.getElementById('q')?.focus(),
      '?': () => link && help(link),
    };
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    acts[event.key]();
  });
}
