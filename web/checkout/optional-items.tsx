import type { ReactNode } from 'react';
import { labeled } from '../../domain/core/labeled';
import { money } from '../money';
import { LANGUAGES } from '../words/languages';
import type { CheckoutModel, OptionalChoice } from './model';

/** What the buyer may add to the purchase. A click adds it, and the server answers with the new total. */
export function OptionalItems({ optional, currency, locale }: CheckoutModel): ReactNode {
  const words = LANGUAGES[locale.language];
  if (optional.length === 0) return null;
  const priceOf = ({ amount, recurring }: OptionalChoice): string | null => {
    if (amount === null) return null;
    const shown = money(amount, currency, locale.tag);
    return recurring ? words.perPeriod(shown, words.intervals[recurring.interval](recurring.count)) : shown;
  };
  return (
    <ul className="lines" aria-label={words.addItem}>
      {optional.map((item) => (
        <li className="line" key={item.price}>
          <span>{item.name}</span>
          <span className="amount">{priceOf(item)}</span>
          <button name="action" value={`add_item:${item.price}`} aria-label={labeled(locale.language, words.addItem, item.name)}>
            {words.addItem}
          </button>
        </li>
      ))}
    </ul>
  );
}
