// Typing the beginning of a name goes to the next one that begins so.

const PAUSE = 700; // milliseconds after which typing begins anew

export class TypeAhead {
  #typed = '';
  #when = 0;

  /**
   * @param {string} key one sign @param {number} now in milliseconds
   * @param {string[]} names @param {number} from where the keyboard is
   * @returns {number} the place to go to; -1 where no name begins so
   */
  next(key, now, names, from) {
    this.#typed = now - this.#when > PAUSE ? key : this.#typed + key;
    this.#when = now;
    const wanted = this.#typed.toLowerCase();
    // The same sign again and again goes from one to the next; more signs stay where they fit.
    const again = [...wanted].every((sign) => sign === wanted[0]);
    const beginning = again ? (wanted[0] ?? '') : wanted;
    const start = again ? from + 1 : from;
    for (let step = 0; step < names.length; step += 1) {
      const place = (start + step) % names.length;
      if (names[place]?.toLowerCase().startsWith(beginning)) return place;
    }
    return -1;
  }
}
