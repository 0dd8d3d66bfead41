/**
 * A map in a form. What can draw it comes when the map is first on the screen. What is pointed out or drawn is written
 * into the form's own fields, and goes to the server as if it had been typed there.
 *
 *   <map-view data-map data-name><div data-kept></div></map-view> inside a fieldset with the fields of the component
 */
import { loadStyle } from '../lib/late_style.js';

/** @typedef {import('../lib/map_canvas.js').MapCanvas} MapCanvas */

class MapView extends HTMLElement {
  static observedAttributes = ['data-map'];
  /** @type {MapCanvas | undefined} */
  #canvas;
  /** @type {IntersectionObserver | undefined} */
  #watch;

  connectedCallback() {
    this.#watch = new IntersectionObserver((seen) => {
      if (seen.some((each) => each.isIntersecting)) this.#draw();
    });
    this.#watch.observe(this.#place);
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
    this.#canvas?.remove();
    this.#canvas = undefined;
  }

  attributeChangedCallback() {
    this.#canvas?.show(this.#data);
  }

  get #place() {
    return /** @type {HTMLElement} */ (this.querySelector('[data-kept]'));
  }

  get #data() {
    return JSON.parse(this.dataset.map ?? '{}');
  }

  async #draw() {
    this.#watch?.disconnect();
    const data = this.#data;
    const style = this.closest('form-page')?.getAttribute('data-map-style') ?? '';
    try {
      const [{ MapCanvas }] = await Promise.all([import('../lib/map_canvas.js'), loadStyle(style)]);
      if (!this.isConnected || this.#canvas) return;
      this.#canvas = new MapCanvas(this.#place, data, {
        name: this.dataset.name ?? '',
        point: (text) => this.#point(text),
        drawn: (tool, points) => this.#drawn(tool, points),
      });
    } catch {
      this.#place.textContent = data.words.failed;
    }
  }

  /** @template {HTMLElement} T @param {string} name @returns {T | null} a field of the component */
  #field(name) {
    return this.closest('fieldset')?.querySelector(`[data-map-${name}]`) ?? null;
  }

  /** @param {string} text */
  #point(text) {
    const field = /** @type {HTMLInputElement | null} */ (this.#field('point'));
    if (!field || field.readOnly) return;
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** @param {string} tool @param {string} points */
  #drawn(tool, points) {
    const shape = /** @type {HTMLSelectElement | null} */ (this.#field('shape'));
    const text = /** @type {HTMLTextAreaElement | null} */ (this.#field('points'));
    const add = /** @type {HTMLButtonElement | null} */ (this.#field('add'));
    if (!shape || !text || !add) return;
    shape.value = tool;
    text.value = points;
    add.form?.requestSubmit(add);
  }
}

customElements.define('map-view', MapView);
