/**
 * Whether an example fits a pattern of a JSON Schema, as the form in the browser will see it.
 * @param {string} pattern @param {string} example
 * @returns {'fits' | 'misfits' | 'broken' | ''} '' where there is nothing to say
 */
export function judge(pattern, example) {
  if (!pattern) return '';
  try {
    const expression = new RegExp(pattern);
    if (!example) return '';
    return expression.test(example) ? 'fits' : 'misfits';
  } catch {
    return 'broken';
  }
}
