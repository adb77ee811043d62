// Keys of the reading room: what each does stands in one table, which key does it is the officer's own choice.

const typing = (target) => target.closest('input:not([type=checkbox]):not([type=radio]):not([type=range]),textarea,select,[contenteditable]');

/**
 * Listen for keys, before the keys of every page.
 * @param keys Action to key. acts: Action to what it does. placed: What a digit does.
 */
export function startKeys(keys, acts, placed) {
  const by = Object.fromEntries(Object.entries(keys).map(([action, key]) => [key, action]));
  let going = 0;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (typing(event.target) || document.querySelector('dialog[open]')) return;
    if (Date.now() - going < 1500) return (going = 0); // `g` and a letter goes to another page
    if (event.key === 'g' && !by.g) return (going = Date.now());
    const action = by[event.key];
    const digit = /^[1-9]$/.test(event.key) && placed && !action;
    if (!digit && !Object.hasOwn(acts, action ?? '')) return;
    if (document.documentElement.dataset.keys === 'off') return; // WCAG 2.1.4: single keys can be turned off
    event.preventDefault();
    event.stopPropagation();
    if (digit) placed(Number(event.key) - 1);
    else acts[action]();
  }, true);
}

/** The overlay with all keys, in which they can be changed; its form works like any other. */
export function startOverlay(dialog, opener) {
  opener?.addEventListener('click', () => dialog.showModal());
  dialog?.querySelector('[data-close]')?.addEventListener('click', () => dialog.close());
  return () => dialog.showModal();
}
