/**
 * Tools to draw on a map with: one begins with a button, takes points that are pressed (or the middle of the map), and
 * gives them as the form's field takes them: "latitude, longitude" line by line, a circle as its middle and radius.
 */
import * as L from 'leaflet';

/** How many points a tool needs at least, and how many at most. @type {Record<string, [number, number]>} */
const POINTS = {
  marker: [1, 1],
  polyline: [2, 1000],
  polygon: [3, 1000],
  rectangle: [2, 2],
  circle: [2, 2],
};

export class Drawing {
  #map;
  #bar = document.createElement('div');
  #words;
  #toolWords;
  #tools;
  #drawn;
  #tool = '';
  /** @type {L.LatLng[]} */
  #points = [];
  #sketch = L.featureGroup();

  /**
   * @param {L.Map} map @param {HTMLElement} place where the buttons go
   * @param {import('./map_canvas.js').MapData} data @param {(tool: string, points: string) => void} drawn
   */
  constructor(map, place, { tools, toolWords, words }, drawn) {
    this.#map = map;
    this.#tools = tools;
    this.#words = words;
    this.#toolWords = toolWords;
    this.#drawn = drawn;
    this.#sketch.addTo(map);
    this.#bar.className = 'form-buttons form-map-tools';
    this.#bar.setAttribute('role', 'group');
    this.#bar.setAttribute('aria-label', words.draw ?? '');
    this.#bar.addEventListener('click', (event) => this.#pressed(event));
    place.append(this.#bar);
    this.#show();
  }

  /** @param {L.LatLng} at @returns {boolean} whether the point belongs to what is being drawn */
  take(at) {
    if (!this.#tool) return false;
    this.#points.push(at.wrap());
    if (this.#points.length === (POINTS[this.#tool]?.[1] ?? 1)) this.#finish();
    else this.#show();
    return true;
  }

  /** @param {Event} event */
  #pressed(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('button');
    const { tool, act } = button?.dataset ?? {};
    if (tool) this.#begin(tool);
    else if (act === 'finish') this.#finish();
    else if (act === 'undo') this.#points.pop();
    else if (act === 'cancel') this.#begin('');
    if (act === 'undo') this.#show();
  }

  /** @param {string} tool */
  #begin(tool) {
    this.#tool = tool;
    this.#points = [];
    this.#show();
    if (tool) this.#map.getContainer().focus();
  }

  #finish() {
    const tool = this.#tool;
    const points = tool === 'circle' ? circle(this.#points) : this.#points.map(text);
    this.#begin('');
    this.#drawn(tool, points.join('\n'));
  }

  #show() {
    const enough = this.#points.length >= (POINTS[this.#tool]?.[0] ?? 1);
    const open = (POINTS[this.#tool]?.[1] ?? 1) > 2;
    const { finish = '', undo = '', cancel = '', draw = '' } = this.#words;
    const buttons = this.#tool
      ? [
          open && enough ? button(finish, { act: 'finish' }) : '',
          this.#points.length ? button(undo, { act: 'undo' }) : '',
          button(cancel, { act: 'cancel' }),
        ]
      : this.#tools.map((tool) => button(this.#toolWords[tool] ?? tool, { tool }));
    const lead = document.createElement('span');
    lead.textContent = this.#tool ? `${draw} ${this.#toolWords[this.#tool]}` : draw;
    lead.setAttribute('aria-live', 'polite');
    this.#bar.replaceChildren(lead, ...buttons.filter((each) => each !== ''));
    this.#sketch.clearLayers();
    if (this.#points.length > 1) L.polyline(this.#points, { dashArray: '6' }).addTo(this.#sketch);
    for (const point of this.#points) L.circleMarker(point, { radius: 5 }).addTo(this.#sketch);
  }
}

/** @param {L.LatLng} point */
function text(point) {
  return `${point.lat.toFixed(6)}, ${point.lng.toFixed(6)}`;
}

/** @param {L.LatLng[]} points the middle and a point on the edge @returns {string[]} */
function circle([middle, edge]) {
  return middle && edge ? [text(middle), String(Math.round(middle.distanceTo(edge)))] : [];
}

/** @param {string} words @param {DOMStringMap} data @returns {HTMLButtonElement} */
function button(words, data) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'ds-button';
  made.dataset.variant = 'secondary';
  made.dataset.size = 'sm';
  made.textContent = words;
  Object.assign(made.dataset, data);
  return made;
}
