/** The parameters of credit notes, as their schemas parse them. In Stripe's snake_case. */
import type { CreditNote, CreditNoteLineItem } from '../rows/credit-note';
import type { Metadata } from '../rows/resource';

export interface CreditNoteParameters {
  invoice: string;
  /** The total with tax, over all lines in proportion. Excludes `lines`. */
  amount?: number | undefined;
  lines?: CreditNoteLineParameters[] | undefined;
  /** All that is left of the invoice's shipping cost, whose rate it names. Excludes `amount`. */
  shipping_cost?: { shipping_rate?: string | undefined } | undefined;
  credit_amount?: number | undefined;
  refund_amount?: number | undefined;
  out_of_band_amount?: number | undefined;
  refunds?: LinkedRefund[] | undefined;
  reason?: Exclude<CreditNote['reason'], null> | undefined;
  memo?: string | undefined;
  /** `none`: the customer has no mail of it. */
  email_type?: 'credit_note' | 'none' | undefined;
  metadata?: Metadata | null | undefined;
  effective_at?: number | undefined;
}

export interface CreditNoteLineParameters {
  type: Exclude<CreditNoteLineItem['type'], 'shipping_cost'>;
  invoice_line_item?: string | undefined;
  /** Before discounts and exclusive tax, like the amount of the invoice's line. */
  amount?: number | undefined;
  quantity?: number | undefined;
  description?: string | undefined;
  unit_amount?: number | undefined;
  unit_amount_decimal?: string | undefined;
  tax_rates?: string[] | null | undefined;
  tax_amounts?: { amount: number; tax_rate: string; taxable_amount: number }[] | null | undefined;
  metadata?: Metadata | null | undefined;
}

/** A refund that was made before. Without an amount, all that no other note has of it. */
export interface LinkedRefund {
  refund?: string | undefined;
  amount_refunded?: number | undefined;
}
