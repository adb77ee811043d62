// The regions of the form: one row of fields each, cloned from a template; the fields are what counts and what is sent.

export class Regions {
  constructor(list, template, say) {
    Object.assign(this, { list, template, say });
    list.addEventListener('input', () => this.changed());
    list.addEventListener('click', (event) => {
      const row = event.target.closest('[data-drop]')?.closest('li');
      if (row) this.drop([...this.rows].indexOf(row));
    });
  }

  get rows() {
    return this.list.querySelectorAll('li');
  }

  changed() {
    this.after?.();
  }

  field(row, name) {
    return row.querySelector(`[name="${name}"]`);
  }

  boxes() {
    return [...this.rows].map((row) => Object.fromEntries(['x', 'y', 'width', 'height'].map((name) => [name, Number(this.field(row, name).value) || 0])));
  }

  add(box, reason) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    this.list.append(row);
    if (reason) this.field(row, 'reason').value = reason;
    this.put(this.rows.length - 1, box);
    this.say('added', { n: this.rows.length });
    this.changed();
  }

  put(n, box) {
    for (const [name, value] of Object.entries(box)) this.field(this.rows[n], name).value = String(value);
  }

  drop(n) {
    this.rows[n]?.remove();
    this.say('dropped', { n: n + 1 });
    this.changed();
  }

  label(n) {
    const select = this.field(this.rows[n], 'reason');
    const { x, y, width, height } = this.boxes()[n];
    return `${n + 1}: ${select.selectedOptions[0]?.textContent ?? ''}, ${x}, ${y}, ${width} × ${height}`;
  }
}
