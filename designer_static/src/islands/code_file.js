import { phrasesOf } from '../lib/phrases.js';

const REST = 800; // milliseconds without a key before what was typed is saved
const AGAIN = 5000; // milliseconds before it is tried again where the server was not reached

/**
 * <code-file data-file data-base data-line data-phrases>: around a form with a <code-editor>. What is typed is saved a
 * moment later, on top of the state it was typed on; where that is not possible the text stays, and the form's button
 * shows both texts. When the draft changes elsewhere (undo), the text follows. One thing is asked of the server at a
 * time, so that answers come in the order of what they answer; what is typed meanwhile stays.
 * @typedef {HTMLElement & { text: string | null, kept: string, isUnsaved: boolean, pointer: string, showLine(line: number): void, replace(text: string, since: string): boolean, recheck(): void }} CodeEditor
 * @typedef {{ text: string, revision: string, said?: string }} State what the server has
 */
class CodeFile extends HTMLElement {
  #listening = new AbortController();
  #phrase = phrasesOf(this);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** The last thing that was asked, and all before it. @type {Promise<void>} */
  #turns = Promise.resolve();
  #isBehind = false;
  #state = '';
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
    if (this.#stopped || !this.#editor.isUnsaved) return;
    this.#tell('unsaved');
    this.#saveAfter(REST);
  }

  /** @param {number} milliseconds */
  #saveAfter(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#inTurn(() => this.#save()), milliseconds);
  }

  /** Ctrl+S and the button save at once; after a conflict the form is sent, and shows both texts. @param {SubmitEvent} event */
  #submitted(event) {
    if (this.#stopped || this.#editor.text === null) return;
    event.preventDefault();
    clearTimeout(this.#timer);
    const { submitter } = event;
    if (submitter instanceof HTMLButtonElement && submitter.name === 'finding')
      this.#inTurn(() => this.#mend(submitter));
    else this.#inTurn(() => this.#save());
  }

  /** @param {() => Promise<void>} work */
  #inTurn(work) {
    this.#turns = this.#turns.then(work).catch((error) => {
      this.#tell('lost');
      reportError(error); // the next turn comes all the same
    });
  }

  /** The fix of a finding, on top of what was typed. @param {HTMLButtonElement} button */
  async #mend(button) {
    button.disabled = true;
    if (this.#editor.isUnsaved) await this.#save();
    if (this.#stopped) return;
    const before = this.#editor.kept;
    const body = new FormData(this.#form);
    body.delete('text');
    body.set('finding', button.value);
    const answer = await this.#post(button.formAction, body);
    button.disabled = answer !== null;
    if (!answer) return;
    if (!answer.ok) {
      this.#tell('gone');
      return this.#editor.recheck();
    }
    const state = await answer.json();
    this.#take(state, before, state.said);
    this.#editor.recheck();
    // The button goes; whoever pressed it reads on at what is left.
    const left = this.querySelector('[data-check-words]');
    if (left instanceof HTMLElement) {
      left.tabIndex = -1;
      left.focus();
    }
    document.body.dispatchEvent(new CustomEvent('studio-applied', { bubbles: true }));
  }

  async #save() {
    const text = this.#editor.text;
    if (text === null || this.#stopped) return;
    const body = new FormData(this.#form);
    body.set('text', text);
    body.set('base', this.dataset.base ?? '');
    body.set('edit_id', crypto.randomUUID());
    const answer = await this.#post(this.dataset.file ?? '', body);
    if (!answer) return;
    if (!answer.ok) {
      // Not tried again: the form's own answer says what is wrong, with the text as it stands.
      this.#stopped = true;
      return this.#tell(answer.status === 409 ? 'conflict' : 'refused');
    }
    this.#take(await answer.json(), text);
    document.body.dispatchEvent(new CustomEvent('studio-applied', { bubbles: true }));
  }

  /** What the server answers; null, and told, where it was not reached. @param {string} address @param {FormData} body */
  async #post(address, body) {
    if (this.#state !== 'lost') this.#tell('saving'); // nobody is to hear of every try
    const headers = { Accept: 'application/json' };
    const answer = await fetch(address, { method: 'POST', headers, body }).catch(() => null);
    if (answer && !answer.redirected && answer.status !== 401) return answer;
    this.#tell(answer ? 'signed-out' : 'lost');
    if (this.#editor.isUnsaved) this.#saveAfter(AGAIN);
    return null;
  }

  /**
   * What the server has now, for what the editor showed when it was asked: the same, or that merged with what came
   * from elsewhere. Where something was typed meanwhile at the same place, the server is to bring both together: the
   * next save is made on the state that was there before.
   * @param {State} state @param {string} shown @param {string} [said]
   */
  #take(state, shown, said = this.#phrase('saved')) {
    if (!this.#editor.replace(state.text, shown)) return this.#typed();
    this.#base = state.revision;
    if (this.#editor.isUnsaved) this.#typed();
    else this.#say(said);
  }

  /** @param {string} revision */
  set #base(revision) {
    this.dataset.base = revision;
    const field = this.#form.elements.namedItem('base');
    if (field instanceof HTMLInputElement) field.value = revision;
  }

  /** However often the draft has changed while something else was asked, it is looked at once. */
  #follow() {
    if (this.#isBehind) return;
    this.#isBehind = true;
    this.#inTurn(async () => {
      this.#isBehind = false;
      const shown = this.#editor.text;
      // What is not saved yet brings back with it what came from elsewhere.
      if (shown === null || this.#editor.isUnsaved) return;
      const headers = { Accept: 'application/json' };
      const answer = await fetch(this.dataset.file ?? '', { headers }).catch(() => null);
      if (answer?.ok) this.#take(await answer.json(), shown);
    });
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
    this.#state = state;
    const status = this.querySelector('[data-save-words]');
    if (status instanceof HTMLElement) {
      status.textContent = words;
      status.dataset.state = state;
    }
  }
}

customElements.define('code-file', CodeFile);
