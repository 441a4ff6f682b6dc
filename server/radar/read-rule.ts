import { generate, type Parser } from 'peggy';
import { mistakeIn } from '../../domain/fraud/checking';
import type { Condition, RuleAction } from '../../domain/rows/radar';
import { ParameterError } from '../http/parameter-error';
import { RULE_GRAMMAR } from './rule-grammar';

const parser: Parser = generate(RULE_GRAMMAR);

/** Deeper ones are nobody's, and would take the parser's whole stack. */
const DEEPEST = 50;

export interface ReadRule {
  action: RuleAction;
  predicate: string;
  condition: Condition;
}

/** @throws ParameterError parameter_invalid with the character of the mistake */
export function readRule(text: string): ReadRule {
  const rule = parse(text);
  const mistake = mistakeIn(rule.action, rule.condition);
  if (mistake !== null) throw wrong(mistake.at, mistake.message);
  return rule;
}

function parse(text: string): ReadRule {
  const deep = tooDeepAt(text);
  if (deep !== null) throw wrong(deep, `At most ${String(DEEPEST)} parentheses and NOTs may stand around a comparison.`);
  try {
    return parser.parse(text) as ReadRule;
  } catch (error) {
    const { location, message } = error as { location?: { start: { offset: number } }; message: string };
    throw wrong(location?.start.offset ?? 0, message);
  }
}

/** The place of the first part that is too deep; null if none is. */
function tooDeepAt(text: string): number | null {
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/::[^:\n]+(?::[^:\n]+)?::|'[^'\n]*'|"[^"\n]*"|[()]|!(?!=)|\bnot\b/gi)) {
    if (mark === ')') depth -= 1;
    else if (mark === '(' || mark === '!' || mark.toLowerCase() === 'not') depth += 1;
    if (depth > DEEPEST) return index;
  }
  return null;
}

export function wrong(at: number, message: string): ParameterError {
  return new ParameterError('parameter_invalid', `Invalid rule at character ${String(at + 1)}: ${message}`, 'rule');
}
