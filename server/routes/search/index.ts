import type { Operation } from '../../http/operation';
import { searchOperation } from '../../search/search';

/** The search operations, one per resource that Stripe can search. */
export const search: Operation[] = [
  searchOperation({ kind: 'charge', path: '/v1/charges/search', name: 'charges', tag: 'Charges' }),
  searchOperation({ kind: 'customer', path: '/v1/customers/search', name: 'customers', tag: 'Customers' }),
  searchOperation({ kind: 'invoice', path: '/v1/invoices/search', name: 'invoices', tag: 'Invoices' }),
  searchOperation({ kind: 'paymentIntent', path: '/v1/payment_intents/search', name: 'payment_intents', tag: 'Payment intents' }),
  searchOperation({ kind: 'price', path: '/v1/prices/search', name: 'prices', tag: 'Prices' }),
  searchOperation({ kind: 'product', path: '/v1/products/search', name: 'products', tag: 'Products' }),
  searchOperation({ kind: 'subscription', path: '/v1/subscriptions/search', name: 'subscriptions', tag: 'Subscriptions' }),
];
