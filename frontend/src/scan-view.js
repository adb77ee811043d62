// One picture on the screen: zoom, place, window and level; what it shows is drawn at most once a frame.
import { Picture, auto, edged, table } from './scan-picture.js';
import { drawing, places } from './scan-drawing.js';

export const FRESH = { mode: 'log', gamma: 1, invert: false, palette: 'grey', edges: false };

export class View extends EventTarget {
  constructor(canvas, wish, largest) {
    super();
    this.way = drawing(canvas, wish, largest);
    this.canvas = this.way.canvas;
    Object.assign(this, FRESH, { low: 0, high: 1, scale: 1, x: 0, y: 0, fitted: true, sharp: new WeakMap() });
  }

  /** Show a picture; the place and the window stay where `keep` says so. */
  show(picture, keep = false) {
    const same = this.picture && this.picture.width === picture.width && this.picture.height === picture.height;
    this.picture = picture;
    if (!keep) Object.assign(this, auto(picture, this.mode));
    if (this.fitted || !same) this.fit();
    this.later();
  }

  get shown() {
    if (!this.edges) return this.picture;
    if (!this.sharp.has(this.picture)) this.sharp.set(this.picture, edged(this.picture));
    return this.sharp.get(this.picture);
  }

  set(changes, remode = false) {
    Object.assign(this, changes);
    if (remode) Object.assign(this, auto(this.picture, this.mode));
    this.high = Math.max(this.high, this.low + 1 / 65535);
    this.later();
  }

  /** Make the canvas as fine as the screen. */
  measure() {
    const box = this.canvas.getBoundingClientRect();
    const fine = Math.min(devicePixelRatio || 1, 2);
    const [w, h] = [Math.max(1, Math.round(box.width * fine)), Math.max(1, Math.round(box.height * fine))];
    this.fine = fine;
    if (this.canvas.width === w && this.canvas.height === h) return;
    Object.assign(this.canvas, { width: w, height: h });
    if (this.picture && this.fitted) this.fit();
    this.later();
  }

  fit() {
    const { width: w, height: h } = this.canvas;
    this.scale = Math.min(w / this.picture.width, h / this.picture.height);
    this.x = (this.picture.width - w / this.scale) / 2;
    this.y = (this.picture.height - h / this.scale) / 2;
    this.fitted = true;
    this.later();
  }

  /** Zoom so that one point of the canvas (its own pixels) keeps its place. */
  zoom(by, px = this.canvas.width / 2, py = this.canvas.height / 2) {
    const scale = Math.min(16, Math.max(0.02, this.scale * by));
    this.x += px / this.scale - px / scale;
    this.y += py / this.scale - py / scale;
    Object.assign(this, { scale, fitted: false });
    this.later();
  }

  move(dx, dy) {
    this.x += dx / this.scale;
    this.y += dy / this.scale;
    this.fitted = false;
    this.later();
  }

  /** Point of the picture under a point of the page. */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * this.fine) / this.scale + this.x, ((event.clientY - box.top) * this.fine) / this.scale + this.y];
  }

  /** Point of the page's layout (its own pixels, from the canvas) of a point of the picture. */
  over(x, y) {
    return [((x - this.x) * this.scale) / this.fine, ((y - this.y) * this.scale) / this.fine];
  }

  later() {
    this.waits ??= requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (!this.picture) return;
    if (this.waits) cancelAnimationFrame(this.waits);
    this.waits = undefined;
    const began = performance.now();
    const halvings = Math.max(0, Math.min(4, Math.floor(Math.log2(1 / this.scale))));
    const level = this.shown.level(halvings);
    const shrunk = 2 ** halvings;
    const columns = places(this.canvas.width, level.width, this.scale * shrunk, this.x / shrunk);
    const rows = places(this.canvas.height, level.height, this.scale * shrunk, this.y / shrunk);
    this.way.draw(level, columns, rows, table(this));
    this.took = performance.now() - began;
    this.dispatchEvent(new Event('drawn'));
  }
}

const MOST_PIXELS = 32_000_000; // as the server: vigie.scanning.LARGEST_PIXELS

/** Fetch pictures of one size: counts of 16 bits, low byte first, row by row, one after the other. */
export async function fetched(url, width, height, many = 1) {
  const size = width * height * 2;
  if (!(width > 0 && height > 0 && width * height <= MOST_PIXELS)) throw new Error('size');
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  const bytes = await answer.arrayBuffer();
  if (bytes.byteLength !== size * many) throw new Error('size');
  const pictures = Array.from({ length: many }, (_, n) => new Picture(new Uint16Array(bytes, n * size, width * height), width, height));
  return { pictures, likeness: Number(answer.headers.get('x-likeness')), fault: answer.headers.get('x-fault') };
}
