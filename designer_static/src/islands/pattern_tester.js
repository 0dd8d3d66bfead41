import { judge } from '../domain/pattern_judge.js';
import { phrasesOf } from '../lib/phrases.js';

/**
 * <pattern-tester data-phrases>: says whether the example in #pattern-example fits the pattern in #limit-pattern while
 * either is written, and fills in a ready pattern.
 */
class PatternTester extends HTMLElement {
  connectedCallback() {
    this.addEventListener('input', () => this.#say());
    this.addEventListener('change', (event) => {
      const example = this.#input('pattern-example');
      // Neither is a part of the model.
      if (event.target === example) event.stopPropagation();
      if (!(event.target instanceof HTMLSelectElement)) return;
      event.stopPropagation();
      const pattern = this.#input('limit-pattern');
      if (!pattern || !event.target.value) return;
      pattern.value = event.target.value;
      this.#say();
      pattern.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }

  /** @param {string} id @returns {HTMLInputElement | null} */
  #input(id) {
    return this.querySelector(`#${id}`);
  }

  #say() {
    const verdict = this.querySelector('#pattern-verdict');
    if (!(verdict instanceof HTMLElement)) return;
    const found = judge(
      this.#input('limit-pattern')?.value ?? '',
      this.#input('pattern-example')?.value ?? '',
    );
    verdict.dataset.verdict = found;
    verdict.textContent = found && phrasesOf(this)(found);
  }
}

customElements.define('pattern-tester', PatternTester);
