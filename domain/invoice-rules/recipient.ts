import type { Invoice } from '../rows/invoice';
import type { Shipping } from '../rows/resource';

/** Who receives what an invoice bills: who was chosen for the invoice, or else who the customer's shipping address names. */
export const recipientOf = ({ shippingDetails, customerDetails }: Pick<Invoice, 'customerDetails' | 'shippingDetails'>): Shipping | null =>
  shippingDetails ?? customerDetails.shipping;
