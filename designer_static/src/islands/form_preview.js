import { phrasesOf } from '../lib/phrases.js';

/**
 * <form-preview data-push data-token data-page data-phrases>: shows the form as it is now, in the runtime, inside a frame,
 * at the page that is being edited. Asks Studio to hand the draft over (POST data-push), and again after every edit.
 */
class FormPreview extends HTMLElement {
  #phrase = phrasesOf(this);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #soon;

  connectedCallback() {
    this.#phrase = phrasesOf(this);
    this.addEventListener('click', (event) => this.#click(event));
    this.addEventListener('change', (event) => this.#width(event));
    document.addEventListener('studio-applied', this.#later, { capture: true });
    if (this.dataset.shown === undefined) this.reload();
  }

  disconnectedCallback() {
    clearTimeout(this.#soon);
    document.removeEventListener('studio-applied', this.#later, { capture: true });
  }

  /** Edits come in bursts; the frame follows when the burst is over. */
  #later = () => {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.reload(), 700);
  };

  get #frame() {
    return /** @type {HTMLIFrameElement} */ (this.querySelector('iframe'));
  }

  /** @param {boolean} [again] whether what was filled in is thrown away */
  async reload(again = false) {
    if (this.closest('[hidden]')) return;
    this.#say('loading');
    const headers = { 'X-CSRFToken': this.dataset.token ?? '', Accept: 'application/json' };
    const answer = await fetch(this.dataset.push ?? '', { method: 'POST', headers }).catch(() => null);
    const body = await answer?.json().catch(() => null);
    if (!answer?.ok || typeof body?.url !== 'string') {
      this.#say('failed', body?.detail);
      return;
    }
    this.#show(body.url, again);
  }

  /** @param {string} url @param {boolean} again */
  #show(url, again) {
    const address = new URL(url);
    if (this.dataset.page) address.searchParams.set('page', this.dataset.page);
    const lasting = address.href;
    if (again) address.searchParams.set('again', '1');
    this.#say('');
    this.#frame.hidden = false;
    // Replacing leaves the browser's own Back button to the page around the frame.
    if (this.#frame.contentWindow && this.#frame.src)
      this.#frame.contentWindow.location.replace(address.href);
    else this.#frame.src = address.href;
    const alone = this.querySelector('[data-preview-alone]');
    if (alone instanceof HTMLAnchorElement) alone.href = lasting;
  }

  /** @param {string} state @param {string} [detail] */
  #say(state, detail) {
    const message = this.querySelector('[data-preview-message]');
    if (!(message instanceof HTMLElement)) return;
    message.hidden = state !== 'failed';
    message.textContent = state === 'failed' ? detail || this.#phrase('failed') : '';
    this.toggleAttribute('data-loading', state === 'loading');
    if (state === 'failed') this.#frame.hidden = true;
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest('[data-preview-reload]')) this.reload();
    if (event.target.closest('[data-preview-again]')) {
      event.preventDefault();
      this.reload(true);
    }
  }

  /** @param {Event} event */
  #width(event) {
    if (event.target instanceof HTMLInputElement && event.target.name === 'width')
      this.dataset.width = event.target.value;
  }
}

customElements.define('form-preview', FormPreview);
