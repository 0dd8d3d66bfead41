import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';

/**
 * <page-list>: pages ([data-page]) are put in order by dragging or with Alt and the arrow keys, and renamed where they
 * stand with a double-click or F2. The page's own panel offers the same without this.
 */
class PageList extends HTMLElement {
  #stop = () => {};

  connectedCallback() {
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('dblclick', (event) => this.#rename(rowOf(event.target)));
    const rows = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('[data-page]')]);
    this.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
    this.#stop = combine(
      ...rows.map((row) => this.#draggable(row)),
      monitorForElements({ onDrop: () => this.#line(null, null) }),
    );
  }

  disconnectedCallback() {
    this.#stop();
  }

  /** @param {HTMLElement} row */
  #draggable(row) {
    return combine(
      draggable({ element: row, getInitialData: () => ({ page: row.dataset.page }) }),
      dropTargetForElements({
        element: row,
        canDrop: ({ source }) => typeof source.data.page === 'string',
        getData: ({ input, element }) =>
          attachClosestEdge({}, { input, element, allowedEdges: ['top', 'bottom'] }),
        onDrag: ({ self }) => this.#line(row, extractClosestEdge(self.data)),
        onDragLeave: () => this.#line(null, null),
        onDrop: ({ source, self }) =>
          this.#dropped(String(source.data.page), row, extractClosestEdge(self.data) === 'bottom'),
      }),
    );
  }

  /** @param {HTMLElement | null} row @param {string | null} edge */
  #line(row, edge) {
    for (const marked of this.querySelectorAll('[data-drop-edge]')) marked.removeAttribute('data-drop-edge');
    if (row && edge) row.setAttribute('data-drop-edge', edge);
  }

  /** @param {string} page @param {HTMLElement} row @param {boolean} below */
  #dropped(page, row, below) {
    const others = this.#names().filter((name) => name !== page);
    const at = others.indexOf(row.dataset.page ?? '');
    if (at >= 0)
      this.#edit([
        ['do', 'page_move'],
        ['name', page],
        ['index', String(at + (below ? 1 : 0))],
      ]);
  }

  #names() {
    return [...this.querySelectorAll('[data-page]')].map(
      (row) => /** @type {HTMLElement} */ (row).dataset.page ?? '',
    );
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const row = rowOf(event.target);
    if (!row || event.target instanceof HTMLInputElement) return;
    const way = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (way) {
      event.preventDefault();
      const to = this.#names().indexOf(row.dataset.page ?? '') + way;
      if (to >= 0 && to < this.#names().length)
        this.#edit([
          ['do', 'page_move'],
          ['name', row.dataset.page ?? ''],
          ['index', String(to)],
        ]);
    } else if (event.key === 'F2') {
      event.preventDefault();
      this.#rename(row);
    }
  }

  /** @param {HTMLElement | null} row */
  #rename(row) {
    const link = row?.querySelector('a');
    if (!row || !link || row.querySelector('input')) return;
    const field = document.createElement('input');
    field.className = 'ds-input';
    field.dataset.size = 'sm';
    field.value = row.dataset.page ?? '';
    field.setAttribute('aria-label', this.dataset.renameLabel ?? '');
    link.hidden = true;
    link.after(field);
    field.focus();
    field.select();
    const end = () => {
      const name = field.value.trim();
      field.remove();
      link.hidden = false;
      if (name && name !== row.dataset.page)
        this.#edit([
          ['do', 'page_rename'],
          ['name', row.dataset.page ?? ''],
          ['value', name],
        ]);
    };
    field.addEventListener('blur', end, { once: true });
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') field.value = row.dataset.page ?? '';
      if (event.key === 'Enter' || event.key === 'Escape') {
        field.blur();
        link.focus();
      }
    });
  }

  /** @param {[string, string][]} fields */
  #edit(fields) {
    this.dispatchEvent(new CustomEvent('studio-edit', { bubbles: true, detail: { fields } }));
  }
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function rowOf(target) {
  const row = target instanceof Element ? target.closest('[data-page]') : null;
  return row instanceof HTMLElement ? row : null;
}

customElements.define('page-list', PageList);
