import { undoKey } from '../domain/undo_key.js';
import { ITEM, idOf, itemOf } from '../lib/canvas_dom.js';
import { whenDrawn } from '../lib/frames.js';

/** @typedef {{ language: string, name: string, text: string }} Version */

/**
 * <inline-text data-label data-lang data-lang-name data-beside>: around a canvas. Double-click on a component, or `studio-write`,
 * opens its text for writing where it stands. Enter keeps it, Escape leaves it as it was. With `data-beside` (words
 * for it) the other languages of the app stand under it, and Alt with an arrow up or down goes to the next one.
 * Until something is written, the keys of undo are those of the page: whoever has added a field takes that back.
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
      const { begin } = /** @type {CustomEvent} */ (event).detail;
      if (begin) whenDrawn(() => this.#openById(begin)); // first it is seen, then it is written
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
    const text = item.dataset.text ?? '';
    const { lang = '', langName = '' } = this.dataset;
    const writing = new Writing(this, item, { language: lang, name: langName, text });
    const asked = this.dataset.beside ? this.#versions(idOf(item), slot) : Promise.resolve([]);
    asked.then((versions) => writing.show(versions));
  }

  /** @param {string} id @param {string} slot @returns {Promise<Version[]>} */
  async #versions(id, slot) {
    const editor = this.closest('draft-editor');
    if (!(editor instanceof HTMLElement)) return [];
    const answer = await fetch(`${editor.dataset.url}/beside?${new URLSearchParams({ id, slot })}`).catch(
      () => null,
    );
    return answer?.ok ? answer.json() : [];
  }
}

/** One text while it is written. */
class Writing {
  #around;
  #item;
  #version;
  #field = document.createElement('textarea');
  #beside = document.createElement('div');
  /** @type {Version[]} */
  #versions = [];

  /** @param {HTMLElement} around @param {HTMLElement} item @param {Version} version what it begins with */
  constructor(around, item, version) {
    this.#around = around;
    this.#item = item;
    this.#version = version;
    const field = this.#field;
    field.className = 'ds-input inline-text';
    field.dataset.canvasControl = '';
    field.dataset.size = 'sm';
    this.#beside.className = 'inline-beside';
    this.#beside.dataset.canvasControl = '';
    this.#beside.hidden = true;
    // Choosing another language must not end the writing before it has begun.
    this.#beside.addEventListener('mousedown', (event) => event.preventDefault());
    this.#beside.addEventListener('click', (event) => this.#clicked(event));
    this.#place();
    item.append(field, this.#beside);
    this.#fill(version);
    field.addEventListener('keydown', (event) => this.#key(event));
    field.addEventListener('input', () => {
      delete field.dataset.untouched;
      this.#settle();
    });
    // An answer may draw the component anew while its text is written: the field then moves over, see #follow.
    field.addEventListener('blur', () =>
      queueMicrotask(() => {
        if (field.isConnected && document.activeElement !== field) this.#end();
      }),
    );
    around.closest('draft-editor')?.addEventListener('studio-applied', this.#follow);
  }

  #follow = () => {
    if (this.#field.isConnected) return;
    const item = itemOf(this.#around, idOf(this.#item));
    if (!item) return this.#end();
    const { selectionStart, selectionEnd } = this.#field;
    this.#item = item;
    this.#place();
    item.append(this.#field, this.#beside);
    this.#settle();
    this.#field.focus();
    this.#field.setSelectionRange(selectionStart, selectionEnd);
  };

  /** The same text in all languages. @param {Version[]} versions */
  show(versions) {
    this.#versions = versions;
    const own = versions.find(({ language }) => language === this.#version.language);
    if (own) this.#version = { ...own, text: this.#version.text };
    this.#draw();
  }

  /** Over the text it stands for. */
  #place() {
    const shown = this.#item.querySelector(`[data-text="${this.#item.dataset.textSlot}"]`);
    if (!shown || shown.closest(ITEM) !== this.#item) return;
    const top = shown.getBoundingClientRect().top - this.#item.getBoundingClientRect().top;
    this.#field.style.top = `${Math.max(0, top - 6)}px`;
  }

  /** @param {Version} version */
  #fill(version) {
    const field = this.#field;
    this.#version = version;
    field.value = version.text;
    field.dataset.untouched = '';
    if (version.language) field.lang = version.language;
    field.rows = Math.max(1, version.text.split('\n').length);
    field.setAttribute('aria-label', [this.#around.dataset.label, version.name].filter(Boolean).join(': '));
    field.focus();
    field.select();
  }

  /** The other languages, under the field. */
  #draw() {
    const others = this.#versions.filter(({ language }) => language !== this.#version.language);
    this.#beside.hidden = others.length === 0 || !this.#field.isConnected;
    this.#beside.replaceChildren(...others.map(line));
    this.#field.title = others.length ? (this.#around.dataset.beside ?? '') : '';
    this.#settle();
  }

  #settle() {
    this.#beside.style.top = `${this.#field.offsetTop + this.#field.offsetHeight}px`;
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const version = this.#versions.find(({ language }) => language === button?.dataset.language);
    event.stopPropagation();
    if (version) this.#turnTo(version);
  }

  /** Keep what is written and go on in another language. @param {Version} version */
  #turnTo(version) {
    this.#keep();
    this.#fill(version);
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (undoKey(event) && this.#field.dataset.untouched !== undefined) return;
    event.stopPropagation();
    if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const count = this.#versions.length;
      const now = this.#versions.findIndex(({ language }) => language === this.#version.language);
      const next = this.#versions[(now + (event.key === 'ArrowDown' ? 1 : count - 1)) % count];
      if (next && count > 1) this.#turnTo(next);
      return;
    }
    if (event.key === 'Escape') this.#field.value = this.#version.text;
    if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
      event.preventDefault();
      const item = this.#field.closest(ITEM);
      this.#field.blur();
      if (item instanceof HTMLElement) item.focus();
    }
  }

  #end() {
    this.#around.closest('draft-editor')?.removeEventListener('studio-applied', this.#follow);
    this.#keep();
    this.#field.remove();
    this.#beside.remove();
  }

  #keep() {
    const value = this.#field.value.trim();
    const { language, text } = this.#version;
    if (value === text.trim()) return;
    for (const version of this.#versions) if (version.language === language) version.text = value;
    this.#version = { ...this.#version, text: value };
    const fields = [
      ['do', 'text'],
      ['id', idOf(this.#item)],
      ['slot', this.#item.dataset.textSlot],
      ['value', value],
    ];
    if (language) fields.push(['language', language]);
    this.#around.dispatchEvent(new CustomEvent('studio-edit', { bubbles: true, detail: { fields } }));
  }
}

/** @param {Version} version */
function line({ language, name, text }) {
  const button = document.createElement('button');
  button.type = 'button';
  button.tabIndex = -1;
  button.dataset.language = language;
  const label = document.createElement('span');
  label.className = 'inline-beside__name';
  label.textContent = name;
  const words = document.createElement('span');
  words.lang = language;
  words.dir = 'auto';
  words.textContent = text || '–';
  button.append(label, words);
  return button;
}

customElements.define('inline-text', InlineText);
