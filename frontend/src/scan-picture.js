// Pictures of 16 bits: smaller copies, levels, edges, and the table that turns a count into a colour. No drawing here.

/** One picture: counts row by row. */
export class Picture {
  constructor(counts, width, height) {
    Object.assign(this, { counts, width, height });
    this.sizes = [this];
  }

  /** The picture halved so many times; each pixel is the rounded mean of four. */
  level(n) {
    while (this.sizes.length <= n) this.sizes.push(halved(this.sizes.at(-1)));
    return this.sizes[n];
  }

  /** How often each count occurs, among half a million pixels at most: a share of them is told as well by these. */
  get histogram() {
    if (!this.counted) {
      this.counted = new Uint32Array(65536);
      const { counts } = this;
      const step = (counts.length >> 19) | 1;
      for (let at = 0; at < counts.length; at += step) this.counted[counts[at]] += 1;
      this.seen = Math.ceil(counts.length / step);
    }
    return this.counted;
  }

  /** The counts below which so many shares of all pixels lie. */
  percentiles(...shares) {
    const found = [];
    const histogram = this.histogram;
    let sum = 0;
    let count = -1;
    for (const share of shares) {
      while (count < 65535 && sum <= share * this.seen) sum += histogram[(count += 1)];
      found.push(Math.max(count, 0));
    }
    return found;
  }
}

function halved({ counts, width, height }) {
  const w = Math.max(1, width >> 1);
  const h = Math.max(1, height >> 1);
  const small = new Uint16Array(w * h);
  const right = width > 1 ? 1 : 0;
  const below = height > 1 ? width : 0;
  for (let y = 0, to = 0; y < h; y += 1) {
    for (let from = y * 2 * width, end = to + w; to < end; to += 1, from += 2) {
      small[to] = (counts[from] + counts[from + right] + counts[from + below] + counts[from + below + right] + 2) >> 2;
    }
  }
  return { counts: small, width: w, height: h };
}

/** Where matter changes: the picture minus four times its blurred edges (an unsharp mask), in counts. */
export function edged({ counts, width, height }) {
  const sharp = new Uint16Array(counts.length);
  for (let y = 0; y < height; y += 1) {
    const up = y > 0 ? -width : 0;
    const down = y < height - 1 ? width : 0;
    for (let x = 0, at = y * width; x < width; x += 1, at += 1) {
      const left = x > 0 ? -1 : 0;
      const right = x < width - 1 ? 1 : 0;
      const around = counts[at + up] + counts[at + down] + counts[at + left] + counts[at + right];
      const value = counts[at] + 4 * counts[at] - around;
      sharp[at] = value < 0 ? 0 : value > 65535 ? 65535 : value;
    }
  }
  return new Picture(sharp, width, height);
}

/** A count on the scale of a mode, 0 to 1: as it is, or its logarithm. */
export const scaled = (count, mode) => (mode === 'log' ? Math.log(count + 1) / Math.log(65536) : count / 65535);

/** The window that shows all but the outermost half per cent on either side. */
export function auto(picture, mode) {
  const [low, high] = picture.percentiles(0.005, 0.995);
  const [from, to] = [scaled(low, mode), scaled(high, mode)];
  return { low: from, high: to > from ? to : from + 1 / 65535 };
}

// Pseudo-colour: black, blue, magenta, orange, yellow, white; lightness rises evenly, so that it reads without colour too.
const HEAT = [[0, 0, 0], [40, 20, 120], [150, 30, 130], [225, 90, 60], [250, 190, 60], [255, 255, 255]];
const SIGNED = [[20, 90, 200], [120, 170, 230], [245, 245, 245], [240, 160, 90], [190, 60, 10]];

function between(stops, t) {
  const place = t * (stops.length - 1);
  const first = Math.min(stops.length - 2, Math.floor(place));
  return stops[first].map((one, part) => Math.round(one + (stops[first + 1][part] - one) * (place - first)));
}

/** Count to colour (ABGR in one number), for all 65,536 counts: both ways of drawing use this one table. */
export function table({ low, high, mode, gamma, invert, palette }) {
  const colours = new Uint32Array(256);
  for (let grey = 0; grey < 256; grey += 1) {
    const [r, g, b] = palette === 'grey' ? [grey, grey, grey] : between(palette === 'signed' ? SIGNED : HEAT, grey / 255);
    colours[grey] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  const made = new Uint32Array(65536);
  const span = 1 / (high - low);
  for (let count = 0; count < 65536; count += 1) {
    const t = Math.min(1, Math.max(0, (scaled(count, mode) - low) * span));
    const bent = gamma === 1 ? t : t ** gamma;
    made[count] = colours[Math.round((invert ? 1 - bent : bent) * 255)];
  }
  return made;
}

/**
 * Areal density of a count, g/cm²; null where the scanner is not calibrated or the count says nothing.
 * @param steps Pairs of transmission (falling) and density (rising), as the calibration of the scanner gives them.
 */
export function density(count, { air, dark, steps }) {
  const through = (count - dark) / (air - dark);
  if (!steps?.length || !(through > 0)) return null;
  if (through >= steps[0][0]) return steps[0][1];
  for (let place = 1; place < steps.length; place += 1) {
    const [[t0, d0], [t1, d1]] = [steps[place - 1], steps[place]];
    if (through >= t1) return d0 + ((Math.log(t0) - Math.log(through)) / (Math.log(t0) - Math.log(t1))) * (d1 - d0);
  }
  return null;
}
