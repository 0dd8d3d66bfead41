import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { takes } from '../domain/editor_positions.js';
import { outermost } from '../domain/editor_selection.js';
import {
  acceptedBy,
  ancestorIds,
  childrenElement,
  drawLine,
  holdersOf,
  ITEM,
  idOf,
  itemOf,
  itemsOf,
  placeOf,
  selectedIds,
} from '../lib/canvas_dom.js';

/** @typedef {import('../domain/editor_positions.js').Position} Position */

const DRAGGED = `form-canvas ${ITEM}, [data-palette-type]`;

/**
 * <canvas-drag>: around the palette and the canvas. Components and palette entries ([data-palette-type]) can be
 * dragged; a line shows where they will land. Everything it does can also be done from the keyboard and the menus.
 */
class CanvasDrag extends HTMLElement {
  /** @type {WeakSet<Element>} */
  #known = new WeakSet();
  #stop = () => {};

  connectedCallback() {
    // Made ready when the pointer comes to it: of a thousand components few are ever dragged.
    this.addEventListener('pointerover', ({ target }) => {
      const element = target instanceof Element ? target.closest(DRAGGED) : null;
      if (element instanceof HTMLElement) this.#adopt(element);
    });
    this.#stop = combine(
      dropTargetForElements({
        element: this.#canvas,
        canDrop: ({ source }) => isOurs(source.data),
        getData: ({ input }) => this.#target(input),
      }),
      monitorForElements({
        canMonitor: ({ source }) => isOurs(source.data),
        onDrag: ({ source, location }) => this.#hover(source.data, location.current.dropTargets[0]?.data),
        onDropTargetChange: ({ source, location }) =>
          this.#hover(source.data, location.current.dropTargets[0]?.data),
        onDrop: ({ source, location }) => this.#drop(source.data, location.current.dropTargets[0]?.data),
      }),
    );
  }

  disconnectedCallback() {
    this.#stop();
  }

  get #canvas() {
    return /** @type {HTMLElement} */ (this.querySelector('form-canvas'));
  }

  /** @param {HTMLElement} element */
  #adopt(element) {
    if (this.#known.has(element)) return;
    this.#known.add(element);
    draggable({
      element,
      getInitialData: () => this.#dragged(element),
      onDragStart: () => element.setAttribute('data-lifted', ''),
      onDrop: () => element.removeAttribute('data-lifted'),
    });
  }

  /** @param {HTMLElement} element @returns {Record<string, unknown>} */
  #dragged(element) {
    const type = element.dataset.paletteType;
    if (type) return { kind: 'new', types: [type], ids: [] };
    const chosen = selectedIds(this.#canvas);
    const ids = outermost(chosen.includes(idOf(element)) ? chosen : [idOf(element)], (id) => {
      const item = itemOf(this.#canvas, id);
      return item ? ancestorIds(item) : [];
    });
    return { kind: 'move', ids, types: ids.map((id) => itemOf(this.#canvas, id)?.dataset.type ?? '') };
  }

  /** What is under the pointer, and which edge of it is nearer. @param {{ clientX: number, clientY: number }} input */
  #target(input) {
    const item = this.#nearest(input);
    if (!item) return {};
    const data = { id: idOf(item), x: input.clientX, y: input.clientY };
    return attachClosestEdge(data, {
      element: item,
      input: /** @type {never} */ (input),
      allowedEdges: ['top', 'bottom'],
    });
  }

  /** The innermost component at the pointer's height. @param {{ clientX: number, clientY: number }} input @returns {HTMLElement | null} */
  #nearest({ clientX, clientY }) {
    const under = document.elementFromPoint(clientX, clientY)?.closest(ITEM);
    if (under instanceof HTMLElement && this.#canvas.contains(under)) return under;
    let best = null;
    let distance = Number.POSITIVE_INFINITY;
    for (const item of itemsOf(this.#canvas)) {
      if (item.parentElement?.closest(ITEM)) continue;
      const box = item.getBoundingClientRect();
      const away = Math.max(box.top - clientY, clientY - box.bottom, 0);
      if (away < distance) [best, distance] = [item, away];
    }
    return best;
  }

  /** @param {Record<string, unknown>} dragged @param {Record<string | symbol, unknown> | undefined} over */
  #hover(dragged, over) {
    drawLine(this.#canvas, over ? this.#placeAt(dragged, over) : null);
  }

  /** @param {Record<string, unknown>} dragged @param {Record<string | symbol, unknown>} over @returns {Position | null} */
  #placeAt(dragged, over) {
    const ids = /** @type {string[]} */ (dragged.ids);
    const types = /** @type {string[]} */ (dragged.types);
    const item = over.id ? itemOf(this.#canvas, String(over.id)) : null;
    if (!item) return itemsOf(this.#canvas).length ? null : { parent: '', before: '' };
    const place =
      insideOf(item, Number(over.x), Number(over.y)) ?? beside(item, extractClosestEdge(over) === 'top', ids);
    const holder = childrenElement(this.#canvas, place.parent);
    const open = holder && takes(acceptedBy(holder), types);
    const owner = holder?.closest(ITEM);
    const around = owner instanceof HTMLElement ? [idOf(owner), ...ancestorIds(owner)] : [];
    return open && !around.some((id) => ids.includes(id)) ? place : null;
  }

  /**
   * What counts is where the pointer was let go, not where the line was drawn last.
   * @param {Record<string, unknown>} dragged @param {Record<string | symbol, unknown> | undefined} over
   */
  #drop(dragged, over) {
    const place = over ? this.#placeAt(dragged, over) : null;
    drawLine(this.#canvas, null);
    if (!place) return;
    const where = [
      ['parent', place.parent],
      ['before', place.before],
    ];
    const ids = /** @type {string[]} */ (dragged.ids);
    const types = /** @type {string[]} */ (dragged.types);
    const what =
      dragged.kind === 'new'
        ? [
            ['do', 'add'],
            ['type', types[0]],
          ]
        : [['do', 'move'], ...ids.map((id) => ['ids', id])];
    this.dispatchEvent(
      new CustomEvent('studio-edit', { bubbles: true, detail: { fields: [...what, ...where] } }),
    );
  }
}

/** @param {Record<string, unknown>} data */
function isOurs(data) {
  return data.kind === 'new' || data.kind === 'move';
}

/**
 * The end of a container whose own heading or empty middle is under the pointer; of several parts the one there.
 * @param {HTMLElement} item @param {number} x @param {number} y @returns {Position | null}
 */
function insideOf(item, x, y) {
  const holders = holdersOf(item);
  const part = holders.find((holder) => holder.dataset.inside !== idOf(item) && isOver(holder, x, y));
  const holder = part ?? holders.find((each) => each.dataset.inside === idOf(item));
  if (!holder?.dataset.accepts) return null;
  const box = item.getBoundingClientRect();
  const edge = Math.min(12, box.height / 4);
  if (!part && (y < box.top + edge || y > box.bottom - edge)) return null;
  const before = [...holder.children].find(
    (child) =>
      child.checkVisibility() &&
      y < child.getBoundingClientRect().top + child.getBoundingClientRect().height / 2,
  );
  return { parent: holder.dataset.inside ?? '', before: before instanceof HTMLElement ? idOf(before) : '' };
}

/** Whether a place is over an element that is not folded away. @param {Element} element @param {number} x @param {number} y */
function isOver(element, x, y) {
  if (!element.checkVisibility()) return false;
  const box = element.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/** In front of or behind a component; what is being dragged is passed over. @param {HTMLElement} item @param {boolean} above @param {string[]} dragged @returns {Position} */
function beside(item, above, dragged) {
  /** @type {Element | null} */
  let next = above ? item : item.nextElementSibling;
  while (next instanceof HTMLElement && dragged.includes(idOf(next))) next = next.nextElementSibling;
  return { parent: placeOf(item), before: next instanceof HTMLElement ? idOf(next) : '' };
}

customElements.define('canvas-drag', CanvasDrag);
