import type { ReactNode } from 'react';
import { labeled } from '../../domain/core/labeled';
import { date, money } from '../money';
import { LANGUAGES } from '../words/languages';
import { ORDERS } from '../words/orders';
import { PORTAL } from '../words/portal';
import type { PortalFrame, PortalOrder, PortalPart } from './model';
import { Older } from './older';

/** What was bought without an invoice. */
export function Orders({ frame, orders }: { frame: PortalFrame; orders: PortalPart<PortalOrder> }): ReactNode {
  const words = ORDERS[frame.locale.language];
  return (
    <section className="card" aria-labelledby="orders">
      <h2 id="orders">{words.title}</h2>
      <ul className="lines">
        {orders.rows.map((order) => (
          <Order key={order.id} frame={frame} order={order} />
        ))}
      </ul>
      <Older frame={frame} older={orders.older} part="orders" heading="orders" label={words.older} />
    </section>
  );
}

function Order({ frame: { locale }, order }: { frame: PortalFrame; order: PortalOrder }): ReactNode {
  const { language, tag } = locale;
  const { lines, at, amount, currency, receipt } = order;
  const count = new Intl.NumberFormat(tag);
  const title = lines.map(({ name, quantity }) => (quantity === 1 ? name : `${count.format(quantity)} × ${name}`)).join(', ');
  const { receipt: called } = LANGUAGES[language];
  return (
    <li className="line">
      <span>
        {title} <span className="test">{stateOf(order, locale)}</span>
      </span>
      <span className="amount">{money(amount, currency, tag)}</span>
      <small>
        {date(at, tag)}
        {receipt !== null && (
          <>
            {' · '}
            <a href={receipt} aria-label={labeled(language, called, title)}>
              {called}
            </a>
          </>
        )}
      </small>
    </li>
  );
}

function stateOf({ isPending, refunded, amount, currency }: PortalOrder, { language, tag }: PortalFrame['locale']): string {
  const words = ORDERS[language];
  if (isPending) return words.pending;
  if (refunded === 0) return PORTAL[language].paid;
  return refunded < amount ? words.partlyRefunded(money(refunded, currency, tag)) : words.refunded;
}
