// The browser's engine for tests in Python: a line of JSON {file, expression} in, a line {value} or {error} out.
import { createInterface } from 'node:readline';
import { evaluate } from '../designer_static/src/domain/expressions/compile.js';
import { ExpressionError } from '../designer_static/src/domain/expressions/error.js';
import { toText, typeName } from '../designer_static/src/domain/expressions/values.js';
import { formOf, spotOf } from './js/expression_cases.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { file, expression } = JSON.parse(line);
  console.log(JSON.stringify(outcome(file, expression)));
}

function outcome(file, expression) {
  try {
    const value = evaluate(expression, spotOf(file, formOf(file)));
    return { type: typeName(value), text: toText(value) };
  } catch (error) {
    if (error instanceof ExpressionError) return { error: error.message };
    throw error;
  }
}
