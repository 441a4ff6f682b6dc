/** What is offered (a checkout, a quote) becomes items of a subscription. Refusals of its planners are told in the words of the offer. */
import { BillingError } from './errors';

type LineType = 'one_time' | 'recurring';

const PLACES: [RegExp, LineType][] = [
  [/^items\[(\d+)\](.*)$/, 'recurring'],
  [/^add_invoice_items\[(\d+)\](.*)$/, 'one_time'],
];

export interface OfferedWords {
  /** All lines, as the caller has listed them. */
  lines: readonly object[];
  /** Those that become items of this kind, in their order. */
  ofType: (type: LineType) => readonly object[];
  /** The offer's names of other parameters. */
  names: Readonly<Record<string, string | undefined>>;
}

export function inOfferedWords<T>(words: OfferedWords, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BillingError) || error.details.param === undefined) throw error;
    throw new BillingError(error.code, error.message, { ...error.details, param: renamed(words, error.details.param) });
  }
}

function renamed({ lines, ofType, names }: OfferedWords, param: string): string {
  // A quote's schedule has one phase, which callers do not see.
  const outside = param.replace(/^phases\[0\]\[(\w+)\]/, '$1');
  for (const [place, type] of PLACES) {
    const [, index, rest = ''] = place.exec(outside) ?? [];
    if (index === undefined) continue;
    const line = ofType(type)[Number(index)];
    return line ? `line_items[${String(lines.indexOf(line))}]${rest}` : 'line_items';
  }
  return names[outside] ?? outside;
}
