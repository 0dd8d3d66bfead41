/**
 * Decimal numbers as the server reckons with them: what a person adds up on paper is what comes out (0.1 + 0.2 is 0.3).
 * 28 significant digits, rounded half to even, as the decimal numbers of the platform and of Python.
 */

const DIGITS = 28;
// Powers of ten beyond this gap change nothing but the rounding, and would only make integers huge.
const WIDEST_GAP = 100;
const SHAPE = /^([-+]?)(\d*)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/;

/** coefficient · 10^exponent */
export class Decimal {
  /** @param {bigint} coefficient @param {number} exponent */
  constructor(coefficient, exponent) {
    this.coefficient = coefficient;
    this.exponent = exponent;
  }

  /** @param {number} number a finite one, by its shortest spelling */
  static of(number) {
    return /** @type {Decimal} */ (Decimal.parse(String(number)));
  }

  /** @param {string} text @returns {Decimal | null} null where it is no number */
  static parse(text) {
    const [, sign, whole = '', decimals = '', exponent = '0'] = SHAPE.exec(text) ?? [];
    if (sign === undefined || !(whole || decimals)) return null;
    const power = Number(exponent) - decimals.length;
    return Number.isSafeInteger(power) ? new Decimal(BigInt(sign + whole + decimals), power) : null;
  }

  /** The exponent of the first digit. */
  get order() {
    return this.exponent + digitsOf(this.coefficient) - 1;
  }

  get isWhole() {
    if (this.coefficient === 0n || this.exponent >= 0) return true;
    return this.order >= 0 && this.coefficient % 10n ** BigInt(-this.exponent) === 0n;
  }

  /** @param {Decimal} other @returns {Decimal} */
  plus(other) {
    if (this.coefficient === 0n) return rounded(other);
    if (other.coefficient === 0n) return rounded(this);
    const [small, large] = this.order < other.order ? [this, other] : [other, this];
    if (large.exponent - small.order > WIDEST_GAP)
      return large.plus(new Decimal(small.coefficient < 0n ? -1n : 1n, large.exponent - WIDEST_GAP));
    const exponent = Math.min(small.exponent, large.exponent);
    return rounded(new Decimal(raised(small, exponent) + raised(large, exponent), exponent));
  }

  /** @param {Decimal} other */
  minus(other) {
    return this.plus(new Decimal(-other.coefficient, other.exponent));
  }

  /** @param {Decimal} other */
  times(other) {
    return rounded(new Decimal(this.coefficient * other.coefficient, this.exponent + other.exponent));
  }

  /** @param {Decimal} other not zero */
  over(other) {
    const shift = Math.max(0, DIGITS + 2 + digitsOf(other.coefficient) - digitsOf(this.coefficient));
    const dividend = this.coefficient * 10n ** BigInt(shift);
    const quotient = dividend / other.coefficient;
    const isNegative = this.coefficient < 0n !== other.coefficient < 0n;
    // What is left over decides a rounding that would otherwise be a tie.
    const rest = dividend % other.coefficient === 0n ? 0n : isNegative ? -1n : 1n;
    return rounded(new Decimal(quotient * 10n + rest, this.exponent - other.exponent - shift - 1));
  }

  /** @param {Decimal} other @returns {number} negative, 0 or positive */
  compare(other) {
    const [one, two] = [sign(this.coefficient), sign(other.coefficient)];
    if (one !== two || one === 0) return one - two;
    if (this.order !== other.order) return (this.order - other.order) * one;
    const exponent = Math.min(this.exponent, other.exponent);
    const [left, right] = [raised(this, exponent), raised(other, exponent)];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** @param {number} decimals @returns {string | null} rounded half up; null where it has too many digits */
  fixed(decimals) {
    if (this.order + decimals >= DIGITS) return null;
    const surplus = -this.exponent - decimals;
    const coefficient =
      surplus > 0
        ? shortened(this.coefficient, surplus, (rest, half) => rest >= half)
        : raised(this, -decimals);
    if (digitsOf(coefficient) > DIGITS) return null;
    return plain(new Decimal(coefficient, -decimals));
  }

  /** The shortest way to write it; an exponent only for very large or small numbers. */
  toString() {
    if (this.coefficient === 0n) return '0';
    let { coefficient, exponent } = rounded(this);
    while (coefficient % 10n === 0n) {
      coefficient /= 10n;
      exponent += 1;
    }
    const short = new Decimal(coefficient, exponent);
    const order = short.order;
    if (order >= -7 && order < 21) return plain(short);
    return `${plain(new Decimal(coefficient, exponent - order))}E${order < 0 ? '' : '+'}${order}`;
  }

  valueOf() {
    return Number(`${this.coefficient}e${this.exponent}`);
  }

  toJSON() {
    return Number(this);
  }
}

/** @param {bigint} number */
function sign(number) {
  return number < 0n ? -1 : number > 0n ? 1 : 0;
}

/** @param {bigint} number */
function digitsOf(number) {
  return String(number < 0n ? -number : number).length;
}

/** @param {Decimal} number @param {number} exponent not above its own @returns {bigint} its coefficient there */
function raised(number, exponent) {
  return number.coefficient * 10n ** BigInt(number.exponent - exponent);
}

/** @param {Decimal} number */
function rounded(number) {
  const surplus = digitsOf(number.coefficient) - DIGITS;
  if (surplus <= 0) return number;
  const coefficient = shortened(
    number.coefficient,
    surplus,
    (rest, half, kept) => rest > half || (rest === half && kept % 2n === 1n),
  );
  return new Decimal(coefficient, number.exponent + surplus);
}

/**
 * @param {bigint} number @param {number} surplus how many of its last digits go
 * @param {(rest: bigint, half: bigint, kept: bigint) => boolean} goesUp
 */
function shortened(number, surplus, goesUp) {
  if (surplus > digitsOf(number) + 1) return 0n;
  const unit = 10n ** BigInt(surplus);
  const size = number < 0n ? -number : number;
  const kept = size / unit;
  const up = goesUp(size % unit, unit / 2n, kept) ? kept + 1n : kept;
  return number < 0n ? -up : up;
}

/** @param {Decimal} number @returns {string} without an exponent */
function plain({ coefficient, exponent }) {
  const minus = coefficient < 0n ? '-' : '';
  const digits = String(coefficient < 0n ? -coefficient : coefficient);
  if (exponent >= 0) return minus + digits + '0'.repeat(coefficient === 0n ? 0 : exponent);
  const padded = digits.padStart(1 - exponent, '0');
  return `${minus}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
