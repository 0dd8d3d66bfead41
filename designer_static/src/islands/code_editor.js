import { complete, explain } from '../domain/expression_help.js';
import { namesAt, pathAt, placeAt, pointerAt, rangeOf, textAt } from '../domain/json_places.js';
import { helpFor, namesFor, valuesFor } from '../domain/schema_help.js';
import { elementSpecs, explain as explainXml } from '../domain/xml_help.js';
import { phrasesOf } from '../lib/phrases.js';

/**
 * <code-editor data-mode data-phrases [data-schema] [data-check] [data-mend] [data-token]>: around a labelled textarea, which it
 * takes the place of. Without scripts, and until the editor is there, the textarea is what one writes in.
 * data-schema: address of a JSON Schema that knows what can be written (mode "json"), or of the elements of mode "xml"
 *   ({elements}, see domain/xml_help.js); data-dialect: of the functions and
 * names of an expression (a Dialect of domain/expression_help.js).
 * data-check: address that the text is posted to while one writes; answers {words, findings: [{line, column?, pointer?,
 *   severity, message, fix?}]} (line and column count from 1). What has a fix gets a button that sends it to data-mend.
 * What is marked, and [data-line] links inside the element, lead to their place.
 * Tells "code-ready" and "code-changed".
 * @typedef {import('../lib/code_mirror.js').Editor} Editor
 * @typedef {import('@lezer/common').Tree} Tree
 * @typedef {import('../lib/code_mirror.js').Read} Read
 * @typedef {import('../domain/json_places.js').Step} Step
 * @typedef {{ line?: number, column?: number, pointer?: string, severity: string, message: string, fix?: string }} Finding
 */
class CodeEditor extends HTMLElement {
  #listening = new AbortController();
  #phrase = phrasesOf(this);
  /** @type {Editor | null} */
  #editor = null;
  #saved = '';

  connectedCallback() {
    this.#phrase = phrasesOf(this);
    this.#listening = new AbortController();
    this.#start();
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#writeBack();
    this.#editor?.destroy();
    this.#editor = null;
  }

