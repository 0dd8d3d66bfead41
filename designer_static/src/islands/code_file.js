import { phrasesOf } from '../lib/phrases.js';

const REST = 800; // milliseconds without a key before what was typed is saved

/**
 * <code-file data-file data-base data-line data-phrases>: around a form with a <code-editor>. What is typed is saved a
 * moment later, one save at a time, on top of the state it was typed on; where that is not possible the text stays, and
 * the form's button shows both texts. When the draft changes elsewhere (undo), the text follows, unless somebody types.
 * @typedef {HTMLElement & { text: string | null, pointer: string, showLine(line: number): void, saved(text: string): void, replace(text: string): void, recheck(): void }} CodeEditor
 */
class CodeFile extends HTMLElement {
  #listening = new AbortController();
  #phrase = phrasesOf(this);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Promise<void> | null} */
  #saving = null;
  #stopped = false;

  connectedCallback() {
    this.#phrase = phrasesOf(this);
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener('code-ready', () => this.#editor.showLine(Number(this.dataset.line ?? 1)), {
      signal,
    });
    this.addEventListener('code-changed', () => this.#typed(), { signal });
    const screen = document.getElementById('code-screen');
    for (const kind of ['pointerenter', 'focus'])
      screen?.addEventListener(kind, () => this.#aim(/** @type {HTMLAnchorElement} */ (screen)), { signal });
    this.#form.addEventListener('submit', (event) => this.#submitted(event), { signal });
    document.body.addEventListener('draft-changed', () => this.#follow(), { signal });
    window.addEventListener('online', () => this.#typed(), { signal });
  }

  disconnectedCallback() {
    this.#listening.abort();
    clearTimeout(this.#timer);
  }

  get #editor() {
    return /** @type {CodeEditor} */ (this.querySelector('code-editor'));
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form'));
  }

  #typed() {
    if (this.#stopped) return;
    this.#tell('unsaved');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), REST);
  }

  /** Ctrl+S and the button save at once; after a conflict the form is sent, and shows both texts. @param {SubmitEvent} event */
  #submitted(event) {
    if (this.#stopped || this.#editor.text === null) return;
    event.preventDefault();
    clearTimeout(this.#timer);
    const { submitter } = event;
    if (submitter instanceof HTMLButtonElement && submitter.name === 'finding') this.#mend(submitter);
    else this.#save();
  }

  /** The fix of a finding, on top of what was typed. @param {HTMLButtonElement} button */
  async #mend(button) {
    button.disabled = true;
    if (this.#saving || this.#editor.hasAttribute('data-unsaved')) await this.#save();
    if (this.#stopped) return;
    this.#tell('saving');
    const body = new FormData(this.#form);
    body.delete('text');
    body.set('finding', button.value);
    const headers = { Accept: 'application/json' };
    const answer = await fetch(button.formAction, { method: 'POST', headers, body }).catch(() => null);
    if (!answer) return this.#tell('lost');
    if (answer.redirected || answer.status === 401) return this.#tell('signed-out');
    if (!answer.ok) {
      this.#tell('gone');
      return this.#editor.recheck();
    }
    const state = await answer.json();
    this.#base = state.revision;
    this.#editor.replace(state.text);
    this.#editor.saved(state.text);
    this.#editor.recheck();
    this.#say(state.said);
    // The button goes; whoever pressed it reads on at what is left.
    const left = this.querySelector('[data-check-words]');
    if (left instanceof HTMLElement) {
      left.tabIndex = -1;
      left.focus();
    }
    document.body.dispatchEvent(new CustomEvent('studio-applied', { bubbles: true }));
  }

  async #save() {
    if (this.#saving) {
      await this.#saving;
      return this.#typed();
    }
    const text = this.#editor.text;
    if (text === null) return;
    this.#saving = this.#send(text);
    await this.#saving;
    this.#saving = null;
  }

  /** @param {string} text */
  async #send(text) {
    this.#tell('saving');
    const body = new FormData(this.#form);
    body.set('text', text);
    body.set('base', this.dataset.base ?? '');
    body.set('edit_id', crypto.randomUUID());
    const headers = { Accept: 'application/json' };
    const answer = await fetch(this.dataset.file ?? '', { method: 'POST', headers, body }).catch(() => null);
    if (!answer) return this.#tell('lost');
    if (answer.redirected || answer.status === 401) return this.#tell('signed-out');
    if (!answer.ok) {
      // Not tried again: the form's own answer says what is wrong, with the text as it stands.
      this.#stopped = true;
      return this.#tell(answer.status === 409 ? 'conflict' : 'refused');
    }
    this.#take(await answer.json(), text);
    document.body.dispatchEvent(new CustomEvent('studio-applied', { bubbles: true }));
  }

  /**
   * What the server has now: what was sent, or that merged with what came from elsewhere.
   * @param {{ text: string, revision: string }} state @param {string} sent
   */
  #take(state, sent) {
    this.#base = state.revision;
    if (this.#editor.text !== sent) return this.#typed();
    if (state.text !== sent) this.#editor.replace(state.text);
    this.#editor.saved(state.text);
    this.#tell('saved');
  }

  /** @param {string} revision */
  set #base(revision) {
    this.dataset.base = revision;
    const field = this.#form.elements.namedItem('base');
    if (field instanceof HTMLInputElement) field.value = revision;
  }

  async #follow() {
    if (this.#editor.text === null || this.#editor.hasAttribute('data-unsaved')) return;
    const before = this.#editor.text;
    const headers = { Accept: 'application/json' };
    const answer = await fetch(this.dataset.file ?? '', { headers }).catch(() => null);
    if (!answer?.ok || this.#editor.text !== before) return;
    const state = await answer.json();
    this.#base = state.revision;
    if (state.text !== before) this.#editor.replace(state.text);
    this.#editor.saved(state.text);
  }

  /** The link to the other screen leads to what stands at the cursor. @param {HTMLAnchorElement} link */
  #aim(link) {
    const address = new URL(link.href);
    address.searchParams.set('pointer', this.#editor.pointer);
    link.href = address.href;
  }

  /** @param {string} words */
  #tell(words) {
    this.#say(this.#phrase(words), words);
  }

  /** @param {string} words @param {string} state */
  #say(words, state = 'saved') {
    const status = this.querySelector('[data-save-words]');
    if (status instanceof HTMLElement) {
      status.textContent = words;
      status.dataset.state = state;
    }
  }
}

customElements.define('code-file', CodeFile);
