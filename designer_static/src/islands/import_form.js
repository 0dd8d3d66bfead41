/**
 * <import-form>: a zip file can be dropped anywhere on the page, one source empties the others, and while the app is
 * brought in the page says so and cannot be sent twice. Without scripts the form inside works as it is.
 */
class ImportForm extends HTMLElement {
  #listening = new AbortController();

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener('dragover', (event) => this.#over(event), { signal });
    document.addEventListener('dragleave', (event) => this.#left(event), { signal });
    document.addEventListener('drop', (event) => this.#dropped(event), { signal });
    this.addEventListener('change', (event) => this.#chosen(event), { signal });
    this.addEventListener('submit', (event) => this.#sent(event), { signal });
    // The Back button shows the page as it was left.
    window.addEventListener('pageshow', () => this.#say(false), { signal });
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  get #zip() {
    return /** @type {HTMLInputElement} */ (this.querySelector('#zip'));
  }

  /** @param {DragEvent} event */
  #over(event) {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.querySelector('[data-drop]')?.toggleAttribute('data-over', true);
  }

  /** @param {DragEvent} event */
  #left(event) {
    if (!event.relatedTarget) this.querySelector('[data-drop]')?.toggleAttribute('data-over', false);
  }

  /** @param {DragEvent} event */
  #dropped(event) {
    this.querySelector('[data-drop]')?.toggleAttribute('data-over', false);
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    this.#zip.files = event.dataTransfer.files;
    this.#zip.dispatchEvent(new Event('change', { bubbles: true }));
    this.#zip.focus();
  }

  /** @param {Event} event */
  #chosen(event) {
    const sources = [...this.querySelectorAll('input[type="file"], input[type="url"]')];
    if (!(event.target instanceof HTMLInputElement) || !sources.includes(event.target) || !event.target.value)
      return;
    for (const other of sources) {
      if (other !== event.target) /** @type {HTMLInputElement} */ (other).value = '';
    }
  }

  /** @param {Event} event */
  #sent(event) {
    if (this.querySelector('form')?.ariaBusy === 'true') event.preventDefault();
    this.#say(true);
  }

  /** @param {boolean} working */
  #say(working) {
    const progress = this.querySelector('.import-progress');
    if (progress instanceof HTMLElement) progress.textContent = working ? (progress.dataset.words ?? '') : '';
    this.querySelector('form')?.setAttribute('aria-busy', String(working));
    for (const button of this.querySelectorAll('button')) {
      if (working) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
  }
}

customElements.define('import-form', ImportForm);
