import { neighbour, outermost, range, toggled } from '../domain/editor_selection.js';
import {
  ancestorIds,
  ITEM,
  idOf,
  itemOf,
  itemsOf,
  markItem,
  parentItem,
  selectedIds,
} from '../lib/canvas_dom.js';

/**
 * Where the one in the tab order stands, and whether any was chosen: who loses theirs goes on at what took its place, also
 * where an answer brings a canvas anew.
 */
const last = { at: 0, hasChosen: false };

/**
 * <form-canvas role="application">: choosing components by mouse and keyboard, and the keys that act on the chosen ones.
 * One component at a time is in the tab order. What is chosen stands in data-chosen and is told by `studio-select`.
 */
class FormCanvas extends HTMLElement {
  #anchor = '';
  /** The chosen one after the next answer, where an edit takes the chosen ones away. */
  #next = '';
  #gone = new AbortController();

  connectedCallback() {
    this.addEventListener('click', (event) => this.#click(event));
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('studio-choose', (event) => {
      const { ids } = /** @type {CustomEvent} */ (event).detail;
      this.select(ids, ids[0]);
    });
    this.#gone = new AbortController();
    this.closest('draft-editor')?.addEventListener(
      'studio-applied',
      (event) => {
        const { selected, begin } = /** @type {CustomEvent} */ (event).detail;
        this.#applied(selected, begin);
      },
      { signal: this.#gone.signal },
    );
  }

  disconnectedCallback() {
    this.#gone.abort();
  }

  /** @returns {string[]} */
  get selected() {
    return selectedIds(this);
  }

  /** @param {string[]} ids @param {string} [focus] */
  select(ids, focus) {
    this.mark(ids, focus ?? ids[ids.length - 1] ?? '');
    const item = focus ? itemOf(this, focus) : null;
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: 'nearest' });
    this.dispatchEvent(new CustomEvent('studio-select', { bubbles: true, detail: { ids } }));
  }

  /** @param {string[]} ids @param {string} current the one in the tab order */
  mark(ids, current) {
    const chosen = new Set(ids);
    const items = itemsOf(this);
    const tabbable = current && itemOf(this, current) ? current : items[0] ? idOf(items[0]) : '';
    for (const item of items) markItem(item, chosen.has(idOf(item)), idOf(item) === tabbable);
    last.at = items.findIndex((item) => idOf(item) === tabbable);
    last.hasChosen = ids.length > 0;
  }

  /** @param {string[]} selected @param {string} begin the one whose text is opened now, which gets the focus */
  #applied(selected, begin) {
    const active = document.activeElement;
    const writing = active?.matches('[data-canvas-control]');
    const here = !writing && (this.contains(active) || active === document.body);
    const ids = selected.filter((id) => itemOf(this, id));
    const wanted = ids.length ? ids : this.#next && itemOf(this, this.#next) ? [this.#next] : [];
    const lost = !ids.length && wanted.length > 0;
    this.#next = '';
    const current = wanted[wanted.length - 1] ?? (last.hasChosen ? this.#neighbour() : '');
    this.mark(wanted, current);
    const item = itemOf(this, current);
    if (here && item && begin !== current && document.activeElement !== item)
      item.focus({ preventScroll: true });
    item?.scrollIntoView({ block: 'nearest' });
    if (lost)
      this.dispatchEvent(new CustomEvent('studio-select', { bubbles: true, detail: { ids: wanted } }));
  }

  /** @returns {string} what stands now where the one in the tab order stood */
  #neighbour() {
    const items = itemsOf(this);
    const item = items[Math.min(Math.max(last.at, 0), items.length - 1)];
    return item ? idOf(item) : '';
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = event.target instanceof Element ? event.target : null;
    const item = /** @type {HTMLElement | null} */ (target?.closest(ITEM) ?? null);
    if (target?.closest('[data-canvas-control]')) return;
    event.preventDefault();
    if (!item || !this.contains(item)) return this.select([]);
    const id = idOf(item);
    if (event.shiftKey) return this.select(this.#range(id), id);
    this.#anchor = id;
    this.select(event.ctrlKey || event.metaKey ? toggled(this.selected, id) : [id], id);
  }

