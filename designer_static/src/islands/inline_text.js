import { ITEM, idOf, itemOf } from '../lib/canvas_dom.js';

/**
 * <inline-text data-label>: around a canvas. Double-click on a component, or `studio-write`, opens its text for
 * writing where it stands. Enter keeps it, Escape leaves it as it was.
 */
class InlineText extends HTMLElement {
  connectedCallback() {
    this.addEventListener('dblclick', (event) => {
      const item = event.target instanceof Element ? event.target.closest(ITEM) : null;
      if (item instanceof HTMLElement) this.#open(item);
    });
    this.addEventListener('studio-write', (event) =>
      this.#openById(/** @type {CustomEvent} */ (event).detail.id),
    );
    this.closest('draft-editor')?.addEventListener('studio-applied', (event) => {
      this.#openById(/** @type {CustomEvent} */ (event).detail.begin);
    });
  }

  /** @param {string} id */
  #openById(id) {
    const item = id ? itemOf(this, id) : null;
    if (item) this.#open(item);
  }

  /** @param {HTMLElement} item */
  #open(item) {
    const slot = item.dataset.textSlot;
    if (!slot || item.querySelector(':scope > .inline-text')) return;
    const field = document.createElement('textarea');
    const old = item.dataset.text ?? '';
    field.className = 'ds-input inline-text';
    field.value = old;
    field.rows = Math.max(1, old.split('\n').length);
    field.setAttribute('aria-label', this.dataset.label ?? '');
    field.dataset.canvasControl = '';
    field.dataset.size = 'sm';
    item.append(field);
    field.focus();
    field.select();
    this.#place(field, item); // after the focus, which works out where everything is
    field.addEventListener('keydown', (event) => this.#key(event, field, old));
    field.addEventListener('blur', () => this.#keep(field, item, old));
  }

  /** Over the text it stands for. @param {HTMLTextAreaElement} field @param {HTMLElement} item */
  #place(field, item) {
    const shown = item.querySelector(`[data-text="${item.dataset.textSlot}"]`);
    if (!shown || shown.closest(ITEM) !== item) return;
    field.style.top = `${Math.max(0, shown.getBoundingClientRect().top - item.getBoundingClientRect().top - 6)}px`;
  }

  /** @param {KeyboardEvent} event @param {HTMLTextAreaElement} field @param {string} old */
  #key(event, field, old) {
    event.stopPropagation();
    if (event.key === 'Escape') field.value = old;
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      const item = field.closest(ITEM);
      field.blur();
      if (item instanceof HTMLElement) item.focus();
    }
  }

  /** @param {HTMLTextAreaElement} field @param {HTMLElement} item @param {string} old */
  #keep(field, item, old) {
    const text = field.value.trim();
    field.remove();
    if (text === old.trim()) return;
    const fields = [
      ['do', 'text'],
      ['id', idOf(item)],
      ['slot', item.dataset.textSlot],
      ['value', text],
    ];
    this.dispatchEvent(new CustomEvent('studio-edit', { bubbles: true, detail: { fields } }));
  }
}

customElements.define('inline-text', InlineText);
