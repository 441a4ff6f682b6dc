import type { Address, Metadata, Resource } from './resource';
import type { JurisdictionLevel } from './tax-calculation';
import type { TaxIdType } from './tax-id';

/** A calculation of tax that a caller asked for, on a sale outside Dunlin's invoices. It ends after 90 days. */
export interface RequestedTaxCalculation extends Resource {
  currency: string;
  customer: string | null;
  customerDetails: TaxCustomerDetails;
  /** The instant whose rates apply, epoch seconds. */
  taxDate: number;
  expiresAt: number;
  lines: CalculatedTaxLine[];
  shippingCost: CalculatedShippingCost | null;
}

export type CalculatedShippingCost = Pick<CalculatedTaxLine, 'amount' | 'amount_tax' | 'tax_behavior' | 'tax_breakdown' | 'tax_code'>;

/** In Stripe's snake_case, because the API returns it unchanged. */
export interface TaxCustomerDetails {
  address: Address | null;
  address_source: 'billing' | 'shipping' | null;
  ip_address: string | null;
  tax_ids: { type: TaxIdType; value: string }[];
  taxability_override: 'customer_exempt' | 'none' | 'reverse_charge';
}

/** In Stripe's snake_case. Amounts are minor units of the currency. */
export interface CalculatedTaxLine {
  id: string;
  amount: number;
  amount_tax: number;
  metadata: Metadata | null;
  product: string | null;
  quantity: number;
  reference: string;
  tax_behavior: 'inclusive' | 'exclusive';
  tax_code: string;
  tax_breakdown: LineTaxBreakdown[];
}

export interface LineTaxBreakdown {
  amount: number;
  jurisdiction: { country: string; display_name: string; level: JurisdictionLevel; state: string | null };
  sourcing: 'destination' | 'origin';
  tax_rate_details: { display_name: string; percentage_decimal: string; tax_type: string } | null;
  taxability_reason: string;
  taxable_amount: number;
}
