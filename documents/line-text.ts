/** What a line is for, in the language of its reader: what Dunlin wrote itself is said in that language, a caller's text stays as it is. */
import { readDescription, type Described, type DescribedRate } from '../domain/line/described';
import type { Writing } from './sums';
import { fill } from './words';
import type { LineWords } from './words/lines';

type Terms = Pick<Writing, 'language' | 'formats' | 'currency'>;

/** @param description in Stripe's words, as the API shows it */
export function lineText(description: string | null, { language, formats, currency }: Terms): string {
  const words = language.line;
  const described = words === null || description === null ? null : readDescription(description, currency);
  if (words === null || described === null) return description ?? '';
  return inWords(described, words, { language, formats, currency });
}

function inWords(described: Described, words: LineWords, terms: Terms): string {
  switch (described.says) {
    case 'period':
      return `${terms.formats.quantity(described.quantity)} × ${described.product} (${termsOf(described, words, terms)})`;
    case 'unused':
    case 'remaining':
      return fill(words[described.says], { product: described.product, date: terms.formats.date(described.after) });
    case 'trial':
      return fill(words.trial, { product: described.product });
    case 'minimum_commitment':
    case 'maximum_spend':
      return words[described.says];
  }
}

/** `15,00 € / Monat` */
function termsOf({ rate, interval }: Extract<Described, { says: 'period' }>, words: LineWords, terms: Terms): string {
  const price = rateText(rate, words, terms);
  if (interval === null) return fill(words.each, { price });
  const { interval: unit, interval_count: count } = interval;
  return `${price} / ${count === 1 ? words.per[unit] : terms.formats.span(count, unit)}`;
}

function rateText(rate: DescribedRate, words: LineWords, { formats, currency }: Terms): string {
  if (rate.by !== 'amount') return words[rate.by];
  const { unitAmountDecimal, units, tier } = rate;
  const amount = formats.unitMoney(unitAmountDecimal, currency);
  const price = units === null ? amount : fill(words.packs, { price: amount, count: formats.quantity(String(units)) });
  return tier === null ? price : fill(words.tier, { number: String(tier), price });
}
