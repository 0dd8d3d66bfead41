import { TypeAhead } from '../domain/type_ahead.js';
import { writeName } from '../lib/inline_name.js';
import { phrasesOf } from '../lib/phrases.js';
import { announce } from '../lib/speech.js';
import { insideOf, keyOf, makeTree, parentRow, placeAt, rowAt, rowOf, rowsOf } from '../lib/tree_dom.js';

const PAUSE = 90; // milliseconds on a row before its panel is fetched: arrow keys go past many

/**
 * <field-tree data-url data-phrases>: around the columns of the data model editor. Makes a tree (WAI-ARIA) of the links
 * in #tree: opens and closes branches, goes from row to row, renames in place, cuts and puts in.
 */
class FieldTree extends HTMLElement {
  #phrase = phrasesOf(this);
  #typing = new TypeAhead();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #looking;
  #cut = '';
  #current = '';
  #inTree = false;

  connectedCallback() {
    this.#phrase = phrasesOf(this);
    const editor = this.closest('draft-editor');
    editor?.addEventListener('studio-asking', (event) =>
      /** @type {CustomEvent} */ (event).detail.fields.push(...this.#circumstances()),
    );
    editor?.addEventListener('studio-applied', (event) => this.#applied(/** @type {CustomEvent} */ (event)));
    editor?.addEventListener('studio-shown', () => {
      this.#upgrade();
      this.querySelector('#editor-panel')?.scrollTo(0, 0);
    });
    this.addEventListener('studio-open', (event) => this.#open(rowOf(event.target)));
    this.addEventListener('click', (event) => this.#click(event));
    this.addEventListener('dblclick', (event) => this.#rename(rowOf(event.target)));
    this.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('focusin', (event) => {
      this.#inTree = rowOf(event.target) !== null;
    });
    const shown = this.querySelector('.tree-row[aria-current]');
    if (shown instanceof HTMLElement) this.#current = keyOf(shown);
    this.#upgrade();
  }

  get #tree() {
    return this.querySelector('#tree');
  }

  get #rows() {
    return this.#tree ? rowsOf(this.#tree) : [];
  }

  get #row() {
    return this.#tree && rowAt(this.#tree, this.#current);
  }

  /** What the server must know to show the same tree. @returns {[string, string][]} */
  #circumstances() {
    const open = this.#rows.filter((row) => insideOf(row)).map((row) => row.id.slice('go-'.length));
    const top = this.#tree instanceof HTMLElement ? (this.#tree.dataset.top ?? '') : '';
    return [
      ['open', open.join(' ')],
      ['top', top],
    ];
  }

  #upgrade() {
    if (!this.#tree) return;
    if (!this.#row) this.#current = keyOf(this.#rows[0] ?? document.body);
    makeTree(this.#tree, this.#phrase('tree'), this.#current);
    this.#mark();
  }

  /** Forms that are about what is chosen name it. */
  #mark() {
    for (const field of this.querySelectorAll('[data-chosen-key]'))
      if (field instanceof HTMLInputElement) field.value = this.#current;
  }

  /** @param {CustomEvent} event */
  #applied(event) {
    const [selected] = event.detail.selected;
    if (selected && selected !== this.#current) this.querySelector('#editor-panel')?.scrollTo(0, 0);
    if (selected) this.#current = selected;
    this.#upgrade();
    const begin = event.detail.begin && document.getElementById(`go-${event.detail.begin}`);
    if (begin) this.#rename(begin);
    else if (this.#inTree && document.activeElement === document.body) this.#row?.focus();
    this.#row?.scrollIntoView({ block: 'nearest' });
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = event.target;
    if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const row = rowOf(target);
    const link = target.closest('[data-choose]');
    const act = target.closest('[data-tree-act]');
    if (row) {
      event.preventDefault();
      if (target.closest('.tree-row__turn') && row.dataset.branch) this.#turn(row);
      else this.#choose(row, 0);
    } else if (link instanceof HTMLAnchorElement) {
      event.preventDefault();
      this.#show(new URL(link.href).searchParams.get('selected') ?? '');
    } else if (act instanceof HTMLElement) {
      const chosen = this.#row;
      if (chosen && act.dataset.treeAct === 'cut') this.#cutRow(chosen);
      if (chosen && act.dataset.treeAct === 'paste') this.#paste(chosen);
    }
  }

  /** @param {HTMLElement} row @param {number} pause */
  #choose(row, pause) {
    this.#current = keyOf(row);
    for (const other of this.#rows) {
      other.setAttribute('aria-selected', String(other === row));
      other.tabIndex = other === row ? 0 : -1;
    }
    this.#mark();
    row.focus({ preventScroll: pause === 0 });
    if (!pause) this.#openSheet();
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => this.#look(), pause);
  }

  /** Something that may not be in the tree that is shown: the server sends what it takes. @param {string} key */
  #show(key) {
    this.#current = key;
    this.#look();
    this.dispatchEvent(new CustomEvent('studio-found', { bubbles: true }));
  }

  #look() {
    this.dispatchEvent(new CustomEvent('studio-select', { bubbles: true, detail: { ids: [this.#current] } }));
  }

  /** On narrow screens the settings of a field come up when it is pressed. */
  #openSheet() {
    const button = document.querySelector('[data-sheet="panel"][aria-expanded="false"]');
    if (button instanceof HTMLElement && button.offsetParent) button.click();
  }

  /** @param {HTMLElement} row */
  #turn(row) {
    if (insideOf(row)) this.#shut(row);
    else this.#open(row);
  }

  /** @param {HTMLElement | null} row */
  async #open(row) {
    if (!row?.dataset.branch || insideOf(row) || row.dataset.opening !== undefined) return;
    row.dataset.opening = '';
    const query = new URLSearchParams([['node', keyOf(row)]]);
    const address = new URL(row instanceof HTMLAnchorElement ? row.href : location.href);
    query.set('lang', address.searchParams.get('lang') ?? '');
    const answer = await fetch(`${this.dataset.url}/branch?${query}`, {
      headers: { 'HX-Request': 'true' },
    }).catch(() => null);
    delete row.dataset.opening;
    if (!answer?.ok || insideOf(row)) return;
    const holder = document.createElement('template');
    holder.innerHTML = await answer.text();
    row.after(holder.content);
    row.dataset.branch = 'open';
    this.#upgrade();
  }

  /** @param {HTMLElement} row */
  #shut(row) {
    const inside = insideOf(row);
    const chosen = this.#row;
    if (chosen && inside?.contains(chosen)) this.#choose(row, PAUSE);
    inside?.remove();
    row.dataset.branch = 'shut';
    this.#upgrade();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f' && !event.shiftKey) {
      event.preventDefault();
      document.getElementById('field-search')?.focus();
      return;
    }
    const row = rowOf(event.target);
    if (!row) return;
    if (keyOf(row) !== this.#current) this.#choose(row, PAUSE);
    const done =
      event.ctrlKey || event.metaKey
        ? this.#withControl(row, event.key.toLowerCase())
        : event.altKey
          ? this.#step(event.key)
          : this.#plain(row, event);
    if (done) event.preventDefault();
  }

  /** @param {HTMLElement} row @param {string} key */
  #withControl(row, key) {
    if (key === 'x') this.#cutRow(row);
    else if (key === 'v') this.#paste(row);
    else if (key === 'd') this.#edit('duplicate');
    else return false;
    return true;
  }

