// Forms: ask before what cannot be taken back, send preferences when chosen, mark rows, close menus and messages.
function ask(form, submitter, text) {
  const dialog = document.getElementById('confirm');
  dialog.querySelector('p').textContent = text;
  dialog.returnValue = '';
  dialog.addEventListener(
    'close',
    () => {
      if (dialog.returnValue !== 'yes') return;
      form.dataset.confirmed = '1';
      form.requestSubmit(submitter);
      delete form.dataset.confirmed;
    },
    { once: true },
  );
  dialog.showModal();
}

function count() {
  const bar = document.getElementById('bulk');
  if (!bar) return;
  const marked = document.querySelectorAll('input[form=bulk][name=visit]:checked').length;
  bar.querySelector('output').textContent = marked;
  bar.classList.toggle('active', marked > 0);
}

export function startForms() {
  document.addEventListener(
    'submit',
    (event) => {
      const text = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
      if (!text || event.target.dataset.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(event.target, event.submitter, text);
    },
    true,
  );
  document.addEventListener('change', (event) => {
    const { target } = event;
    if (target.matches('[data-now]')) target.form.requestSubmit();
    if (target.id === 'mark-all')
      for (const box of document.querySelectorAll('input[form=bulk][name=visit]')) box.checked = target.checked;
    if (target.type === 'checkbox') count();
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-dismiss]')) event.target.closest('.toast')?.remove();
    if (event.target.closest('[data-print]')) window.print();
    for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    const menu = event.key === 'Escape' && document.querySelector('details.menu[open]');
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  document.addEventListener('htmx:after:swap', count);
  window.addEventListener('pageshow', count);
}
