/** An expression is malformed or fails. `message` is in the words of the format, which others rely on. */
export class ExpressionError extends Error {}
