/**
 * <option-rows data-slots>: around the rows of an option list. Arrow up and down go to the same field of the next row,
 * with Alt they move the row, Enter goes on to the next one and in the end to the row that waits for a new option. Rows
 * that are pasted from a spreadsheet are looked through before they are taken in.
 */
class OptionRows extends HTMLElement {
  /** @type {Element | null} */
  #editor = null;

  connectedCallback() {
    this.#editor = this.closest('draft-editor');
    this.#editor?.addEventListener('studio-asking', this.#tellSlots);
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('paste', (event) => this.#pasted(event));
  }

  disconnectedCallback() {
    this.#editor?.removeEventListener('studio-asking', this.#tellSlots);
  }

  /** What is shown beside the labels is known to this page alone. @param {Event} event */
  #tellSlots = (event) => {
    const slots = (this.dataset.slots ?? '').split(' ').filter(Boolean);
    /** @type {CustomEvent} */ (event).detail.fields.push(...slots.map((slot) => ['slot', slot]));
  };

  /** @param {KeyboardEvent} event */
  #key(event) {
    const target = event.target;
    const row = target instanceof Element ? target.closest('.option-row') : null;
    if (!row || !(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.isComposing)
      return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step && event.altKey) {
      event.preventDefault();
      const button = row.querySelector(`button[value="${step < 0 ? 'up' : 'down'}"]`);
      if (button instanceof HTMLButtonElement) button.click();
    } else if (target instanceof HTMLInputElement && (step || event.key === 'Enter')) {
      if (event.key === 'Enter' && row.matches('.option-row--new')) return; // sends the new option
      event.preventDefault();
      this.#go(row, target, step ?? 1);
    }
  }

  /** The same field in another row. @param {Element} row @param {HTMLInputElement} field @param {number} by */
  #go(row, field, by) {
    const rows = [...this.querySelectorAll('.option-row:not(.options-head)')];
    const next = rows[rows.indexOf(row) + by]?.querySelector(`[name="${CSS.escape(field.name)}"]`);
    if (!(next instanceof HTMLInputElement)) return;
    next.focus();
    next.select();
  }

  /** @param {ClipboardEvent} event */
  #pasted(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const form = this.querySelector('#paste-form');
    const field = form?.querySelector('textarea');
    const isTable =
      text.includes('\t') || (text.trim().includes('\n') && event.target instanceof HTMLInputElement);
    if (!isTable || !(form instanceof HTMLFormElement) || !field) return;
    event.preventDefault();
    field.value = text;
    form.submit();
  }
}

customElements.define('option-rows', OptionRows);
