/**
 * A map drawn by Leaflet: layers, a point, shapes, and tools to draw with. It knows nothing of the form around it.
 * Everything on it is in reach of the keyboard: arrow keys move the map, Enter takes its middle.
 */
import * as L from 'leaflet';
import { Drawing } from './map_drawing.js';
import { pointIcon } from './map_icon.js';

/**
 * @typedef {{ geometry: GeoJSON.Geometry, label: string, style: L.PathOptions }} Shape
 * @typedef {Record<string, unknown> & { url: string, type?: string }} Layer
 * @typedef {{
 *   layers: Layer[], center: L.LatLngTuple, zoom: number, fits: boolean, point: L.LatLngTuple | null, points: boolean,
 *   shapes: Shape[], tools: string[], toolWords: Record<string, string>, words: Record<string, string>,
 * }} MapData
 * @typedef {{ name: string, point: (text: string) => void, drawn: (tool: string, points: string) => void }} Told
 */

/** Where the reader was on each map, for when the page is shown anew. @type {Map<string, [L.LatLng, number]>} */
const places = new Map();

export class MapCanvas {
  /** @type {L.Map} */
  #map;
  /** @type {MapData} */
  #data;
  /** @type {Told} */
  #told;
  /** @type {L.Marker | undefined} */
  #marker;
  #shapes = L.featureGroup();
  /** @type {Drawing | undefined} */
  #drawing;

  /** @param {HTMLElement} place @param {MapData} data @param {Told} told */
  constructor(place, data, told) {
    this.#data = data;
    this.#told = told;
    const canvas = document.createElement('div');
    canvas.className = 'form-map-canvas';
    place.replaceChildren(canvas);
    this.#map = L.map(canvas, { zoomControl: false, attributionControl: false, scrollWheelZoom: false });
    L.control.attribution({ prefix: false }).addTo(this.#map);
    L.control.zoom({ zoomInTitle: data.words.zoomIn, zoomOutTitle: data.words.zoomOut }).addTo(this.#map);
    for (const layer of data.layers) layerOf(layer).addTo(this.#map);
    this.#shapes.addTo(this.#map);
    this.#name(canvas);
    const before = places.get(told.name);
    this.#map.setView(before?.[0] ?? data.center, before?.[1] ?? data.zoom);
    this.show(data);
    if (!before) this.#fit();
    this.#map.on('moveend', () => places.set(told.name, [this.#map.getCenter(), this.#map.getZoom()]));
    if (data.tools.length) this.#drawing = new Drawing(this.#map, place, data, told.drawn);
    if (data.points || data.tools.length) this.#listen(canvas);
  }

  /** Show what the data is now; the reader's place on the map stays. @param {MapData} data */
  show(data) {
    this.#data = data;
    this.#shapes.clearLayers();
    for (const shape of data.shapes) shapeOf(shape).addTo(this.#shapes);
    if (data.point) this.#mark(L.latLng(data.point));
    else this.#unmark();
  }

  remove() {
    this.#map.remove();
  }

  /** @param {HTMLElement} canvas */
  #name(canvas) {
    canvas.setAttribute('role', 'application');
    const { points, tools, words } = this.#data;
    canvas.setAttribute('aria-label', [this.#told.name, points || tools.length ? words.keys : ''].join('. '));
  }

  #fit() {
    const bounds = this.#shapes.getBounds();
    if (!this.#data.fits || !bounds.isValid()) return;
    if (this.#marker) bounds.extend(this.#marker.getLatLng());
    this.#map.fitBounds(bounds, { maxZoom: 14, padding: [20, 20] });
  }

  /** @param {HTMLElement} canvas */
  #listen(canvas) {
    this.#map.on('click', (event) => this.#take(event.latlng));
    canvas.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.target !== canvas) return;
      event.preventDefault(); // Enter in a form would send it
      this.#take(this.#map.getCenter());
    });
  }

  /** @param {L.LatLng} at */
  #take(at) {
    if (this.#drawing?.take(at) || !this.#data.points) return;
    const where = at.wrap();
    this.#mark(where);
    this.#told.point(`${where.lat.toFixed(6)}, ${where.lng.toFixed(6)}`);
  }

  /** @param {L.LatLng} at */
  #mark(at) {
    if (this.#marker) this.#marker.setLatLng(at);
    else {
      const options = { icon: pointIcon(), draggable: this.#data.points, keyboard: false, alt: '' };
      this.#marker = L.marker(at, options).addTo(this.#map);
      this.#marker.on('dragend', () => this.#marker && this.#take(this.#marker.getLatLng()));
    }
  }

  #unmark() {
    this.#marker?.remove();
    this.#marker = undefined;
  }
}

/** @param {Layer} layer @returns {L.Layer} */
function layerOf({ url, type, ...options }) {
  const known = /** @type {L.WMSOptions} */ (options);
  return type === 'WMS' ? L.tileLayer.wms(url, known) : L.tileLayer(url, known);
}

/** @param {Shape} shape @returns {L.Layer} */
function shapeOf({ geometry, label, style }) {
  const layer = L.geoJSON(geometry, {
    style: () => style,
    pointToLayer: (_feature, at) => L.marker(at, { icon: pointIcon(), keyboard: false, alt: label }),
  });
  if (label) {
    const words = document.createElement('span');
    words.textContent = label; // a text of the data, never HTML
    layer.bindTooltip(words);
  }
  return layer;
}
