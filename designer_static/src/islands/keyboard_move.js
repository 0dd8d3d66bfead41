import { currentPosition, same, step } from '../domain/editor_positions.js';
import { outermost } from '../domain/editor_selection.js';
import {
  ancestorIds,
  childrenElement,
  drawLine,
  ITEM,
  itemOf,
  readTree,
  selectedIds,
} from '../lib/canvas_dom.js';
import { phrasesOf } from '../lib/phrases.js';
import { announce } from '../lib/speech.js';

/** @typedef {import('../domain/editor_positions.js').Position} Position */
/** @typedef {{ ids: string[], types: string[], tree: import('../domain/editor_positions.js').Item[], from: Position, at: Position }} Move */

/** @type {Record<string, 'up' | 'down' | 'into' | 'out' | 'first' | 'last'>} */
const WAYS = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'into',
  ArrowLeft: 'out',
  Home: 'first',
  End: 'last',
};

/**
 * <keyboard-move>: around a canvas. Space picks the chosen components up, arrows move a line that shows where they
 * will land, Space or Enter drops them there, Escape or leaving puts them back. All of it is said aloud.
 */
class KeyboardMove extends HTMLElement {
  /** @type {Move | null} */
  #move = null;
  #phrase = phrasesOf(this);

  connectedCallback() {
    this.#phrase = phrasesOf(this);
    // In the capture phase: while something is in the air, the canvas must not act on the same keys.
    this.addEventListener('keydown', (event) => this.#key(event), { capture: true });
    this.addEventListener('focusout', (event) => this.#left(event));
    this.addEventListener('pointerdown', () => this.#cancel());
  }

  get #canvas() {
    return /** @type {HTMLElement} */ (this.querySelector('form-canvas'));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.target instanceof HTMLElement) || !event.target.matches(ITEM)) return;
    if (!this.#move) {
      if (event.key === ' ' && !event.ctrlKey && !event.altKey) this.#take(event, this.#pickUp);
      return;
    }
    if (event.key === ' ' || event.key === 'Enter') this.#take(event, this.#drop);
    else if (event.key === 'Escape') this.#take(event, this.#cancel);
    else if (event.key !== 'Tab') this.#take(event, () => this.#go(event.key));
  }

  /** @param {KeyboardEvent} event @param {() => void} act */
  #take(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act.call(this);
  }

  #pickUp() {
    const chosen = selectedIds(this.#canvas);
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const ids = outermost(chosen.length ? chosen : [focused.dataset.component ?? ''], (id) =>
      this.#ancestors(id),
    );
    const tree = readTree(this.#canvas);
    const from = currentPosition(tree, new Set(ids));
    if (!from) return;
    const types = ids.map((id) => itemOf(this.#canvas, id)?.dataset.type ?? '');
    this.#move = { ids, types, tree, from, at: from };
    for (const id of ids) itemOf(this.#canvas, id)?.setAttribute('data-lifted', '');
    announce(this.#phrase('picked', { what: this.#what(ids) }));
  }

  /** @param {string} id */
  #ancestors(id) {
    const item = itemOf(this.#canvas, id);
    return item ? ancestorIds(item) : [];
  }

  /** @param {string} key */
  #go(key) {
    const move = this.#move;
    const way = WAYS[key];
    if (!move || !way) return;
    const to = step(move.tree, new Set(move.ids), move.types, move.at, way);
    if (!to) return announce(this.#phrase('end'));
    move.at = to;
    drawLine(this.#canvas, to);
    announce(this.#place(to, move.ids));
  }

  #drop() {
    const move = this.#move;
    this.#end();
    if (!move || same(move.from, move.at)) return announce(this.#phrase('cancelled'));
    const fields = [
      ['do', 'move'],
      ...move.ids.map((id) => ['ids', id]),
      ['parent', move.at.parent],
      ['before', move.at.before],
    ];
    this.dispatchEvent(new CustomEvent('studio-edit', { bubbles: true, detail: { fields } }));
  }

  #cancel() {
    if (!this.#move) return;
    this.#end();
    announce(this.#phrase('cancelled'));
  }

  /** @param {FocusEvent} event */
  #left(event) {
    const to = event.relatedTarget;
    if (this.#move && !(to instanceof Node && this.contains(to))) this.#cancel();
  }

  #end() {
    for (const item of this.querySelectorAll('[data-lifted]')) item.removeAttribute('data-lifted');
    drawLine(this.#canvas, null);
    this.#move = null;
  }

  /** @param {string[]} ids */
  #what(ids) {
    return ids.length === 1 ? this.#label(ids[0] ?? '') : this.#phrase('many', { n: ids.length });
  }

  /** @param {string} id */
  #label(id) {
    return itemOf(this.#canvas, id)?.getAttribute('aria-label') ?? id;
  }

  /** @param {Position} place @param {string[]} ids */
  #place(place, ids) {
    const holder = childrenElement(this.#canvas, place.parent);
    const others = [...(holder?.children ?? [])].filter(
      (child) => !ids.includes(/** @type {HTMLElement} */ (child).dataset.component ?? ''),
    );
    const index = place.before
      ? others.findIndex((child) => /** @type {HTMLElement} */ (child).dataset.component === place.before)
      : others.length;
    const container =
      holder?.dataset.label || (place.parent ? this.#label(place.parent) : this.#phrase('page'));
    const values = {
      n: index + 1,
      total: others.length + 1,
      container,
      next: place.before ? this.#label(place.before) : '',
    };
    return this.#phrase(place.before ? 'before' : 'last', values);
  }
}

customElements.define('keyboard-move', KeyboardMove);