  /** @param {string} key */
  #step(key) {
    const way = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }[key];
    if (way) this.#edit('step', [['way', way]]);
    return way !== undefined;
  }

  /** @param {HTMLElement} row @param {KeyboardEvent} event */
  #plain(row, event) {
    const rows = this.#rows;
    const at = rows.indexOf(row);
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.#go(rows[at + 1]),
      ArrowUp: () => this.#go(rows[at - 1]),
      Home: () => this.#go(rows[0]),
      End: () => this.#go(rows.at(-1)),
      ArrowRight: () => (insideOf(row) ? this.#go(rows[at + 1]) : this.#open(row)),
      ArrowLeft: () => (insideOf(row) && parentRow(row) ? this.#shut(row) : this.#go(parentRow(row))),
      Enter: () => this.#settings(),
      F2: () => this.#rename(row),
      Delete: () => this.#edit('remove'),
      Insert: () => this.#edit('add_field'),
      '?': () => this.dispatchEvent(new CustomEvent('studio-help', { bubbles: true })),
      '*': () => this.#openAll(row),
      ' ': () => this.#turn(row),
    };
    const act = keys[event.key];
    if (act) act();
    else if (event.key.length === 1) {
      const names = rows.map((each) => each.dataset.name ?? '');
      this.#go(rows[this.#typing.next(event.key, event.timeStamp, names, at)]);
    }
    return act !== undefined || event.key.length === 1;
  }

  /** @param {HTMLElement | null | undefined} row */
  #go(row) {
    if (row) this.#choose(row, PAUSE);
  }

  /** Open every group beside this one. @param {HTMLElement} row */
  #openAll(row) {
    for (const item of row.parentElement?.parentElement?.children ?? []) {
      const sibling = item.querySelector(':scope > .tree-row');
      if (sibling instanceof HTMLElement) this.#open(sibling);
    }
  }

  #settings() {
    this.#openSheet();
    (document.getElementById('node-name') ?? document.getElementById('node-title'))?.focus();
  }

  /** @param {HTMLElement | null} row */
  #rename(row) {
    const name = row?.querySelector('.tree-row__name');
    const item = row?.parentElement;
    const role = row?.dataset.role;
    if (!row || !item || !(name instanceof HTMLElement) || (role !== 'field' && role !== 'type')) return;
    if (this.#current !== keyOf(row)) this.#choose(row, 0);
    writeName({
      place: item,
      over: name,
      value: row.dataset.name ?? '',
      label: this.#phrase('name'),
      done: (value) => value && this.#edit('rename', [['value', value]], keyOf(row)),
    });
  }

  /** @param {HTMLElement} row */
  #cutRow(row) {
    if (row.dataset.role !== 'field') return;
    for (const marked of this.querySelectorAll('[data-cut]')) marked.removeAttribute('data-cut');
    row.dataset.cut = '';
    this.#cut = keyOf(row);
    announce(this.#phrase('cut', { name: row.dataset.name ?? '' }));
  }

  /** @param {HTMLElement} row */
  #paste(row) {
    const place = placeAt(row);
    if (!this.#cut || !place) {
      announce(this.#phrase('nothing'));
      return;
    }
    this.#edit('move', Object.entries(place), this.#cut);
    this.#cut = '';
  }

  /** @param {string} command @param {[string, string][]} [more] @param {string} [key] */
  #edit(command, more = [], key = this.#current) {
    /** @type {[string, string][]} */
    const fields = [['do', command], ['key', key], ...more];
    this.dispatchEvent(new CustomEvent('studio-edit', { bubbles: true, detail: { fields } }));
  }
}

customElements.define('field-tree', FieldTree);
