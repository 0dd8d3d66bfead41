import { phrasesOf } from '../lib/phrases.js';
import { announce } from '../lib/speech.js';

const CELL = '[role="gridcell"], [role="rowheader"]';
/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/**
 * <text-table data-phrases>: around a grid of texts. Arrow keys move between cells, a click or Enter chooses a text,
 * a second one (or F2) opens it for writing where it stands. Enter keeps what is written, Escape leaves it as it
 * was, Tab keeps it and goes on to the next language. The table is drawn anew after a search, so nothing is
 * remembered here but the cell that the keyboard is in.
 */
class TextTable extends HTMLElement {
  #phrase = phrasesOf(this);
  /** @type {Element | null} */
  #editor = null;
  /** @type {((keep: boolean) => void) | undefined} */
  #end;

  connectedCallback() {
    this.#editor = this.closest('draft-editor');
    this.#editor?.addEventListener('studio-asking', this.#tellPlace);
    this.#phrase = phrasesOf(this);
    this.addEventListener('click', (event) => this.#clicked(event));
    this.addEventListener('dblclick', (event) => this.#write(cellOf(event.target)));
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('focusin', (event) => this.#entered(cellOf(event.target)));
    const first = this.querySelector('[aria-selected="true"] [role="rowheader"]') ?? this.querySelector(CELL);
    if (first instanceof HTMLElement) first.tabIndex = 0;
  }

  /** Where in the table the chosen text is: only the browser knows what it shows. @param {Event} event */
  #tellPlace = (event) => {
    const row = this.querySelector('.texts-row[aria-selected="true"]');
    const number = Number(row?.getAttribute('aria-rowindex') ?? 2) - 2;
    /** @type {CustomEvent} */ (event).detail.fields.push(['place', String(number)]);
  };

  /** A search has drawn the table anew: what was being written is kept. */
  disconnectedCallback() {
    this.#editor?.removeEventListener('studio-asking', this.#tellPlace);
    this.#end?.(true);
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const cell = cellOf(event.target);
    if (!cell || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    const wasChosen = rowOf(cell)?.getAttribute('aria-selected') === 'true';
    cell.focus();
    if (wasChosen && document.activeElement === cell && event.detail === 1 && cell.dataset.language) {
      this.#write(cell);
    } else this.#choose(cell);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const cell = cellOf(event.target);
    if (!cell || event.target !== cell) return;
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      this.#go(cell, step[0], step[1]);
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      const cells = rowOf(cell)?.querySelectorAll(CELL) ?? [];
      focus(event.key === 'Home' ? cells[0] : cells[cells.length - 1]);
    } else if (event.key === 'F2' || (event.key === 'Enter' && cell.dataset.language)) {
      event.preventDefault();
      this.#choose(cell);
      this.#write(cell);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#choose(cell);
    }
  }

  /** @param {HTMLElement} cell @param {number} down @param {number} right */
  #go(cell, down, right) {
    const row = rowOf(cell);
    const cells = [...(row?.querySelectorAll(CELL) ?? [])];
    if (right) return focus(cells[cells.indexOf(cell) + right]);
    const rows = [...this.querySelectorAll('.texts-row')];
    const next = rows[rows.indexOf(/** @type {Element} */ (row)) + down];
    focus(next?.querySelectorAll(CELL)[cells.indexOf(cell)]);
  }

  /** @param {HTMLElement | null} cell */
  #entered(cell) {
    if (!cell) return;
    for (const other of this.querySelectorAll('[tabindex="0"]')) {
      if (other instanceof HTMLElement && other !== cell) other.tabIndex = -1;
    }
    cell.tabIndex = 0;
  }

  /** @param {HTMLElement} cell */
  #choose(cell) {
    const row = rowOf(cell);
    const key = row?.dataset.key;
    if (!row || key === undefined || row.getAttribute('aria-selected') === 'true') return;
    for (const other of this.querySelectorAll('[aria-selected="true"]'))
      other.removeAttribute('aria-selected');
    row.setAttribute('aria-selected', 'true');
    this.dispatchEvent(new CustomEvent('studio-select', { bubbles: true, detail: { ids: [key] } }));
    announce(this.#phrase('chosen', { key }));
  }

  /** @param {HTMLElement | null} cell */
  #write(cell) {
    const shown = cell?.querySelector('.texts-row__text');
    if (!cell?.dataset.language || !shown || cell.querySelector('textarea')) return;
    const old = cell.hasAttribute('data-missing') ? '' : (shown.textContent ?? '');
    const field = document.createElement('textarea');
    field.className = 'ds-input texts-row__field';
    field.value = old;
    field.lang = cell.dataset.language;
    field.dataset.writing = '';
    field.rows = Math.max(2, old.split('\n').length);
    field.setAttribute('aria-label', this.#phrase('write', { language: cell.dataset.name ?? '' }));
    cell.append(field);
    field.focus();
    field.select();
    let ended = false;
    /** @param {boolean} keep */
    const end = (keep) => {
      if (ended) return;
      ended = true;
      this.#end = undefined;
      const value = field.value;
      field.remove();
      if (keep && value !== old) this.#keep(cell, value);
    };
    this.#end = end;
    field.addEventListener('blur', () => end(true));
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
        event.preventDefault();
        end(event.key === 'Enter');
        cell.focus();
      } else if (event.key === 'Tab') {
        event.preventDefault();
        end(true);
        this.#goOn(cell, event.shiftKey ? -1 : 1);
      }
    });
  }

  /** Write in the next language, or in the first one of the next text. @param {HTMLElement} cell @param {number} by */
  #goOn(cell, by) {
    const cells = [...this.querySelectorAll('[role="gridcell"]')];
    const next = cells[cells.indexOf(cell) + by];
    if (!(next instanceof HTMLElement)) return cell.focus();
    next.scrollIntoView({ block: 'nearest' });
    this.#write(next);
  }

  /** @param {HTMLElement} cell @param {string} value */
  #keep(cell, value) {
    const shown = cell.querySelector('.texts-row__text');
    if (shown) shown.textContent = value;
    cell.toggleAttribute('data-missing', !value);
    const key = rowOf(cell)?.dataset.key ?? '';
    const fields = [
      ['do', 'text'],
      ['key', key],
      ['language', cell.dataset.language],
      ['value', value],
      ['selected', key],
    ];
    this.#editor?.dispatchEvent(new CustomEvent('studio-edit', { detail: { fields } }));
  }
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function cellOf(target) {
  return target instanceof Element ? target.closest(CELL) : null;
}

/** @param {Element} cell @returns {HTMLElement | null} */
function rowOf(cell) {
  return cell.closest('.texts-row');
}

/** @param {Element | undefined} cell */
function focus(cell) {
  if (!(cell instanceof HTMLElement)) return;
  cell.focus();
  cell.scrollIntoView({ block: 'nearest' });
}

customElements.define('text-table', TextTable);
