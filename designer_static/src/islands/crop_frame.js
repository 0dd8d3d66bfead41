/**
 * <crop-frame data-width data-height data-phrases> with a picture inside a form that has the fields left, top, width, height
 * and to_width: draws the part that stays. A drag on the picture begins a new part, inside it moves it, at a corner makes it
 * larger or smaller; so do the arrow keys at its buttons, with Shift ten times as far. The fields follow, and are followed.
 */
import { moved, place, STEPS, within } from '../lib/picture_part.js';

/** @typedef {import('../lib/picture_part.js').Box} Box */

const CORNERS = ['nw', 'ne', 'sw', 'se'];

/** @param {number} value @param {number} least @param {number} most */
const between = (value, least, most) => within(Math.round(value), least, most);

class CropFrame extends HTMLElement {
  #size = { width: 1, height: 1 };
  /** @type {Record<string, string>} */
  #phrases = {};
  #frame = document.createElement('div');
  #said = document.createElement('output');
  /** @type {{ what: string, from: [number, number], box: Box } | null} */
  #drag = null;

  connectedCallback() {
    if (this.#frame.isConnected) return;
    this.#size = { width: Number(this.dataset.width), height: Number(this.dataset.height) };
    this.#phrases = JSON.parse(this.dataset.phrases ?? '{}');
    this.#frame.className = 'crop-frame__part';
    this.#frame.setAttribute('role', 'group');
    this.#frame.setAttribute('aria-label', this.#phrases.frame ?? '');
    for (const what of ['move', ...CORNERS]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = `crop-frame__${what}`;
      button.dataset.what = what;
      button.setAttribute('aria-label', this.#phrases[what] ?? what);
      this.#frame.append(button);
    }
    this.#said.className = 'ds-sr-only';
    this.append(this.#frame, this.#said);
    this.addEventListener('pointerdown', (event) => this.#begin(event));
    this.addEventListener('pointermove', (event) => this.#dragged(event));
    for (const end of ['pointerup', 'pointercancel']) this.addEventListener(end, () => this.#end());
    this.#frame.addEventListener('keydown', (event) => this.#key(event));
    this.closest('form')?.addEventListener('input', () => this.#draw());
    this.#draw();
  }

  /** @param {string} name */
  #field(name) {
    const field = this.closest('form')?.elements.namedItem(name);
    return field instanceof HTMLInputElement ? field : null;
  }

  /** What the fields say; what they do not say, or cannot, is the whole picture. @returns {Box} */
  get #box() {
    const read = (/** @type {string} */ name) => Number.parseInt(this.#field(name)?.value ?? '', 10);
    const { width, height } = this.#size;
    const left = between(read('left') || 0, 0, width - 1);
    const top = between(read('top') || 0, 0, height - 1);
    return {
      left,
      top,
      width: between(read('width') || width, 1, width - left),
      height: between(read('height') || height, 1, height - top),
    };
  }

  /** @param {Box} box */
  #write(box) {
    const before = this.#field('width')?.value;
    const to = this.#field('to_width');
    // The new width stays what somebody has written; else it is that of the part.
    if (to && (to.value === before || !to.value)) to.value = String(box.width);
    for (const [name, value] of Object.entries(box)) {
      const field = this.#field(name);
      if (field) field.value = String(value);
    }
    this.#draw();
  }

  #draw() {
    place(this.#frame, this.#box, this.#size);
  }

  #say() {
    const box = /** @type {Record<string, number>} */ ({ ...this.#box });
    this.#said.value = (this.#phrases.now ?? '').replace(/\{(\w+)\}/g, (_, name) => String(box[name]));
  }

  /** A place of the pointer in pixels of the picture. @param {PointerEvent} event @returns {[number, number]} */
  #at(event) {
    const seen = this.getBoundingClientRect();
    const { width, height } = this.#size;
    return [
      between(((event.clientX - seen.left) * width) / seen.width, 0, width),
      between(((event.clientY - seen.top) * height) / seen.height, 0, height),
    ];
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    if (event.button !== 0) return;
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const what = button?.dataset.what ?? 'new';
    const from = this.#at(event);
    const whole = this.#box.width === this.#size.width && this.#box.height === this.#size.height;
    // The whole picture cannot be moved: a drag on it begins a part.
    this.#drag = { what: what === 'move' && whole ? 'new' : what, from, box: this.#box };
    this.setPointerCapture(event.pointerId);
    button?.focus();
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  #dragged(event) {
    if (!this.#drag) return;
    const { what, from, box } = this.#drag;
    const [x, y] = this.#at(event);
    if (what !== 'new') this.#change(what, box, x - from[0], y - from[1]);
    else if (x !== from[0] && y !== from[1])
      this.#write({
        left: Math.min(x, from[0]),
        top: Math.min(y, from[1]),
        width: Math.abs(x - from[0]),
        height: Math.abs(y - from[1]),
      });
  }

  #end() {
    if (this.#drag) this.#say();
    this.#drag = null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const button = event.target instanceof HTMLElement ? event.target.closest('button') : null;
    const step = STEPS[event.key];
    if (!button || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    this.#change(button.dataset.what ?? '', this.#box, step[0] * far, step[1] * far);
    this.#say();
  }

  /** Move the part, or one of its corners, as far as the picture goes. @param {string} what @param {Box} box @param {number} x @param {number} y */
  #change(what, box, x, y) {
    if (what === 'move') return this.#write(moved(box, this.#size, x, y));
    const { width, height } = this.#size;
    const right = box.left + box.width;
    const bottom = box.top + box.height;
    const left = what.endsWith('w') ? between(box.left + x, 0, right - 1) : box.left;
    const top = what.startsWith('n') ? between(box.top + y, 0, bottom - 1) : box.top;
    const newRight = what.endsWith('e') ? between(right + x, left + 1, width) : right;
    const newBottom = what.startsWith('s') ? between(bottom + y, top + 1, height) : bottom;
    this.#write({ left, top, width: newRight - left, height: newBottom - top });
  }
}

customElements.define('crop-frame', CropFrame);
