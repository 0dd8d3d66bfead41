import { rememberDrawn } from './as_drawn.js';

/** @typedef {{ name: string, html: string }} Specimen */

// As in features/layouts/specimens.py.
const STAND_IN = 'specimen-of-';

/** What new components look like, by their type; fetched once, when somebody is about to add one. */
export class Specimens {
  /** @type {Record<string, Specimen>} */
  #known = {};
  #asked = false;

  /** @param {string} address */
  async fetch(address) {
    if (this.#asked) return;
    this.#asked = true;
    const answer = await fetch(address).catch(() => null);
    const known = answer?.ok ? await answer.json().catch(() => null) : null;
    this.#known = known ?? {};
    this.#asked = known !== null;
  }

  /**
   * @param {string} type
   * @param {(name: string) => boolean} taken
   * @returns {{ name: string, element: HTMLElement } | null} one with an id that is free; null where none is known
   */
  take(type, taken) {
    const specimen = this.#known[type];
    const [, stem, first] = /^(.*?)(\d+)$/.exec(specimen?.name ?? '') ?? [];
    if (!specimen || !stem) return null;
    let number = Number(first);
    while (taken(`${stem}${number}`)) number += 1;
    const name = `${stem}${number}`;
    const holder = document.createElement('template');
    holder.innerHTML = specimen.html.replaceAll(`${STAND_IN}${type}`, name);
    for (const forNoScript of holder.content.querySelectorAll('noscript')) forNoScript.remove();
    const drawn = holder.content.firstElementChild;
    if (!(drawn instanceof HTMLElement)) return null;
    const element = document.importNode(drawn, true);
    rememberDrawn(element, drawn.outerHTML);
    return { name, element };
  }
}
