/**
 * <search-select data-none [data-options]>: around a labelled select, which becomes a field to search in: letters of a
 * choice or of what it belongs to. The select stays as what is sent. Without scripts, and for a few choices, it is the
 * select itself. Options say more about themselves in data-detail; data-options names a template with the options that
 * many such selects share, of which the select itself holds only the chosen one. data-none is said when nothing is found.
 * (The combobox with a list of the ARIA Authoring Practices.)
 */
const FEW = 8;
const MOST_SHOWN = 100;
let made = 0;

class SearchSelect extends HTMLElement {
  #input = document.createElement('input');
  #list = document.createElement('ul');
  #said = document.createElement('p');
  /** @type {HTMLElement[]} */
  #rows = [];
  #active = -1;
  /** Whether "nothing" is no choice. */
  #required = false;

  connectedCallback() {
    const select = this.querySelector('select');
    if (!select || this.querySelector('[role="combobox"]')) return;
    if (!this.dataset.options && select.options.length <= FEW) return;
    const hadFocus = document.activeElement === select;
    made += 1;
    const list = `search-select-${made}`;
    this.#input.id = select.id;
    this.#input.className = 'ds-input';
    this.#input.autocomplete = 'off';
    this.#input.spellcheck = false;
    for (const name of ['data-size', 'aria-label', 'aria-describedby', 'aria-invalid'])
      if (select.hasAttribute(name)) this.#input.setAttribute(name, select.getAttribute(name) ?? '');
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': list,
    }))
      this.#input.setAttribute(name, value);
    this.#list.id = list;
    this.#list.className = 'search-select__list';
    this.#list.setAttribute('role', 'listbox');
    this.#list.setAttribute(
      'aria-label',
      select.labels[0]?.textContent?.trim() ?? select.getAttribute('aria-label') ?? '',
    );
    this.#list.hidden = true;
    this.#said.className = 'ds-sr-only';
    this.#said.setAttribute('role', 'status');
    select.removeAttribute('id');
    select.removeAttribute('aria-label');
    // What cannot be seen cannot be pointed at when it is missing: the server says so then.
    this.#required = select.required || select.dataset.required !== undefined;
    select.required = false;
    select.hidden = true;
    this.#input.value = this.#chosen();
    this.append(this.#input, this.#list, this.#said);
    this.#listen();
    // Whoever came to the select before the script did goes on where they are.
    if (hadFocus) this.#input.focus();
  }

  get #select() {
    return /** @type {HTMLSelectElement} */ (this.querySelector('select'));
  }

  #chosen() {
    return this.#select.selectedOptions[0]?.label ?? '';
  }

  #listen() {
    this.#input.addEventListener('input', () => this.#open(this.#input.value));
    this.#input.addEventListener('click', () => this.#list.hidden && this.#open(''));
    this.#input.addEventListener('focus', () => this.#input.select());
    this.#input.addEventListener('blur', () => this.#close());
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    // The field keeps the focus while somebody clicks in the list.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
      if (row instanceof HTMLElement) this.#choose(row);
    });
    // What is written here is no change of the form: the select tells of that.
    this.#input.addEventListener('change', (event) => event.stopPropagation());
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const open = !this.#list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) {
        this.#open('');
        this.#goTo(Math.max(0, this.#active));
      } else this.#goTo(this.#active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const row = this.#rows[this.#active] ?? (this.#rows.length === 1 ? this.#rows[0] : undefined);
      if (row) this.#choose(row);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    }
  }

  /** @param {string} letters */
  #open(letters) {
    const words = letters.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const offered = [...this.#options()].filter((option) => option.value || !this.#required);
    const found = offered.filter((option) => matches(option, words));
    this.#rows = [];
    this.#list.replaceChildren();
    let group = '';
    for (const option of found.slice(0, MOST_SHOWN)) {
      const heading = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : '';
      if (heading && heading !== group) this.#list.append(headingOf(heading));
      group = heading;
      this.#list.append(this.#row(option));
    }
    if (found.length === 0 || found.length > MOST_SHOWN)
      this.#list.append(headingOf(found.length ? '…' : this.#none));
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    this.#said.textContent = found.length ? String(found.length) : this.#none;
    const current = this.#rows.findIndex((row) => row.dataset.value === this.#select.value);
    this.#goTo(words.length && this.#rows.length ? 0 : current);
  }

  get #none() {
    return this.dataset.none ?? '';
  }

  /** @returns {Iterable<HTMLOptionElement>} */
  #options() {
    const shared = this.dataset.options ? document.getElementById(this.dataset.options) : null;
    const from = shared instanceof HTMLTemplateElement ? shared.content : this.#select;
    return from.querySelectorAll('option');
  }

  /** @param {HTMLOptionElement} option */
  #row(option) {
    const row = document.createElement('li');
    row.id = `${this.#list.id}-${this.#rows.length}`;
    row.className = 'search-select__choice';
    row.setAttribute('role', 'option');
    row.setAttribute('aria-selected', String(option.value === this.#select.value));
    row.dataset.value = option.value;
    row.append(option.label);
    if (option.dataset.detail) {
      const detail = document.createElement('span');
      detail.className = 'search-select__detail';
      detail.textContent = option.dataset.detail;
      row.append(' ', detail);
    }
    this.#rows.push(row);
    return row;
  }

  /** @param {number} index */
  #goTo(index) {
    this.#rows[this.#active]?.removeAttribute('data-active');
    this.#active = this.#rows.length ? Math.max(-1, Math.min(index, this.#rows.length - 1)) : -1;
    const row = this.#rows[this.#active];
    row?.setAttribute('data-active', '');
    row?.scrollIntoView({ block: 'nearest' });
    this.#input.setAttribute('aria-activedescendant', row?.id ?? '');
  }

  /** @param {HTMLElement} row */
  #choose(row) {
    const select = this.#select;
    const value = row.dataset.value ?? '';
    const changed = value !== select.value;
    if (![...select.options].some((option) => option.value === value))
      select.append(new Option(row.firstChild?.textContent ?? '', value));
    select.value = value;
    this.#close();
    if (changed) select.dispatchEvent(new Event('change', { bubbles: true }));
  }

  #close() {
    this.#list.hidden = true;
    this.#active = -1;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#input.removeAttribute('aria-activedescendant');
    this.#said.textContent = '';
    this.#input.value = this.#chosen();
  }
}

/** @param {HTMLOptionElement} option @param {string[]} words */
function matches(option, words) {
  const group = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : '';
  const text = `${option.label} ${option.dataset.detail ?? ''} ${group} ${option.value}`.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

/** @param {string} words */
function headingOf(words) {
  const heading = document.createElement('li');
  heading.className = 'search-select__heading';
  heading.setAttribute('role', 'presentation');
  heading.textContent = words;
  return heading;
}

customElements.define('search-select', SearchSelect);
