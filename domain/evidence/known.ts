/** What a charge and its customer say already of a dispute, under Stripe's names of evidence. */
import type { Charge } from '../rows/charge';
import type { Customer } from '../rows/customer';
import type { Evidence } from '../rows/dispute';
import type { Address } from '../rows/resource';
import type { Rows } from '../rows/rows';

const DAY = 86_400;

/** @param now when the dispute begins: what the customer's row says later is not what it said at the purchase */
export function knownEvidence(rows: Rows, charge: Charge, now: number): Evidence {
  const customer = rows.find('customer', charge.customer);
  const known = {
    ...whoPaid(charge, customer),
    customer_purchase_ip: purchaseIp(rows, charge, now - charge.created < DAY ? customer : undefined),
    product_description: charge.description,
    shipping_address: inOneLine((charge.shipping ?? customer?.shipping)?.address),
  };
  return Object.fromEntries(Object.entries(known).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function whoPaid({ billingDetails, receiptEmail }: Charge, customer: Customer | undefined) {
  return {
    billing_address: inOneLine(billingDetails.address) || inOneLine(customer?.address),
    customer_email_address: billingDetails.email ?? customer?.email ?? receiptEmail,
    customer_name: billingDetails.name ?? customer?.name,
  };
}

function purchaseIp(rows: Rows, { paymentMethodDetails: { debit } }: Charge, customer: Customer | undefined): string | null {
  const mandate = rows.find('mandate', debit?.mandate ?? null);
  return mandate?.acceptance.online?.ip_address ?? customer?.taxIpAddress ?? null;
}

/** Empty if nothing of it is known. */
function inOneLine(address: Address | null | undefined): string {
  if (!address) return '';
  const { line1, line2, postal_code: code, city, state, country } = address;
  const town = [code, city].filter(Boolean).join(' ');
  return [line1, line2, town, state, country].filter(Boolean).join(', ');
}
