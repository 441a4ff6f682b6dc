import type { BalanceTransaction } from '../domain/rows/balance-transaction';
import type { WireBalanceTransaction } from './shapes/balance-transaction';
import type { RenderContext } from './wire';

/** A movement of the account's own funds, pending until the day from which they can be used. */
export function toStripeBalanceTransaction(movement: BalanceTransaction, { now }: RenderContext): WireBalanceTransaction {
  return {
    id: movement.id,
    object: 'balance_transaction',
    amount: movement.amount,
    available_on: movement.availableOn,
    balance_type: 'payments',
    created: movement.created,
    currency: movement.currency,
    description: movement.description,
    exchange_rate: null,
    fee: movement.fee,
    fee_details: movement.feeDetails,
    net: movement.net,
    reporting_category: movement.reportingCategory,
    source: movement.source,
    status: movement.availableOn <= now ? 'available' : 'pending',
    type: movement.type,
  };
}
