/**
 * What a condition means for the values of a payment. A comparison with a missing value is false, also under NOT: with no e-mail address,
 * neither `:email: = 'a'` nor `NOT :email: = 'a'` holds.
 */
import type { Condition, Literal, Operand, RuleValues } from '../rows/radar';

export interface Payment {
  values: RuleValues;
  /** Whether the list has the value. */
  isListed: (alias: string, value: string) => boolean;
}

type Value = boolean | number | string;

export function holds(condition: Condition, payment: Payment): boolean {
  return decide(condition, payment, false);
}

/** @param negated under an odd number of NOTs: what it says must be false, and known to be */
function decide(condition: Condition, payment: Payment, negated: boolean): boolean {
  if (condition.type === 'all' || condition.type === 'any') {
    return (condition.type === 'all') === negated
      ? condition.of.some((each) => decide(each, payment, negated))
      : condition.of.every((each) => decide(each, payment, negated));
  }
  if (condition.type === 'not') return decide(condition.of, payment, !negated);
  if (condition.type === 'missing') return (valueOf(condition.left, payment) === null) !== negated;
  const known = compare(condition, payment);
  return known !== null && known !== negated;
}

type Comparison = Exclude<Condition, { type: 'all' | 'any' | 'missing' | 'not' }>;

/** Null: a value is missing. */
function compare(condition: Comparison, payment: Payment): boolean | null {
  const left = valueOf(condition.left, payment);
  if (left === null) return null;
  switch (condition.type) {
    case 'is':
      return left === true;
    case 'in':
      return payment.isListed(condition.list, String(left));
    case 'among':
      return condition.values.some(({ value }) => isEqual(left, value));
    case 'includes':
      return folded(left).includes(folded(condition.right.value));
    case 'like':
      return isLike(folded(left), folded(condition.right.value));
    case 'compare':
      return comparePair(condition, left, payment);
  }
}

function comparePair({ operator, right: of }: Extract<Comparison, { type: 'compare' }>, left: Value, payment: Payment): boolean | null {
  const right = rightOf(of, payment);
  if (right === null) return null;
  if (operator === '=' || operator === '!=') return isEqual(left, right) === (operator === '=');
  const [a, b] = [Number(left), Number(right)];
  if (!Number.isFinite(a) || !Number.isFinite(b)) return null;
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
  }
}

const rightOf = (of: Literal | Operand, payment: Payment): Value | null => ('value' in of ? of.value : valueOf(of, payment));

const valueOf = ({ name }: Operand, { values }: Payment): Value | null => values[name] ?? null;

/** Texts are compared without case; metadata with a number, as a number. */
function isEqual(a: Value, b: Value): boolean {
  if (typeof a === typeof b) return folded(a) === folded(b);
  return String(a).trim() !== '' && Number(a) === Number(b);
}

const folded = (value: Value): string => String(value).toLowerCase();

/** `%` stands for any text. Each part is looked for after the one before, so it takes one pass. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('%');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return text === pattern;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const inner = text.slice(first.length, text.length - last.length);
  let from = 0;
  return parts.slice(1, -1).every((part) => {
    const found = inner.indexOf(part, from);
    from = found + part.length;
    return found >= 0;
  });
}