  get #area() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector('textarea'));
  }

  async #start() {
    const { signal } = this.#listening;
    const area = this.#area;
    const place = document.createElement('div');
    place.className = 'code-editor__place';
    const root = place.attachShadow({ mode: 'open' });
    const { codeMirror } = await import('../lib/code_mirror.js');
    const help = await this.#help();
    if (signal.aborted) return;
    const hadFocus = document.activeElement === area;
    const editor = await codeMirror({
      root,
      text: area.value,
      mode: this.dataset.mode ?? '',
      labels: this.#labels(),
      phrases: JSON.parse(this.dataset.phrases ?? '{}'),
      readOnly: area.readOnly,
      help: { ...help, ...(this.dataset.check ? { check: this.#check } : {}) },
      save: () => area.form?.requestSubmit(),
      changed: () => this.#changed(),
    });
    if (signal.aborted) return editor.destroy();
    this.#editor = editor;
    this.#saved = area.defaultValue;
    area.after(place);
    area.hidden = true;
    this.toggleAttribute('data-ready', true);
    if (hadFocus) editor.focus();
    this.#listen(signal);
    this.dispatchEvent(new CustomEvent('code-ready', { bubbles: true }));
  }

  /** What is written now; null before the editor is there. */
  get text() {
    return this.#editor?.text() ?? null;
  }

  /** The JSON Pointer of what stands at the cursor (mode "json"). */
  get pointer() {
    return this.#editor?.atCursor(pointerAt) ?? '';
  }

  /** Put the cursor at the beginning of a line (from 1). @param {number} line */
  showLine(line) {
    if (!this.#editor || line < 2) return;
    const start = offsetOf(this.#editor.text(), line, 1);
    this.#editor.show(start, start);
  }

  /** What is kept by now: only what differs from it is unsaved. */
  get kept() {
    return this.#saved;
  }

  get isUnsaved() {
    return this.hasAttribute('data-unsaved');
  }

  /**
   * What is kept now is `text`, where the editor showed `since`: what was typed after that stays, and is unsaved. False,
   * and nothing is done, where it was typed at a place that reads otherwise now. @param {string} text @param {string} since
   */
  replace(text, since) {
    if (!this.#editor) return false;
    const before = this.#saved;
    this.#saved = text;
    const fits = this.#editor.replace(text, since);
    if (!fits) this.#saved = before;
    this.#mark();
    return fits;
  }

  /** What the server knows about what can be written. @returns {Promise<import('../lib/code_mirror.js').Help>} */
  async #help() {
    const { schema, dialect } = this.dataset;
    const answer = schema || dialect ? await fetch(schema ?? dialect ?? '').catch(() => null) : null;
    const known = answer?.ok ? await answer.json() : null;
    if (!known) return {};
    if (known.elements)
      return {
        elements: elementSpecs(known.elements),
        explain: (tree, read, offset, side) => explainXml(known.elements, tree, read, offset, side),
      };
    if (schema) return schemaHelp(known);
    return {
      complete: (tree, read, offset) => complete(known, tree, read, offset),
      explain: (tree, read, offset, side) => explain(known, tree, read, offset, side),
    };
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    this.addEventListener('focusout', () => this.#writeBack(), { signal });
    this.addEventListener('click', (event) => this.#click(event), { signal });
    this.querySelector('label')?.addEventListener('click', () => this.#editor?.focus(), { signal });
    this.#area.form?.addEventListener(
      'formdata',
      ({ formData }) => {
        this.#writeBack();
        if (this.#area.name) formData.set(this.#area.name, this.#area.value);
      },
      { signal },
    );
    let leavesBySaving = false;
    // Heard last, when it is known whether the form is sent or its text saved from here.
    window.addEventListener(
      'submit',
      (event) => {
        if (event.target === this.#area.form) leavesBySaving = !event.defaultPrevented;
      },
      { signal },
    );
    window.addEventListener(
      'beforeunload',
      (event) => {
        if (!leavesBySaving && this.isUnsaved) event.preventDefault();
      },
      { signal },
    );
  }

  /** What a screen reader says about the text area. @returns {Record<string, string>} */
  #labels() {
    const label = this.querySelector('label')?.textContent?.trim() ?? '';
    const words = [label, this.#phrase('leave')].filter(Boolean);
    return { 'aria-label': words.join('. '), spellcheck: 'false', tabindex: '0', translate: 'no' };
  }

  #writeBack() {
    if (this.#editor) this.#area.value = this.#editor.text();
  }

  #changed() {
    this.#mark();
    if (this.isUnsaved) this.dispatchEvent(new CustomEvent('code-changed', { bubbles: true }));
  }

  #mark() {
    this.toggleAttribute('data-unsaved', this.#editor?.text() !== this.#saved);
  }

  /** A link to a place in the text. @param {MouseEvent} event */
  #click(event) {
    const link = event.target instanceof Element ? event.target.closest('[data-line]') : null;
    if (!(link instanceof HTMLElement) || !this.contains(link) || !this.#editor) return;
    event.preventDefault();
    const start = offsetOf(this.#editor.text(), Number(link.dataset.line), Number(link.dataset.column ?? 1));
    this.#editor.show(start, start);
  }

  /** @param {Tree} tree @param {Read} read @param {string} text @returns {Promise<import('../lib/code_mirror.js').Mark[]>} */
  #check = async (tree, read, text) => {
    const body = new FormData();
    body.set(this.#area.name, text);
    const headers = { 'X-CSRFToken': this.dataset.token ?? '', Accept: 'application/json' };
    const answer = await fetch(this.dataset.check ?? '', { method: 'POST', headers, body }).catch(() => null);
    const said = answer?.ok ? await answer.json().catch(() => null) : null;
    // Of a text that reads otherwise by now, another answer is on its way.
    if (!said || text !== this.text) return [];
    const unread = TOLD_BY_THE_EDITOR.includes(this.dataset.mode ?? '') ? unreadIn(tree, text) : [];
    const findings = [
      ...said.findings,
      ...unread.map((place) => ({ ...place, severity: 'error', message: this.#phrase('unread') })),
    ];
    const words = unread.length ? this.#phrase('errors', { count: unread.length }) : said.words;
    this.#tell(words, findings, text, tree, read);
    return findings.map((finding) => ({
      ...spanOf(finding, tree, read, text),
      severity: finding.severity === 'error' ? 'error' : finding.severity === 'warning' ? 'warning' : 'info',
      message: finding.message,
      actions: this.#canMend(finding)
        ? [{ name: this.#phrase('mend'), apply: () => this.#mend(finding.fix) }]
        : [],
    }));
  };

  /** Whatever is checked anew, such as after an edit of another file. */
  recheck() {
    this.#editor?.check();
  }

  /** @param {Finding} finding */
  #canMend(finding) {
    return Boolean(finding.fix && this.dataset.mend);
  }

  /** @param {string | undefined} fix */
  #mend(fix) {
    for (const button of this.querySelectorAll('[data-findings] button[name="finding"]'))
      if (button instanceof HTMLButtonElement && button.value === fix) button.click();
  }

  /** @param {Finding} finding */
  #mendButton({ fix, message }) {
    const button = document.createElement('button');
    button.className = 'ds-button';
    button.name = 'finding';
    button.value = fix ?? '';
    button.setAttribute('formaction', this.dataset.mend ?? '');
    button.dataset.variant = 'secondary';
    button.dataset.size = 'sm';
    const about = document.createElement('span');
    about.className = 'ds-sr-only';
    about.textContent = `: ${message}`;
    button.append(this.#phrase('mend'), about);
    return button;
  }

  /**
   * The list under the editor says what the marks say.
   * @param {string} words @param {Finding[]} findings @param {string} text @param {Tree} tree @param {Read} read
   */
  #tell(words, findings, text, tree, read) {
    const status = this.querySelector('[data-check-words]');
    if (status && status.textContent !== words) status.textContent = words;
    const rows = findings.map((finding) => {
      const { from } = spanOf(finding, tree, read, text);
      const line = text.slice(0, from).split('\n').length;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'code-editor__finding';
      button.dataset.line = String(line);
      button.dataset.column = String(from - text.lastIndexOf('\n', from - 1));
      button.dataset.severity = finding.severity;
      button.textContent = this.#phrase('finding', { line, message: finding.message });
      const row = document.createElement('li');
      row.append(button);
      if (this.#canMend(finding)) row.append(this.#mendButton(finding));
      return row;
    });
    const list = this.querySelector('[data-findings]');
    const places = [...(list?.querySelectorAll('a, button') ?? [])];
    const at = document.activeElement ? places.indexOf(document.activeElement) : -1;
    list?.replaceChildren(...rows);
    // Whoever stands on one of them stays there.
    if (at >= 0) list?.querySelectorAll('button')[at]?.focus();
  }
}

// Languages whose faults the server does not look for: what their parser could not read is said here.
const TOLD_BY_THE_EDITOR = ['css', 'javascript'];
const MOST_UNREAD = 20;

/** Where a text cannot be read, at most once a line. @param {Tree} tree @param {string} text */
function unreadIn(tree, text) {
  /** @type {Map<number, { line: number, column: number }>} */
  const found = new Map();
  tree.iterate({
    enter: (node) => {
      if (!node.type.isError || found.size >= MOST_UNREAD) return;
      const before = text.slice(0, node.from);
      const line = before.split('\n').length;
      if (!found.has(line)) found.set(line, { line, column: node.from - before.lastIndexOf('\n') });
    },
  });
  return [...found.values()];
}

/** @param {import('../domain/schema_help.js').Schema} schema @returns {import('../lib/code_mirror.js').Help} */
function schemaHelp(schema) {
  return {
    complete(tree, read, offset) {
      const place = placeAt(tree, read, offset);
      if (!place) return null;
      const { kind, path, from, to, present } = place;
      const written = (/** @type {Step[]} */ where) => textAt(tree, read, where);
      if (kind === 'value')
        return {
          from,
          to,
          suggestions: valuesFor(schema, path, (where) => namesAt(tree, read, where), written),
        };
      const hasValue = /^\s*:/.test(read(to, to + 50));
      const suggestions = namesFor(schema, path, present, written).map((each) =>
        hasValue ? { ...each, insert: JSON.stringify(each.label) } : each,
      );
      return { from, to, suggestions };
    },
    explain(tree, read, offset, side) {
      const place = pathAt(tree, read, offset, side);
      const words = place && helpFor(schema, place.path, (where) => textAt(tree, read, where));
      return words ? { from: place.from, to: place.to, words } : null;
    },
  };
}

/** @param {Finding} finding @param {Tree} tree @param {Read} read @param {string} text */
function spanOf(finding, tree, read, text) {
  const range = finding.pointer === undefined ? null : rangeOf(tree, read, finding.pointer);
  if (range) return { from: range.from, to: Math.min(range.to, endOfLine(text, range.from)) };
  const from = offsetOf(text, finding.line ?? 1, finding.column ?? 1);
  return { from, to: endOfLine(text, from) };
}

/** @param {string} text @param {number} line @param {number} column both count from 1 */
function offsetOf(text, line, column) {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return Math.min(start + column - 1, endOfLine(text, start));
}

/** @param {string} text @param {number} offset */
function endOfLine(text, offset) {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

customElements.define('code-editor', CodeEditor);
