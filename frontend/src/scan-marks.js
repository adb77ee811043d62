// What lies over a picture: regions of the reader, findings of the machine, a length. Drawn in the page's own pixels.

const SVG = 'http://www.w3.org/2000/svg';
const SMALLEST = 4; // pixels of the picture: less is a slip of the hand

function element(name, values, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

/** Bring a region back into its picture. */
export function kept({ x, y, width, height }, picture) {
  const w = Math.round(Math.min(Math.max(width, 1), picture.width));
  const h = Math.round(Math.min(Math.max(height, 1), picture.height));
  return { x: Math.round(Math.min(Math.max(x, 0), picture.width - w)), y: Math.round(Math.min(Math.max(y, 0), picture.height - h)), width: w, height: h };
}

export class Marks {
  /** @param rows Reads and writes regions as the form has them: `boxes()`, `add(box, reason)`, `put(n, box)`, `drop(n)`, `label(n)`. */
  constructor(svg, view, rows, facts) {
    Object.assign(this, { svg, view, rows, facts, length: null, findings: [] });
    view.addEventListener('drawn', () => this.draw());
    svg.addEventListener('keydown', (event) => this.keyed(event));
    svg.addEventListener('pointerdown', (event) => this.taken(event));
  }

  box({ x, y, width, height }) {
    const [left, top] = this.view.over(x, y);
    const [right, bottom] = this.view.over(x + width, y + height);
    return { x: left, y: top, width: Math.max(right - left, 1), height: Math.max(bottom - top, 1) };
  }

  draw() {
    if (this.drawing) return; // focus moves while the marks are replaced
    this.drawing = true;
    const focus = this.svg.contains(document.activeElement) ? document.activeElement.dataset.region : undefined;
    this.svg.replaceChildren(
      ...this.findings.map((one) => this.finding(one)),
      ...this.rows.boxes().map((region, n) => this.region(region, n)),
      ...(this.length ? [this.line(this.length)] : []),
    );
    if (focus !== undefined) this.svg.querySelector(`[data-region="${focus}"]`)?.focus({ preventScroll: true });
    this.drawing = false;
  }

  region(region, n) {
    const box = this.box(region);
    return element('g', { class: 'region', tabindex: 0, role: 'button', 'data-region': n, 'aria-label': this.rows.label(n) },
      element('rect', box),
      element('text', { x: box.x + 3, y: box.y - 4 }, String(n + 1)),
      element('rect', { class: 'grip', x: box.x + box.width - 6, y: box.y + box.height - 6, width: 12, height: 12 }));
  }

  finding({ box: [x, y, width, height], text }) {
    const box = this.box({ x, y, width, height });
    return element('g', { class: 'finding' }, element('rect', box), element('text', { x: box.x + 3, y: box.y + box.height + 14 }, text));
  }

  line([from, to]) {
    const [a, b] = [this.view.over(...from), this.view.over(...to)];
    const { rowMm, columnMm } = this.facts;
    const mm = Math.hypot((to[0] - from[0]) * columnMm, (to[1] - from[1]) * rowMm);
    return element('g', { class: 'length' },
      element('line', { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }),
      element('text', { x: (a[0] + b[0]) / 2 + 6, y: (a[1] + b[1]) / 2 - 6 }, this.facts.distance(mm)));
  }

  /** Arrows move a region, with Shift they change its size, with Alt by single pixels; Delete takes it away. */
  keyed(event) {
    const n = Number(event.target.closest('[data-region]')?.dataset.region ?? -1);
    if (n < 0) return;
    const step = event.altKey ? 1 : 8;
    const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [0, 0];
    if (event.key === 'Delete' || event.key === 'Backspace') {
      this.rows.drop(n);
      this.view.canvas.focus();
    } else if (dx || dy) {
      const { x, y, width, height } = this.rows.boxes()[n];
      const next = event.shiftKey ? { x, y, width: width + dx, height: height + dy } : { x: x + dx, y: y + dy, width, height };
      this.rows.put(n, kept(next, this.view.picture));
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
  }

  /** A region is moved by its inside and sized by its corner. */
  taken(event) {
    const group = event.target.closest('[data-region]');
    if (!group || event.button) return;
    event.preventDefault();
    event.stopPropagation();
    const n = Number(group.dataset.region);
    const before = this.rows.boxes()[n];
    const start = this.view.at(event);
    const grip = event.target.classList.contains('grip');
    group.focus({ preventScroll: true });
    this.svg.setPointerCapture(event.pointerId);
    const move = (next) => {
      const [dx, dy] = this.view.at(next).map((one, axis) => one - start[axis]);
      const changed = grip ? { ...before, width: before.width + dx, height: before.height + dy } : { ...before, x: before.x + dx, y: before.y + dy };
      this.rows.put(n, kept(changed, this.view.picture));
      this.draw();
    };
    const end = () => this.svg.removeEventListener('pointermove', move);
    this.svg.addEventListener('pointermove', move);
    this.svg.addEventListener('pointerup', end, { once: true });
    this.svg.addEventListener('pointercancel', end, { once: true });
  }

  /** A region drawn between two points of the picture; a slip is none. */
  drawn(from, to, reason) {
    const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
    const [width, height] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
    if (width < SMALLEST || height < SMALLEST) return;
    this.rows.add(kept({ x, y, width, height }, this.view.picture), reason);
    this.draw();
  }

  /** A region in the middle of what is seen, or around the pointer; then it has the focus, and the arrows move it. */
  placed(reason, around) {
    const { canvas, picture, scale, x, y } = this.view;
    const size = Math.min(picture.width, picture.height) / 8;
    const [cx, cy] = around ?? [x + canvas.width / scale / 2, y + canvas.height / scale / 2];
    this.rows.add(kept({ x: cx - size / 2, y: cy - size / 2, width: size, height: size }, picture), reason);
    this.draw();
    this.svg.querySelector('[data-region]:last-of-type')?.focus({ preventScroll: true });
  }
}
