/**
 * What an app's own rules say about answers, shown where the server shows it: it marks each of these messages with
 * `data-rule`. Messages of other kinds stay as they are.
 */
import { fieldsOf, say } from './rule_parts.js';

/** @typedef {{severity: 'error' | 'warning' | 'info' | 'success', text: string}} Issue */

/**
 * @param {HTMLFormElement} form @param {Map<string, Issue[]>} issues by the names of fields
 * @param {Record<string, string>} words what a severity is called for those who do not see it
 * @param {string} [writing] the field that somebody writes in: nothing new is said about it before it is left
 */
export function showIssues(form, issues, words, writing) {
  for (const [name, own] of issues) {
    const [field] = fieldsOf(form, name).filter(({ type }) => type !== 'hidden');
    const place = field && placeOf(field);
    if (!place) continue;
    const told = [...place.querySelectorAll('[data-rule]')];
    if (name === writing && !told.length) continue;
    if (told.length === own.length && told.every((each, at) => saysSame(each, own[at]))) continue;
    const messages = own.map((issue) => message(issue, words));
    // What may be markup is left to the server, and so are the messages beside it.
    if (messages.some((each) => !each.textContent)) continue;
    for (const each of told) each.remove();
    place.append(...messages);
    tie(field, place);
  }
}

/** @param {Element} told @param {Issue | undefined} issue */
function saysSame(told, issue) {
  return told.lastChild?.textContent === issue?.text;
}

/** @param {HTMLInputElement} field @returns {Element | null} where the server says what is wrong with an answer */
function placeOf(field) {
  const own = field.form?.querySelector(`#${CSS.escape(`${field.id}-issues`)}`);
  return own ?? field.closest('[data-component]')?.querySelector('.form-issues') ?? null;
}

/** @param {Issue} issue @param {Record<string, string>} words */
function message({ severity, text }, words) {
  const paragraph = document.createElement('p');
  paragraph.className = 'ds-validation-message';
  paragraph.dataset.rule = '';
  const said = document.createElement('span');
  say(said, text);
  if (!said.textContent) return paragraph;
  if (severity !== 'error') {
    paragraph.dataset.color = severity;
    const name = document.createElement('span');
    name.className = 'ds-sr-only';
    name.textContent = `${words[severity] ?? ''}: `;
    paragraph.append(name);
  }
  paragraph.append(text);
  return paragraph;
}

/** @param {HTMLInputElement} field @param {Element} place the field says that it is described there, and whether it is wrong */
function tie(field, place) {
  const set = field.matches('[type="radio"], [type="checkbox"]') ? field.closest('fieldset') : null;
  const described = (set ?? field).getAttribute('aria-describedby')?.split(' ') ?? [];
  const others = described.filter((id) => id && id !== place.id);
  const now = place.childElementCount ? [...others, place.id] : others;
  if (now.length) (set ?? field).setAttribute('aria-describedby', now.join(' '));
  else (set ?? field).removeAttribute('aria-describedby');
  const isWrong = place.querySelector('.ds-validation-message:not([data-color])') !== null;
  for (const each of field.form ? fieldsOf(field.form, field.name) : [])
    if (each.type !== 'hidden') {
      if (isWrong) each.setAttribute('aria-invalid', 'true');
      else each.removeAttribute('aria-invalid');
    }
}
