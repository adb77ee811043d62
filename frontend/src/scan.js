// The page of one scan, and the pictures of the training page. Without this file the preview and the form still work.
import { density } from './scan-picture.js';
import { FRESH, View, fetched } from './scan-view.js';
import { Marks } from './scan-marks.js';
import { Regions } from './scan-regions.js';
import { startKeys, startOverlay } from './scan-keys.js';

const root = document.getElementById('scan');
const told = root.dataset;
const words = JSON.parse(told.words);
const [columns, rows] = [Number(told.columns), Number(told.rows)];
const number = (value, places) => new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: places, maximumFractionDigits: places }).format(value);
const facts = {
  rowMm: Number(told.rowMm), columnMm: Number(told.columnMm), steps: JSON.parse(told.density || '[]'),
  distance: (mm) => `${number(mm / 10, 1)} cm (${number(mm, 0)} mm)`,
};
const energies = { high: { url: told.high, air: Number(told.air), dark: Number(told.dark) }, low: { url: told.low, air: Number(told.airLow), dark: Number(told.darkLow) } };

const byId = (id) => document.getElementById(id);
const say = (code, values = {}) => {
  const text = Object.entries(values).reduce((all, [name, value]) => all.replaceAll(`{${name}}`, value), words[code] ?? '');
  byId('said').textContent = text;
};

const screens = root.querySelector('.screens');
const view = new View(root.querySelector('canvas.main'), told.way, Math.max(columns, rows));
const other = new View(root.querySelector('canvas.beside'), told.way, Math.max(columns, rows));
const regions = new Regions(byId('regions') ?? document.createElement('ul'), byId('region-row') ?? document.createElement('template'), say);
const marks = new Marks(root.querySelector('.marks'), view, regions, facts);
regions.after = () => marks.draw();
marks.findings = JSON.parse(told.findings || '[]');

const kept = new Map();
const asked = (url, many) => {
  if (!kept.has(url)) kept.set(url, fetched(url, columns, rows, many));
  return kept.get(url);
};
const picture = async (url) => (await asked(url, 1)).pictures[0];
const EITHER_SIDE = 0.1; // of 65,536 values, 320 to the g/cm²: 20 g/cm² to either side fill the colours
const PER_G_CM2 = 320; // as vigie.scanning.xray.beside
const state = { tool: 'window', energy: 'high', mode: 'one', reference: 0, pointer: null };

// ---- what is shown ----------------------------------------------------------------------------------------------
const pressed = (name, on) => root.querySelectorAll(`[data-act="${name}"]`).forEach((one) => one.setAttribute('aria-pressed', String(on)));
const references = [...(byId('reference')?.options ?? [])].map((one) => ({ ...one.dataset, label: one.textContent }));

function sliders() {
  for (const [id, value] of [['level', (view.low + view.high) / 2], ['width', view.high - view.low]]) if (byId(id)) byId(id).value = String(Math.round(value * 1000));
  if (byId('gamma')) byId('gamma').value = String(view.gamma);
}

view.addEventListener('drawn', () => {
  sliders();
  root.dataset.took = view.took.toFixed(1);
  if (state.mode !== 'side') return;
  const { x, y, scale, low, high, mode, gamma, invert, palette, edges } = view;
  other.measure();
  other.set({ x, y, scale, low, high, mode, gamma, invert, palette, edges, fitted: false });
});

async function energy(name) {
  if (!energies[name].url) return;
  state.energy = name;
  pressed('energy', name === 'low');
  view.show(await picture(energies[name].url), name === state.shown);
  state.shown = name;
}

/** Compare with the chosen reference, which is laid over this one on the server when it is first asked for. */
async function compare(mode) {
  clearInterval(state.flicker);
  const reference = references[state.reference];
  const wanted = state.mode === mode ? 'one' : mode;
  if (wanted !== 'one' && !reference) return say('no-reference');
  state.mode = wanted;
  for (const each of ['side', 'flicker', 'difference']) pressed(each, wanted === each);
  const own = await picture(energies[state.energy].url);
  let pair;
  if (wanted !== 'one') {
    byId('quality').textContent = words.waiting;
    try {
      pair = await asked(reference.beside, 2);
    } catch {
      byId('quality').textContent = '';
      return say('compare-fault');
    }
    if (state.mode !== wanted) return;
  }
  screens.dataset.mode = wanted;
  other.canvas.closest('figure').hidden = wanted !== 'side';
  view.measure();
  if (wanted === 'difference') {
    const { mode: scale, palette, low, high, edges } = view;
    state.before ??= { mode: scale, palette, low, high, edges };
    view.show(pair.pictures[1], true);
    view.set({ mode: 'linear', palette: 'signed', low: 0.5 - EITHER_SIDE, high: 0.5 + EITHER_SIDE, edges: false });
  } else {
    view.show(own, true);
    if (state.before) view.set(state.before);
    state.before = undefined;
  }
  if (wanted === 'side') {
    other.measure();
    other.show(pair.pictures[0], true);
    view.later();
  }
  if (wanted === 'flicker') {
    state.turn = () => view.show(view.picture === own ? pair.pictures[0] : own, true);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!calm) state.flicker = setInterval(state.turn, 700); // 0.7 Hz, far from the 3 Hz that WCAG 2.3.1 forbids
    state.turn();
  }
  const told = pair?.fault ? words.unlike : words.likeness?.replace('{likeness}', number(pair?.likeness ?? 0, 2));
  byId('quality').textContent = pair ? `${reference.label} · ${told}` : '';
  if (pair?.fault) say('unlike');
  else say(wanted === 'one' ? 'one' : `compare-${wanted}`, { reference: reference?.label ?? '' });
}

