/**
 * What somebody goes on to write after a button was pressed and before its answer is there: the page that comes was drawn
 * without it.
 */
import { fieldsOf, textsOf } from './rule_parts.js';

/** `row` is the row that the field stands in, as the server names it; "" outside rows. @typedef {{name: string, row: string, texts: string[]}} Late */

/** @param {HTMLFormElement} form @param {Iterable<string>} names of fields @returns {Late[]} what is in them */
export function lateWords(form, names) {
  return [...names].flatMap((name) => {
    const [field] = fieldsOf(form, name);
    return field ? [{ name, row: rowOf(field), texts: textsOf(form, name) }] : [];
  });
}

/**
 * @param {Late[]} late @param {string} html the page that comes
 * @returns {[again: Late[], gone: Set<string>]} what that page asks for too, under its names, and the names of the rest
 */
export function fieldsWith(late, html) {
  const form = new DOMParser()
    .parseFromString(late.length ? html : '', 'text/html')
    .querySelector('form.form');
  const again = [];
  const gone = new Set();
  for (const each of late) {
    const name = form && nameIn(/** @type {HTMLFormElement} */ (form), each);
    if (name) again.push({ ...each, name });
    else gone.add(each.name);
  }
  return [again, gone];
}

/** @param {Late[]} late Write it into the page that is shown now, as a person would. */
export function writeAgain(late) {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form.form'));
  for (const { name, texts } of form ? late : [])
    for (const field of fieldsOf(/** @type {HTMLFormElement} */ (form), name)) {
      if (field.matches('[type="radio"], [type="checkbox"]')) field.checked = texts.includes(field.value);
      else if (field instanceof HTMLSelectElement)
        for (const option of field.options) option.selected = texts.includes(option.value);
      else if (field.type !== 'hidden') field.value = texts[0] ?? '';
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
}

/** Rows may have other numbers now. @param {HTMLFormElement} form @param {Late} late @returns {string} the name of the field there; "" for none */
function nameIn(form, { name, row }) {
  for (const field of /** @type {HTMLCollectionOf<HTMLInputElement>} */ (form.elements))
    if (field.name && rowOf(field) === row && (row ? bare(field.name) === bare(name) : field.name === name))
      return field.name;
  return '';
}

/** @param {Element} field */
function rowOf(field) {
  return field.closest('[data-row]')?.getAttribute('data-row') ?? '';
}

/** @param {string} name */
function bare(name) {
  return name.replace(/\[\d+\]/g, '');
}
