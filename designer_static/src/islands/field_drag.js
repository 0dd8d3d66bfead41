import { holds, insideOf, keyOf, placeBefore, placeBehind, rowOf } from '../lib/tree_dom.js';

const LINGER = 600; // milliseconds over a closed group before it opens

/**
 * <field-drag>: rows of the tree inside it are dragged with the mouse: between two rows, or onto a group. The menu of
 * the panel and the keys do the same.
 */
class FieldDrag extends HTMLElement {
  #dragged = '';
  /** @type {HTMLElement | null} */
  #over = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #opening;

  connectedCallback() {
    this.addEventListener('dragstart', (event) => this.#start(event));
    this.addEventListener('dragover', (event) => this.#move(event));
    this.addEventListener('drop', (event) => this.#drop(event));
    this.addEventListener('dragend', () => this.#end());
  }

  /** @param {DragEvent} event */
  #start(event) {
    const row = rowOf(event.target);
    if (row?.dataset.role !== 'field' || !event.dataTransfer) {
      event.preventDefault();
      return;
    }
    this.#dragged = keyOf(row);
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', row.dataset.name ?? '');
    row.dataset.lifted = '';
  }

  /** @param {DragEvent} event */
  #move(event) {
    const row = rowOf(event.target);
    const where = row && this.#where(row, event.clientY);
    this.#mark(row, where ?? '');
    if (where) event.preventDefault();
  }

  /** @param {HTMLElement} row @param {number} y @returns {'before' | 'inside' | 'behind' | null} */
  #where(row, y) {
    const key = keyOf(row);
    const own = this.#dragged;
    if (!own || key === own || key.startsWith(`${own}/`) || key.startsWith(`${own}>`)) return null;
    const box = row.getBoundingClientRect();
    const part = (y - box.top) / box.height;
    const field = row.dataset.role === 'field';
    if (holds(row) && (!field || (part > 0.25 && (part < 0.75 || insideOf(row))))) return 'inside';
    if (!field) return null;
    return part < 0.5 ? 'before' : 'behind';
  }

  /** @param {HTMLElement | null} row @param {string} where */
  #mark(row, where) {
    if (this.#over !== row) {
      this.#over?.removeAttribute('data-drop');
      clearTimeout(this.#opening);
      if (row?.dataset.branch === 'shut')
        this.#opening = setTimeout(
          () => row.dispatchEvent(new CustomEvent('studio-open', { bubbles: true })),
          LINGER,
        );
    }
    this.#over = row;
    if (!row) return;
    if (where) row.dataset.drop = where;
    else row.removeAttribute('data-drop');
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const row = rowOf(event.target);
    const where = row && this.#where(row, event.clientY);
    if (!row || !where) return;
    event.preventDefault();
    const place =
      where === 'inside'
        ? { parent: keyOf(row), before: '' }
        : where === 'before'
          ? placeBefore(row)
          : placeBehind(row);
    if (!place) return;
    /** @type {[string, string][]} */
    const fields = [['do', 'move'], ['key', this.#dragged], ...Object.entries(place)];
    this.#end();
    this.dispatchEvent(new CustomEvent('studio-edit', { bubbles: true, detail: { fields } }));
  }

  #end() {
    this.#dragged = '';
    this.#mark(null, '');
    for (const row of this.querySelectorAll('[data-lifted], [data-drop]')) {
      row.removeAttribute('data-lifted');
      row.removeAttribute('data-drop');
    }
  }
}

customElements.define('field-drag', FieldDrag);