// ---- what the hand does -----------------------------------------------------------------------------------------
function tool(name) {
  state.tool = name;
  for (const each of ['window', 'hand', 'box', 'measure']) pressed(each, each === name);
  screens.dataset.tool = name;
  say(`tool-${name}`);
}

function narrowed(by, shift) {
  const [centre, width] = [(view.low + view.high) / 2 + shift * (view.high - view.low), (view.high - view.low) * by];
  view.set({ low: centre - width / 2, high: centre + width / 2 });
  say('window', { low: number(view.low * 100, 1), high: number(view.high * 100, 1) });
}

function pointed(event) {
  const [x, y] = view.at(event).map(Math.floor);
  const { counts, width, height } = view.picture;
  if (x < 0 || y < 0 || x >= width || y >= height) return (byId('readout').textContent = '');
  state.pointer = [x, y];
  const { air, dark } = energies[state.energy];
  const count = counts[y * width + x];
  const through = Math.max(0, (count - dark) / (air - dark));
  const heavy = density(count, { air, dark, steps: facts.steps });
  if (state.mode === 'difference') return (byId('readout').textContent = `${words.difference}: ${number((count - 32768) / PER_G_CM2, 1)}`);
  const mass = heavy === null ? words['not-calibrated'] : `${number(heavy, 1)} g/cm²`;
  byId('readout').textContent = `x ${number((x * facts.columnMm) / 1000, 2)} m · y ${number((y * facts.rowMm) / 1000, 2)} m · ${number(count, 0)} · ${number(through * 100, 2)} % · ${mass}`;
}

function hand() {
  const { canvas } = view;
  canvas.addEventListener('pointermove', pointed);
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    view.zoom(1.15 ** (event.deltaY < 0 ? 1 : -1), (event.clientX - box.left) * view.fine, (event.clientY - box.top) * view.fine);
  }, { passive: false });
  canvas.addEventListener('pointerdown', (event) => {
    if (!view.picture) return;
    const name = event.button === 1 || event.shiftKey ? 'hand' : state.tool;
    const start = view.at(event);
    let last = event;
    canvas.setPointerCapture(event.pointerId);
    const move = (next) => {
      const [dx, dy] = [next.clientX - last.clientX, next.clientY - last.clientY];
      last = next;
      if (name === 'hand') view.move(-dx * view.fine, -dy * view.fine);
      if (name === 'window') narrowed(Math.exp(dx / 200), dy / 400);
      if (name === 'measure') marks.length = [start, view.at(next)];
      if (name === 'measure') marks.draw();
    };
    const end = (next) => {
      canvas.removeEventListener('pointermove', move);
      if (name === 'box') marks.drawn(start, view.at(next), byId('reason')?.value);
      if (name === 'measure' && marks.length) say('length', { length: facts.distance(Math.hypot((marks.length[1][0] - start[0]) * facts.columnMm, (marks.length[1][1] - start[1]) * facts.rowMm)) });
    };
    canvas.addEventListener('pointermove', move);
    canvas.addEventListener('pointerup', end, { once: true });
  });
  canvas.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: [-40, 0], ArrowRight: [40, 0], ArrowUp: [0, -40], ArrowDown: [0, 40] }[event.key];
    if (!step) return;
    event.preventDefault();
    if (state.tool === 'measure') {
      const [from, to] = (marks.length ??= [[view.picture.width / 2, view.picture.height / 2], [view.picture.width / 2, view.picture.height / 2]]);
      marks.length = event.shiftKey ? [[from[0] + step[0] / 4, from[1] + step[1] / 4], to] : [from, [to[0] + step[0] / 4, to[1] + step[1] / 4]];
      marks.draw();
      say('length', { length: facts.distance(Math.hypot((marks.length[1][0] - marks.length[0][0]) * facts.columnMm, (marks.length[1][1] - marks.length[0][1]) * facts.rowMm)) });
    } else view.move(...step);
  });
}

