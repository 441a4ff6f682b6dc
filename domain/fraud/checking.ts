/** Whether a rule makes sense. What does not is refused when the rule is saved, at the character where it begins. */
import type { Condition, Literal, Operand, RuleAction } from '../rows/radar';
import { isCheckedByBank, isMetadata, isStripesOnly, operandsOf, typeOf, type AttributeType } from './attributes';

export interface RuleMistake {
  /** Counted from 0. */
  at: number;
  message: string;
}

/** The first mistake, or null. */
export function mistakeIn(action: RuleAction, condition: Condition): RuleMistake | null {
  const unknown = operandsOf(condition).find(({ name }) => typeOf(name) === null);
  if (unknown) return unknownAttribute(unknown);
  const late = operandsOf(condition).find(({ name }) => isCheckedByBank(name));
  if (late && (action === 'allow' || action === 'request_3ds')) {
    const what = action === 'allow' ? 'allow' : 'request 3D Secure';
    return { at: late.at, message: `\`:${late.name}:\` is known once the bank has answered, which is too late to ${what}.` };
  }
  return mistakeOfTypes(condition);
}

function unknownAttribute({ name, at }: Operand): RuleMistake {
  const message = isStripesOnly(name) ? `Dunlin has no value of \`:${name}:\`, which Stripe has.` : `There is no attribute \`:${name}:\`.`;
  return { at, message };
}

function mistakeOfTypes(condition: Condition): RuleMistake | null {
  if (condition.type === 'all' || condition.type === 'any') return firstOf(condition.of.map(mistakeOfTypes));
  return condition.type === 'not' ? mistakeOfTypes(condition.of) : mistakeOfOne(condition);
}

function mistakeOfOne(condition: Exclude<Condition, { of: unknown }>): RuleMistake | null {
  switch (condition.type) {
    case 'missing':
      return neverMissing(condition.left);
    case 'is':
      return expected(condition.left, ['boolean'], 'can stand alone only if it is true or false');
    case 'compare':
      return mistakeOfComparison(condition);
    case 'in':
      return expected(condition.left, ['text'], 'is no text, so no list has it');
    case 'among':
      return firstOf(condition.values.map((value) => mistakeOfValue(condition.left, value)));
    case 'includes':
    case 'like':
      return expected(condition.left, ['text'], 'is no text') ?? mistakeOfValue(condition.left, condition.right);
  }
}

const firstOf = (mistakes: readonly (RuleMistake | null)[]): RuleMistake | null => mistakes.find((mistake) => mistake !== null) ?? null;

function neverMissing(left: Operand): RuleMistake | null {
  return typeOf(left.name) === 'boolean' ? { at: left.at, message: `\`:${left.name}:\` is never missing.` } : null;
}

function expected(left: Operand, types: readonly AttributeType[], why: string): RuleMistake | null {
  const type = typeOf(left.name);
  return type !== null && types.includes(type) ? null : { at: left.at, message: `\`${shown(left)}\` ${why}.` };
}

function mistakeOfComparison({ left, operator, right }: Extract<Condition, { type: 'compare' }>): RuleMistake | null {
  const isOrder = operator !== '=' && operator !== '!=';
  const type = typeOf(left.name);
  if (isOrder && type !== 'number' && !isMetadata(left.name)) {
    return { at: left.at, message: `\`${operator}\` compares numbers, and \`${shown(left)}\` is none.` };
  }
  if ('value' in right) return mistakeOfValue(left, right, isOrder);
  if (typeOf(right.name) === type) return null;
  return { at: right.at, message: `\`${shown(right)}\` is of another type than \`${shown(left)}\`.` };
}

function mistakeOfValue(left: Operand, right: Literal, isOrder = false): RuleMistake | null {
  const { value, at } = right;
  if (value === Infinity || value === -Infinity) return { at, message: 'This number is too large.' };
  if (isMetadata(left.name)) return mistakeOfMetadata(left, right, isOrder);
  const [type, given] = [typeOf(left.name), typeof value === 'string' ? 'text' : typeof value];
  return type === given ? null : { at, message: `\`${shown(left)}\` is compared with ${WANTED[type ?? 'text']}.` };
}

/** Metadata may be compared with a number as well. */
function mistakeOfMetadata(left: Operand, { value, at }: Literal, isOrder: boolean): RuleMistake | null {
  if (typeof value !== 'boolean' && (!isOrder || typeof value === 'number')) return null;
  return { at, message: `\`${shown(left)}\` is compared with a ${isOrder ? 'number' : 'text'}.` };
}

const WANTED: Record<AttributeType, string> = { boolean: '`true` or `false`', number: 'a number', text: "a text in quotes: `'…'`" };

const shown = ({ name }: Operand): string => (isMetadata(name) ? name : `:${name}:`);
