/** Parameters that creating and previewing a credit note share. Others of Stripe's are rejected by name. */
import { LIMITS } from '../../../domain/core/limits';
import {
  array,
  emptyable,
  id,
  integer,
  metadata,
  object,
  oneOf,
  quantity,
  signedAmount,
  text,
  timestamp,
  unitAmount,
  unitAmountDecimal,
} from '../../http/parameters';
import { taxRates } from '../../schemas/subscription';

const positive = () => integer({ min: 1, max: LIMITS.lineAmount.max });
const share = () => integer({ min: 0, max: LIMITS.lineAmount.max });

const line = () =>
  object({
    amount: signedAmount().optional(),
    description: text({ max: 1500 }).optional(),
    invoice_line_item: id().optional(),
    metadata: metadata().optional(),
    quantity: quantity({ min: 1 }).optional(),
    tax_amounts: emptyable(array(object({ amount: share(), tax_rate: id(), taxable_amount: share() }), { max: 10 })).optional(),
    tax_rates: taxRates().optional(),
    type: oneOf(['custom_line_item', 'invoice_line_item']),
    unit_amount: unitAmount().optional(),
    unit_amount_decimal: unitAmountDecimal().optional(),
  });

export const creditNoteShape = {
  amount: positive().optional(),
  credit_amount: share().optional(),
  effective_at: timestamp().optional(),
  email_type: oneOf(['credit_note', 'none']).optional(),
  invoice: id(),
  lines: array(line()).optional(),
  memo: text({ max: 5000 }).optional(),
  metadata: metadata().optional(),
  out_of_band_amount: share().optional(),
  reason: oneOf(['duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory']).optional(),
  refund_amount: share().optional(),
  refunds: array(
    object({ amount_refunded: positive().optional(), refund: id().optional(), type: oneOf(['refund']).optional() }),
  ).optional(),
  shipping_cost: object({ shipping_rate: id().optional() }).optional(),
};

export const UNSUPPORTED_OF_CREDIT_NOTES: readonly string[] = ['refunds[][payment_record_refund]'];
