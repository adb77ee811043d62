// Entry of every page: htmx for fragments, and the small islands. Each page works without this file.
import 'htmx.org/dist/htmx.esm.min.js';
import { startClock } from './clock.js';
import { startKeyboard } from './keyboard.js';
import { startLive } from './live.js';
import { startForms } from './forms.js';

document.documentElement.classList.add('js');
startForms();
startKeyboard();
startClock();
startLive();
const map = document.getElementById('map');
if (map) import(new URL('./map.js', import.meta.url).href).then(({ draw }) => draw(map));
