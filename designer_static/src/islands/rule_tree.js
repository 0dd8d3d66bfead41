/**
 * <rule-tree data-facing>: the boxes of a rule, inside a <draft-editor>. The links of parts choose them for the panel; a
 * condition that has the focus is moved by Alt and the arrow keys, and by dragging it; code that was changed is sent when
 * somebody leaves it, so that boxes and code never say different things.
 */
class RuleTree extends HTMLElement {
  #dragged = '';

  connectedCallback() {
    this.addEventListener('click', (event) => this.#click(event));
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('focusout', (event) => this.#left(event));
    this.addEventListener('dragstart', (event) => this.#lift(event));
    this.addEventListener('dragover', (event) => this.#over(event));
    this.addEventListener('dragleave', () => this.#mark(null));
    this.addEventListener('drop', (event) => this.#drop(event));
    const editor = this.closest('draft-editor');
    editor?.addEventListener('studio-asking', (event) => {
      const { fields } = /** @type {CustomEvent} */ (event).detail;
      fields.push(['facing', this.#facing]);
    });
    editor?.addEventListener('studio-shown', () => document.getElementById('panel-heading')?.focus());
    editor?.addEventListener('studio-applied', () => this.#markCurrent());
  }

  /** How the rule is looked at: as its select says, else as the page came. */
  get #facing() {
    const select = document.getElementById('facing');
    return select instanceof HTMLSelectElement ? select.value : (this.dataset.facing ?? '');
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const link = event.target instanceof Element ? event.target.closest('[data-choose]') : null;
    if (!(link instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const ids = [link.dataset.choose || 'whole'];
    this.dispatchEvent(new CustomEvent('studio-select', { bubbles: true, detail: { ids } }));
    this.#markCurrent(link);
  }

  /** @param {Element} [chosen] */
  #markCurrent(chosen) {
    if (!chosen) return;
    for (const link of this.querySelectorAll('[data-choose][aria-current]'))
      link.removeAttribute('aria-current');
    chosen.setAttribute('aria-current', 'true');
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    const row = rowOf(event.target);
    if (!row) return;
    event.preventDefault();
    this.#send(row, [['by', event.key === 'ArrowDown' ? '1' : '-1']]);
  }

  /** @param {HTMLElement} row @param {[string, string][]} more */
  #send(row, more) {
    const { path = '', was = '' } = row.dataset;
    /** @type {[string, string][]} */
    const fields = [['do', 'move'], ['path', path], ['was', was], ['facing', this.#facing], ...more];
    this.dispatchEvent(new CustomEvent('studio-edit', { bubbles: true, detail: { fields } }));
  }

  /** @param {FocusEvent} event */
  #left(event) {
    const code = event.target instanceof Element ? event.target.closest('code-editor') : null;
    const next = event.relatedTarget;
    if (!code || (next instanceof Node && code.closest('form')?.contains(next))) return;
    if (code.hasAttribute('data-unsaved')) code.closest('form')?.requestSubmit();
  }

  /** @param {DragEvent} event */
  #lift(event) {
    const row = rowOf(event.target);
    if (!row || !event.dataTransfer) return;
    this.#dragged = row.dataset.path ?? '';
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', row.textContent?.trim() ?? '');
  }

  /** @param {DragEvent} event */
  #over(event) {
    const place = this.#dragged ? this.#placeAt(event) : null;
    this.#mark(place);
    if (place) event.preventDefault();
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const place = this.#dragged ? this.#placeAt(event) : null;
    const row = this.querySelector(`[data-movable][data-path="${this.#dragged}"]`);
    this.#mark(null);
    this.#dragged = '';
    if (!place || !(row instanceof HTMLElement)) return;
    event.preventDefault();
    const steps = (place.row.dataset.path ?? '').split('.');
    const last = Number(steps.pop()) + (place.after ? 1 : 0);
    this.#send(row, [['to', [...steps, last].join('.')]]);
  }

  /** The row before or after which something is dropped. @param {DragEvent} event */
  #placeAt(event) {
    const row = rowOf(event.target);
    if (!row?.dataset.path || row.dataset.path === this.#dragged) return null;
    const box = row.getBoundingClientRect();
    return { row, after: event.clientY > box.top + box.height / 2 };
  }

  /** @param {{ row: HTMLElement, after: boolean } | null} place */
  #mark(place) {
    for (const row of this.querySelectorAll('[data-drop]')) row.removeAttribute('data-drop');
    place?.row.setAttribute('data-drop', place.after ? 'after' : 'before');
  }
}

/** @param {EventTarget | null} target */
function rowOf(target) {
  const row = target instanceof Element ? target.closest('[data-movable]') : null;
  return row instanceof HTMLElement ? row : null;
}

customElements.define('rule-tree', RuleTree);
