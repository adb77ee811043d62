// The route of one container, or flows of findings, on a map that lies on this host: one PMTiles file, drawn on a canvas, no graphics card needed.
import Map from 'ol/Map.js';
import View from 'ol/View.js';
import Feature from 'ol/Feature.js';
import LineString from 'ol/geom/LineString.js';
import Point from 'ol/geom/Point.js';
import VectorLayer from 'ol/layer/Vector.js';
import VectorTileLayer from 'ol/layer/VectorTile.js';
import VectorSource from 'ol/source/Vector.js';
import Zoom from 'ol/control/Zoom.js';
import { defaults as interactions } from 'ol/interaction/defaults.js';
import { fromLonLat } from 'ol/proj.js';
import { Circle, Fill, RegularShape, Stroke, Style, Text } from 'ol/style.js';
import { PMTilesVectorSource } from 'ol-pmtiles';

/** A colour of the style sheet, resolved for the theme in force (a custom property alone would still say `light-dark`). */
function colour(name) {
  const probe = document.querySelector('#map, .map');
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

/** Points of the great circle between two places (degrees), not wrapped at the date line. */
export function arc([lon1, lat1], [lon2, lat2], steps = 64) {
  const rad = Math.PI / 180;
  const unit = (lon, lat) => [Math.cos(lat * rad) * Math.cos(lon * rad), Math.cos(lat * rad) * Math.sin(lon * rad), Math.sin(lat * rad)];
  const [a, b] = [unit(lon1, lat1), unit(lon2, lat2)];
  const angle = Math.acos(Math.min(1, Math.max(-1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
  if (angle < 1e-6) return [[lon1, lat1], [lon2, lat2]];
  const points = [];
  let last = lon1;
  for (let step = 0; step <= steps; step += 1) {
    const [s, t] = [Math.sin((1 - step / steps) * angle) / Math.sin(angle), Math.sin((step / steps) * angle) / Math.sin(angle)];
    const [x, y, z] = [0, 1, 2].map((axis) => s * a[axis] + t * b[axis]);
    let lon = Math.atan2(y, x) / rad;
    while (lon - last > 180) lon -= 360;
    while (lon - last < -180) lon += 360;
    last = lon;
    points.push([lon, Math.atan2(z, Math.hypot(x, y)) / rad]);
  }
  return points;
}

function features(stops) {
  const found = [];
  let shift = 0;
  stops.forEach((stop, place) => {
    if (place > 0) {
      const before = stops[place - 1];
      const line = arc([before.lon, before.lat], [stop.lon, stop.lat]).map(([lon, lat]) => [lon + shift, lat]);
      shift += line.at(-1)[0] - shift - stop.lon;
      found.push(new Feature({ geometry: new LineString(line.map((point) => fromLonLat(point))), planned: stop.planned }));
    }
    found.push(new Feature({ geometry: new Point(fromLonLat([stop.lon + shift, stop.lat])), label: stop.label, last: place === stops.length - 1, planned: stop.planned }));
  });
  return found;
}

/** Lines from where findings came to where they were made, as wide as there are findings; each end stands once. */
function flowed(flows) {
  const most = Math.max(...flows.map((flow) => flow.n));
  const ends = {};
  const lines = flows.map((flow) => {
    const line = arc(flow.from, flow.to);
    ends[flow.port] = { at: line.at(-1), last: true };
    ends[flow.route] ??= { at: flow.from, last: false, planned: true };
    return new Feature({ geometry: new LineString(line.map((point) => fromLonLat(point))), width: 1 + (9 * flow.n) / most });
  });
  const points = Object.entries(ends).map(
    ([label, { at, last, planned }]) => new Feature({ geometry: new Point(fromLonLat(at)), label, last, planned }),
  );
  return [...lines, ...points];
}

function style(feature) {
  const line = colour('--accent');
  if (feature.getGeometry() instanceof LineString)
    return new Style({ stroke: new Stroke({ color: line, width: feature.get('width') ?? 2.5, lineDash: feature.get('planned') ? [6, 6] : undefined }) });
  const fill = new Fill({ color: feature.get('planned') ? colour('--surface') : line });
  const stroke = new Stroke({ color: line, width: 2 });
  const declutterMode = 'none'; // ends of flows and a ship's last positions lie close: labels give way, marks do not
  const radius = feature.get('label') ? 5 : 3; // where the ship was seen between its ports
  return new Style({
    zIndex: feature.get('last') ? 2 : feature.get('label') ? 1 : 0,
    image: feature.get('last') ? new RegularShape({ points: 4, radius: 8, fill, stroke, declutterMode }) : new Circle({ radius, fill, stroke, declutterMode }),
    text: new Text({
      text: feature.get('label'),
      font: '600 13px system-ui, sans-serif',
      offsetY: -16,
      fill: new Fill({ color: colour('--ink') }),
      stroke: new Stroke({ color: colour('--map-sea'), width: 4 }),
    }),
  });
}

/** Draws a map; and those of the other lives of a number that is two boxes, which stand on the same page. */
export function draw(element) {
  for (const each of new Set([element, ...document.querySelectorAll('.map')])) drawn(each);
}

function drawn(element) {
  const { zoomin, zoomout, tiles, stops, flows } = element.dataset;
  const countries = new VectorTileLayer({
    source: new PMTilesVectorSource({ url: tiles }),
    style: () => new Style({ fill: new Fill({ color: colour('--map-land') }), stroke: new Stroke({ color: colour('--map-border'), width: 0.8 }) }),
  });
  const source = new VectorSource({ features: flows ? flowed(JSON.parse(flows)) : features(JSON.parse(stops)) });
  const route = new VectorLayer({ source, style, declutter: true });
  const map = new Map({
    target: element,
    layers: [countries, route],
    controls: [new Zoom({ zoomInTipLabel: zoomin, zoomOutTipLabel: zoomout })],
    interactions: interactions({ mouseWheelZoom: false }),
    view: new View({ center: [0, 2e6], zoom: 1, maxZoom: 8, multiWorld: true }),
  });
  if (source.getFeatures().length) map.getView().fit(source.getExtent(), { padding: [44, 44, 32, 44], maxZoom: 5 });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    countries.changed();
    route.changed();
  });
  map.once('rendercomplete', () => (element.dataset.drawn = 'yes'));
}
