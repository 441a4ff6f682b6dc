/** Forms of the checkout, of payment links, of invoices and of pricing pages: each runs once, and a refusal becomes a sentence for the buyer. */
import type { Problem } from '../../web/checkout/model';
import { fromExchange, runOnce, type Exchange, type Owner, type Work } from '../forms/run-once';
import type { Dependencies } from '../http/dependencies';
import { problemOf } from './problems';

/** The problem for the buyer, or null. */
export async function runForm(deps: Dependencies, exchange: Exchange, of: Omit<Owner, 'page'>, work: Work): Promise<Problem | null> {
  const { refusal } = await runOnce(deps, fromExchange(exchange), { ...of, page: 'checkout' }, work);
  return refusal === null ? null : problemOf(refusal);
}
