import type { BillingDetails } from '../rows/payment-method';
import type { Rows } from '../rows/rows';

type Contact = Partial<Record<'email' | 'ip' | 'name' | 'phone', string | null>>;

/** By what a person is named or reached: addresses, names, phone numbers and IP addresses, as its rows have them. */
export function wordsOf(rows: Rows): Set<string> {
  const contacts: (Contact | null)[] = [
    ...rows.all('customer').map(({ email, name, phone, taxIpAddress: ip }) => ({ email, name, phone, ip })),
    ...rows.all('paymentMethod').map(({ billingDetails }) => ofBilling(billingDetails)),
    ...rows.all('charge').flatMap(({ billingDetails, receiptEmail: email }) => [ofBilling(billingDetails), { email }]),
    ...rows.all('paymentIntent').map(({ receiptEmail: email, metadata }) => ({ email, ip: metadata['ip_address'] ?? null })),
    ...rows.all('setupIntent').map(({ metadata }) => ({ ip: metadata['ip_address'] ?? null })),
    ...rows.all('checkoutSession').map(({ customerDetails }) => customerDetails && ofBilling(customerDetails)),
    ...rows.all('mandate').map(({ acceptance }) => ({ ip: acceptance.online?.ip_address ?? null })),
    ...rows.all('supportTicket').map(({ email }) => ({ email })),
  ];
  const words = contacts.flatMap((contact) => Object.values(contact ?? {}));
  return new Set(words.filter((word): word is string => word !== null && word !== ''));
}

const ofBilling = ({ email, name, phone }: Pick<BillingDetails, 'email' | 'name' | 'phone'>): Contact => ({ email, name, phone });
