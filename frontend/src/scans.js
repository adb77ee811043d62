// The list of scans: files are dropped or chosen, how far they are is shown, and what became of each. Without this file the form sends itself.
const form = document.getElementById('bring');

function bring() {
  const [input, bar, said, shown] = [form.querySelector('input[type=file]'), form.querySelector('progress'), document.getElementById('bring-said'), document.getElementById('brought')];
  const { most, mb, sent, reading, broken, many } = form.dataset;

  const end = (text) => {
    bar.hidden = true;
    said.textContent = text;
    form.querySelector('button').disabled = false;
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const files = [...input.files];
    const size = files.reduce((sum, one) => sum + one.size, 0) / 2 ** 20;
    if (files.length > Number(most) || size > Number(mb)) return end(many.replace('{n}', files.length).replace('{mb}', Math.ceil(size)));
    const asked = new XMLHttpRequest(); // fetch tells nothing of how much was sent
    asked.open('POST', form.action);
    asked.setRequestHeader('hx-request-type', 'partial');
    asked.upload.addEventListener('progress', ({ loaded, total }) => {
      bar.value = total ? (100 * loaded) / total : 0;
      said.textContent = loaded < total ? sent.replace('{percent}', Math.floor(bar.value)) : reading;
    });
    asked.addEventListener('error', () => end(broken));
    asked.addEventListener('load', () => {
      end('');
      if (asked.status === 401) return location.assign('/sign-in');
      const told = new DOMParser().parseFromString(asked.responseText, 'text/html');
      shown.replaceChildren(...told.body.childNodes);
      if (asked.status < 300) form.reset();
    });
    bar.hidden = false;
    bar.value = 0;
    form.querySelector('button').disabled = true;
    shown.replaceChildren();
    asked.send(new FormData(form));
  });

  for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
      if (kind === 'drop' && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        form.requestSubmit();
      }
    });
  }
}

if (form) bring();
