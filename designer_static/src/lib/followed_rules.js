/** Rules that are followed while somebody writes: what follows from an answer is shown at once, before the server has it. */
import { keepFocus } from './focus_kept.js';
import { whenReleased } from './pressing.js';
import { showIssues } from './rule_issues.js';
import { fieldsOf, partsIn, showOutcome, textsOf } from './rule_parts.js';

/**
 * What the rules say (domain/form_rules.js).
 * @typedef {{isAny: boolean, parts: Map<string, any>, values: Map<string, any>, issues: Map<string, any>, ways: Map<string, any>}} Outcome
 * @typedef {{watch: (parts: [string, string[]][], names: string[]) => void, write: (name: string, texts: string[]) => boolean,
 *   follow: (names: string[]) => Outcome, take: (data: any) => void}} Rules
 */

export class FollowedRules {
  /** @type {Rules} */
  #rules;
  /** @type {Record<string, string>} */
  #words;
  /** @type {() => HTMLFormElement} */
  #form;
  /** @type {(at: Element | undefined | null) => void} */
  #touch;

  /**
   * @param {Rules} rules @param {Record<string, string>} words what severities are called
   * @param {() => HTMLFormElement} form that is on the page
   * @param {(at: Element | undefined | null) => void} touch told of each element that is no longer as the server has drawn it
   */
  constructor(rules, words, form, touch) {
    this.#rules = rules;
    this.#words = words;
    this.#form = form;
    this.#touch = touch;
  }

  /** @param {HTMLFormElement[]} forms what is on the page, or comes onto it */
  watch(...forms) {
    this.#rules.watch(
      forms.flatMap((form) => [...partsIn(form)]),
      forms.flatMap((form) =>
        [...form.elements].map((field) => /** @type {HTMLInputElement} */ (field).name),
      ),
    );
  }

  /** @param {any} data that the server now has */
  take(data) {
    this.#rules.take(data);
  }

  /**
   * What follows from changed fields is shown.
   * @param {HTMLFormElement} form that it is shown in @param {Iterable<string>} names of the fields
   * @param {string} [writing] the one that somebody writes in
   * @returns {boolean} whether something on the page follows from them
   */
  follow(form, names, writing) {
    const known = [...names].filter((name) => this.#rules.write(name, textsOf(this.#form(), name)));
    const outcome = this.#rules.follow(known);
    const { isAny, parts, values, issues } = outcome;
    for (const key of parts.keys()) this.#touch(form.querySelector(`#c-${CSS.escape(key)}`));
    for (const name of [...values.keys(), ...issues.keys()]) this.#touch(fieldsOf(form, name)[0]);
    const show = () => {
      showOutcome(form, outcome);
      showIssues(form, issues, this.#words, writing);
    };
    // What is not on the page yet moves nothing.
    if (form === this.#form()) whenReleased(() => keepFocus(form, show));
    else show();
    return isAny;
  }
}
