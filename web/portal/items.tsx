import type { ReactNode } from 'react';
import { money } from '../money';
import { LANGUAGES } from '../words/languages';
import { PRICING } from '../words/pricing';
import type { PortalFrame, PortalItem } from './model';

interface ItemsProps {
  frame: PortalFrame;
  items: PortalItem[];
  currency: string;
}

/** What a subscription has, and what each costs in a period. */
export function Items({ frame, items, currency }: ItemsProps): ReactNode {
  return items.map((item, index) => (
    <div className="line" key={index}>
      <b>{item.name}</b>
      <span className="amount">{priceOf(frame, item, currency)}</span>
      {item.quantity !== null && item.quantity !== 1 && (
        <small>{LANGUAGES[frame.locale.language].quantity(item.quantity.toLocaleString(frame.locale.tag))}</small>
      )}
    </div>
  ));
}

/** `$20.00 every month` */
export function priceOf({ locale: { language, tag } }: PortalFrame, { amount, every }: PortalItem, currency: string): string {
  const words = LANGUAGES[language];
  const interval = words.intervals[every.interval](every.count);
  return amount === null ? `${PRICING[language].byUsage}, ${interval}` : words.perPeriod(money(amount, currency, tag), interval);
}
