import { takes } from '../domain/editor_positions.js';
import { acceptedBy, childrenElement, itemOf } from '../lib/canvas_dom.js';
import { placeOfNew } from '../lib/place_of_new.js';
import { Specimens } from '../lib/specimens.js';

/** @typedef {import('../domain/edit_queue.js').Edit} Edit */
/** @typedef {import('../domain/editor_positions.js').Position} Position */

/**
 * <early-drawing data-address>: shows a new component at once, as the server will draw it, and takes it back where the
 * answer says otherwise. `data-address` gives what new ones look like; until it has answered, the server draws them.
 */
class EarlyDrawing extends HTMLElement {
  #specimens = new Specimens();
  /** What the server has not answered yet, by its edit. @type {Map<string, { name: string, element: HTMLElement, place: Position }>} */
  #waiting = new Map();
  #gone = new AbortController();

  connectedCallback() {
    this.#gone = new AbortController();
    const editor = this.closest('draft-editor');
    /** @type {(name: string, then: (event: Event) => void) => void} */
    const on = (name, then) => editor?.addEventListener(name, then, { signal: this.#gone.signal });
    for (const coming of ['pointerover', 'focusin']) on(coming, (event) => this.#prepare(event.target));
    on('studio-pushed', (event) => this.#pushed(/** @type {CustomEvent} */ (event).detail));
    on('studio-answered', (event) => this.#answered(/** @type {CustomEvent} */ (event).detail));
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  get #canvas() {
    return document.querySelector('form-canvas');
  }

  /** @param {EventTarget | null} target */
  #prepare(target) {
    if (target instanceof Element && target.closest('component-palette'))
      this.#specimens.fetch(this.dataset.address ?? '');
  }

  /** @param {Edit} edit */
  #pushed(edit) {
    const canvas = this.#canvas;
    const fields = new Map(edit.fields);
    const type = fields.get('type') ?? '';
    if (!canvas || fields.get('do') !== 'add') return;
    const place = placeOfNew(canvas, edit.fields);
    const holder = place && childrenElement(canvas, place.parent);
    if (!holder || !takes(acceptedBy(holder), [type])) return;
    const made = this.#specimens.take(type, (name) => itemOf(canvas, name) !== null);
    if (!made) return;
    const waiting = { ...made, place };
    this.#waiting.set(edit.id, waiting);
    put(canvas, waiting);
    edit.fields.push(['name', made.name]);
    edit.chosen = [made.name];
    /** @type {any} */ (canvas).mark(edit.chosen, made.name);
    made.element.scrollIntoView({ block: 'nearest' });
  }

  /**
   * What an answer has drawn takes the place of what was drawn here; what still waits is put back where the answer,
   * which does not know of it, has taken it away.
   * @param {{ edit?: string, selected: string[] }} answer
   */
  #answered({ edit = '', selected }) {
    const canvas = this.#canvas;
    const answered = this.#waiting.get(edit);
    this.#waiting.delete(edit);
    if (answered && !selected.includes(answered.name)) answered.element.remove();
    if (!canvas) return;
    for (const waiting of this.#waiting.values()) if (!waiting.element.isConnected) put(canvas, waiting);
  }
}

/** @param {Element} canvas @param {{ element: HTMLElement, place: Position }} waiting */
function put(canvas, { element, place }) {
  const holder = childrenElement(canvas, place.parent);
  const next = place.before ? itemOf(canvas, place.before) : null;
  holder?.insertBefore(element, next?.parentElement === holder ? next : null);
}

customElements.define('early-drawing', EarlyDrawing);
