import { phrasesOf } from '../lib/phrases.js';

/**
 * <field-choice data-phrases>: around a tree of checkboxes. A box of a group ticks all boxes in it, and shows whether some
 * of them are ticked; radio buttons "which" tick all, or those that are required; [data-filter] hides what does not match;
 * [data-count] says how many are ticked. Without scripts the server does what the boxes of groups and the radios say.
 */
class FieldChoice extends HTMLElement {
  #phrase = phrasesOf(this);

  connectedCallback() {
    this.#phrase = phrasesOf(this);
    this.addEventListener('change', (event) => this.#change(event));
    this.addEventListener('input', (event) => this.#filter(event));
    // Enter in the search would send the form.
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && isFilter(event.target)) event.preventDefault();
    });
    this.addEventListener('htmx:afterSettle', () => this.#arrived());
    const which = this.#checkedRadio();
    if (which && which !== 'ticked') this.#tickAll(which);
    this.#show();
  }

  /** @param {Event} event */
  #change(event) {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    if (box.name === 'which') this.#tickAll(box.value);
    else if (box.name === 'groups') tickInside(box);
    if (box.name === 'groups' || box.name === 'fields') this.#chooseRadio('ticked');
    this.#show();
  }

  /** @param {string} which */
  #tickAll(which) {
    if (which === 'ticked') return;
    for (const box of boxes(this, 'fields'))
      box.checked = !box.disabled && (which === 'all' || box.dataset.required !== undefined);
    for (const group of boxes(this, 'groups')) if (isLater(group)) group.checked = which === 'all';
  }

  /** What is inside a group that was opened: ticked where the group is, and filtered. */
  #arrived() {
    for (const group of boxes(this, 'groups')) {
      const details = group.closest('li')?.querySelector(':scope > details[data-later]');
      if (!(details instanceof HTMLElement) || details.querySelector('[data-place]')) continue;
      delete details.dataset.later;
      if (group.checked) tickInside(group);
    }
    const filter = this.querySelector('[data-filter]');
    if (filter instanceof HTMLInputElement && filter.value) this.#filterBy(filter.value);
    this.#show();
  }

  #checkedRadio() {
    return boxes(this, 'which').find((radio) => radio.checked)?.value;
  }

  /** @param {string} value */
  #chooseRadio(value) {
    for (const radio of boxes(this, 'which')) radio.checked = radio.value === value;
  }

  /** Groups follow the boxes in them; the innermost first, and disabled ones do not count. */
  #show() {
    let later = 0;
    for (const group of boxes(this, 'groups').reverse()) {
      if (isLater(group)) {
        if (group.checked) later += Number(group.dataset.free);
        continue;
      }
      const inside = boxes(group.closest('li'), 'fields').filter((box) => !box.disabled);
      const groups = boxes(group.closest('li'), 'groups').filter(isLater);
      const all = [...inside, ...groups];
      const ticked = all.filter((box) => box.checked).length;
      group.disabled = all.length === 0;
      group.checked = ticked > 0 && ticked === all.length;
      group.indeterminate = ticked > 0 && ticked < all.length;
    }
    const place = this.querySelector('[data-count]');
    const count = boxes(this, 'fields').filter((box) => box.checked).length + later;
    const isCounted = this.#checkedRadio() === 'ticked';
    if (place) place.textContent = isCounted ? this.#phrase('count', { n: count }) : '';
  }

  /** @param {Event} event */
  #filter(event) {
    if (isFilter(event.target)) this.#filterBy(event.target.value);
  }

  /** @param {string} words */
  #filterBy(words) {
    const wanted = words.trim().toLowerCase();
    for (const row of [...this.querySelectorAll('li[data-words]')].reverse()) {
      if (!(row instanceof HTMLElement)) continue;
      const holds = row.querySelector('li[data-words]:not([hidden])') !== null;
      row.hidden = wanted !== '' && !holds && !(row.dataset.words ?? '').includes(wanted);
      const details = row.querySelector('details');
      if (wanted && holds && details) details.open = true;
    }
  }
}

/** @param {EventTarget | null} target @returns {target is HTMLInputElement} */
function isFilter(target) {
  return target instanceof HTMLInputElement && target.dataset.filter !== undefined;
}

/** Whether what is inside a group comes when it is opened. @param {HTMLInputElement} group */
function isLater(group) {
  return group.closest('li')?.querySelector(':scope > details[data-later]') !== null;
}

/** @param {HTMLInputElement} group */
function tickInside(group) {
  const row = group.closest('li');
  for (const box of [...boxes(row, 'fields'), ...boxes(row, 'groups')])
    if (!box.disabled) box.checked = group.checked;
}

/** @param {Element | null} place @param {string} name @returns {HTMLInputElement[]} */
function boxes(place, name) {
  return [...(place?.querySelectorAll(`input[name="${name}"]`) ?? [])].filter(
    (box) => box instanceof HTMLInputElement,
  );
}

customElements.define('field-choice', FieldChoice);