// ---- what keys and buttons do -----------------------------------------------------------------------------------
function chosen(verdict) {
  const radio = document.querySelector(`input[name="verdict"][value="${verdict}"]`);
  if (!radio || radio.disabled) return;
  radio.checked = true;
  byId('give')?.focus();
  say('chosen', { verdict: radio.closest('label').textContent.trim() });
}

function toggled(name, on, changes, remode) {
  view.set(changes, remode);
  pressed(name, on);
  say(on ? name : `${name}-off`);
}

const acts = {
  window: () => tool('window'), hand: () => tool('hand'), box: () => tool('box'), measure: () => tool('measure'),
  auto: () => { view.set({}, true); say('auto'); },
  log: () => toggled('log', view.mode !== 'log', { mode: view.mode === 'log' ? 'linear' : 'log' }, true),
  invert: () => toggled('invert', !view.invert, { invert: !view.invert }),
  edges: () => toggled('edges', !view.edges, { edges: !view.edges }),
  colour: () => toggled('colour', view.palette === 'grey', { palette: view.palette === 'grey' ? 'heat' : 'grey' }),
  gamma: () => { view.set({ gamma: { 1: 0.6, 0.6: 1.6 }[view.gamma] ?? 1 }); say('gamma', { gamma: number(view.gamma, 1) }); },
  energy: () => energy(state.energy === 'high' ? 'low' : 'high'),
  reset: () => { view.set(FRESH, true); for (const name of ['invert', 'edges', 'colour']) pressed(name, false); pressed('log', true); view.fit(); say('reset'); },
  in: () => view.zoom(1.25), out: () => view.zoom(0.8),
  lighter: () => narrowed(1, -0.05), darker: () => narrowed(1, 0.05), narrower: () => narrowed(0.85, 0), wider: () => narrowed(1 / 0.85, 0),
  side: () => compare('side'), flicker: () => compare('flicker'), difference: () => compare('difference'),
  turn: () => { clearInterval(state.flicker); state.turn?.(); },
  nothing: () => chosen('nothing-seen'), hold: () => chosen('hold-and-visit'), second: () => chosen('second-reader'),
  yes: () => chosen('threat'), no: () => chosen('none'),
  next: () => byId('next')?.click(), list: () => byId('list')?.click(),
};

function controls() {
  root.addEventListener('click', (event) => {
    const name = event.target.closest('[data-act]')?.dataset.act;
    if (name && Object.hasOwn(acts, name)) acts[name]();
    const fold = event.target.closest('[data-fold]'); // on narrow screens the tools lie folded below the picture
    if (fold) fold.setAttribute('aria-expanded', String(fold.closest('.tools').classList.toggle('open')));
  });
  const slid = () => {
    const [level, width] = [Number(byId('level').value) / 1000, Number(byId('width').value) / 1000];
    view.set({ low: level - width / 2, high: level + width / 2 });
  };
  byId('level')?.addEventListener('input', slid);
  byId('width')?.addEventListener('input', slid);
  byId('gamma')?.addEventListener('input', () => view.set({ gamma: Number(byId('gamma').value) }));
  byId('reference')?.addEventListener('change', (event) => {
    const mode = state.mode;
    state.reference = event.target.selectedIndex;
    state.mode = 'one';
    if (mode !== 'one') compare(mode);
  });
}

async function start() {
  root.classList.add('live');
  controls();
  hand();
  acts.help = startOverlay(byId('scan-keys'), root.querySelector('[data-help]'));
  const reasons = [...(byId('reason')?.options ?? [])].map((one) => one.value);
  startKeys(JSON.parse(told.keys), acts, reasons.length ? (n) => reasons[n] && marks.placed(reasons[n], state.pointer) : null);
  tool(root.querySelector('[data-tool]')?.dataset.tool ?? 'window');
  view.measure();
  new ResizeObserver(() => view.picture && view.measure()).observe(screens);
  try {
    view.show(await picture(energies.high.url));
    state.shown = 'high';
    view.draw();
    root.classList.add('exact');
    Object.assign(root.dataset, { exact: performance.now().toFixed(1), drawnBy: view.way.name });
    say('exact', { columns: number(columns, 0), rows: number(rows, 0) });
  } catch (fault) {
    byId('fault').hidden = false;
    root.dataset.fault = fault.message;
  }
}

root.view = view; // for whoever measures: what is drawn, and how long it took
start();
