/**
 * The frame of an app's own element. The element's code runs in it without rights; what it says is written into the
 * fields of the component's own bindings, and goes to the server as if it had been typed. The fields are hidden once
 * the element is there.
 *
 *   <custom-frame data-source data-name data-input><div data-kept></div><fieldset>…<input data-slot>…</fieldset></custom-frame>
 */
const MOST_TEXT = 100_000;
const HIGHEST = 3000;

class CustomFrame extends HTMLElement {
  static observedAttributes = ['data-input'];
  /** @type {HTMLIFrameElement | undefined} */
  #frame;

  connectedCallback() {
    const holder = this.querySelector('[data-kept]');
    if (!this.dataset.source || !holder || this.#frame) return;
    addEventListener('message', this);
    this.#frame = document.createElement('iframe');
    this.#frame.setAttribute('sandbox', 'allow-scripts');
    this.#frame.title = this.dataset.name ?? '';
    this.#frame.src = this.dataset.source;
    holder.replaceChildren(this.#frame);
  }

  disconnectedCallback() {
    removeEventListener('message', this);
    this.#frame?.remove();
    this.#frame = undefined;
  }

  attributeChangedCallback() {
    this.#send();
  }

  /** @param {MessageEvent} event */
  handleEvent(event) {
    if (!this.#frame || event.source !== this.#frame.contentWindow || event.origin !== 'null') return;
    const said = event.data ?? {};
    if (said.type === 'ready') this.#send();
    else if (said.type === 'shown') this.#frame.parentElement?.setAttribute('data-shown', '');
    else if (said.type === 'height' && said.height > 0)
      this.#frame.style.height = `${Math.min(Number(said.height), HIGHEST)}px`;
    else if (said.type === 'dataChanged') this.#take(said.field, said.value);
  }

  /** The frame has no origin to address; that it stays on this site is the page's policy (frame-src). */
  #send() {
    const input = JSON.parse(this.dataset.input ?? '{}');
    this.#frame?.contentWindow?.postMessage({ type: 'show', input }, '*');
  }

  /** @param {unknown} slot @param {unknown} value */
  #take(slot, value) {
    if (typeof slot !== 'string' || typeof value !== 'string' || value.length > MOST_TEXT) return;
    const fields = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll('input[data-slot]')]);
    const field = fields.find((each) => each.dataset.slot === slot);
    if (!field || field.readOnly || field.value === value) return;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

customElements.define('custom-frame', CustomFrame);