  /** @param {string} id */
  #range(id) {
    const anchor = itemOf(this, this.#anchor) ? this.#anchor : (this.selected[0] ?? id);
    return range(itemsOf(this).map(idOf), anchor, id);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const item = event.target instanceof HTMLElement && event.target.matches(ITEM) ? event.target : null;
    if (event.defaultPrevented || !item) return;
    const handled =
      event.ctrlKey || event.metaKey
        ? this.#command(event)
        : event.altKey
          ? this.#shift(event)
          : this.#plain(event, item);
    if (handled) event.preventDefault();
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} item @returns {boolean} */
  #plain(event, item) {
    const to = this.#target(event.key, item);
    if (to) {
      if (!event.shiftKey) this.#anchor = idOf(to);
      else if (!this.selected.includes(this.#anchor)) this.#anchor = idOf(item);
      this.select(event.shiftKey ? this.#range(idOf(to)) : [idOf(to)], idOf(to));
      return true;
    }
    if (event.key === 'Escape') this.select([]);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.#remove();
    else if (event.key === 'Enter' || event.key === 'F2') this.#tell('studio-write', { id: idOf(item) });
    else if (event.key === '?') this.#tell('studio-help', {});
    else return ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'].includes(event.key);
    return true;
  }

  /** Where a key leads from a component. @param {string} key @param {HTMLElement} item @returns {HTMLElement | null} */
  #target(key, item) {
    const items = itemsOf(this);
    const at = items.indexOf(item);
    if (key === 'ArrowDown') return items[at + 1] ?? null;
    if (key === 'ArrowUp') return items[at - 1] ?? null;
    if (key === 'Home') return items[0] ?? null;
    if (key === 'End') return items[items.length - 1] ?? null;
    if (key === 'ArrowLeft') return parentItem(item);
    if (key === 'ArrowRight') return item.querySelector(ITEM);
    return null;
  }

  /** Ctrl and Command keys. @param {KeyboardEvent} event @returns {boolean} */
  #command(event) {
    const key = event.key.toLowerCase();
    if (key === 'a') this.select(itemsOf(this).map(idOf), this.selected[0]);
    else if (key === 'd' && this.selected.length) this.#act('duplicate');
    else if (key === 'c' || key === 'x' || key === 'v')
      this.#tell('studio-clipboard', { action: { c: 'copy', x: 'cut', v: 'paste' }[key] });
    else return false;
    return true;
  }

  /** Alt with an arrow moves at once. @param {KeyboardEvent} event @returns {boolean} */
  #shift(event) {
    /** @type {Record<string, string>} */
    const ways = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'into', ArrowLeft: 'out' };
    const way = ways[event.key];
    if (!way || !this.selected.length) return false;
    this.#act('step', [['way', way]]);
    return true;
  }

  /** Delete the chosen components; undo brings them back. */
  #remove() {
    const gone = this.selected;
    if (!gone.length) return;
    const inside = itemsOf(this).filter((item) => ancestorIds(item).some((id) => gone.includes(id)));
    this.#next = neighbour(itemsOf(this).map(idOf), [...gone, ...inside.map(idOf)]);
    this.#act('remove');
  }

  /** @param {string} what @param {[string, string][]} [more] */
  #act(what, more = []) {
    const ids = outermost(this.selected, (id) => {
      const item = itemOf(this, id);
      return item ? ancestorIds(item) : [];
    });
    this.#tell('studio-edit', { fields: [['do', what], ...ids.map((id) => ['ids', id]), ...more] });
  }

  /** @param {string} name @param {object} detail */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

customElements.define('form-canvas', FormCanvas);
