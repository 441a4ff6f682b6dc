import { concludeShadow, dueShadows, postponeShadow, putMissing, timeOfCustomer } from '../db/shadow-invoices';
import type { Scope } from '../domain/core/steps';
import { comparedInvoice, differencesBetween, invoiceOfCycle, onlyTheirs } from '../domain/migration/comparison';
import type { SourceInvoice } from '../domain/migration/source-objects';
import type { ShadowInvoice } from '../domain/rows/shadow-invoice';
import { beating } from './beating';
import { callGateway, outside, type Calling } from './call-gateway';
import { failure } from './failures';

const DAY = 86_400;
/** The source makes an invoice final an hour after its cycle, or when its webhooks have answered. After three days it has none. */
const PATIENCE = 3 * DAY;
const AGAIN = 900;

/** Compares what waits of one customer with the invoices of the system that bills them. Safe to repeat. */
export function createShadowActivities(deps: Calling) {
  return {
    compareShadows: (scope: Scope): Promise<{ compared: number; isOver: boolean }> =>
      outside(() =>
        beating(async () => {
          const shadows = await dueShadows(deps.sql, scope, Math.floor(Date.now() / 1000));
          const [first] = shadows;
          if (!first) return { compared: 0, isOver: true };
          const invoices = await callGateway(deps, { gateway: 'stripe', ...scope }, ({ source }) => {
            if (!source) throw failure('gateway_unknown', 'the processor is no billing system');
            return source.invoicesOf(first.customer, first.cycleAt - DAY);
          });
          await compare(deps, shadows, invoices);
          return { compared: shadows.length, isOver: false };
        }),
      ),
  };
}

async function compare({ sql }: Calling, shadows: readonly ShadowInvoice[], invoices: readonly SourceInvoice[]): Promise<void> {
  const [first] = shadows;
  if (!first) return;
  const now = await timeOfCustomer(sql, first.customer);
  const final = invoices.filter(({ status }) => status !== 'draft');
  for (const shadow of shadows) {
    const found = invoiceOfCycle(final, shadow.subscription, shadow.cycleAt);
    const theirs = found ? comparedInvoice(found) : null;
    if (theirs !== null || now > shadow.cycleAt + PATIENCE) {
      await concludeShadow(sql, shadow.id, { theirs, differences: differencesBetween(shadow.ours, theirs) });
    } else await postponeShadow(sql, shadow.id, Math.floor(Date.now() / 1000) + AGAIN);
  }
  // On test clocks the source may be ahead: a cycle that is still to come here is not missing.
  const past = final.filter((invoice) => invoice.period_end + PATIENCE < now);
  for (const { invoice, subscription } of onlyTheirs(past, shadows)) {
    const theirs = comparedInvoice(invoice);
    const { account, livemode, customer } = first;
    const of = { account, livemode, customer, subscription, created: now, currency: invoice.currency, cycleAt: invoice.period_end };
    await putMissing(sql, { ...of, theirs, differences: differencesBetween(null, theirs) });
  }
}
