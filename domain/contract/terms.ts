import type { CustomerRequestType } from '../rows/customer-request';

export const DAY_SECONDS = 86_400;

/**
 * In how many days a request is answered. A cancellation that nobody has proved: a week. A withdrawal: 14 days, by which the money is back
 * (Directive 2011/83/EU, article 13(1)). A deletion: a month, of 28 days at least (GDPR, article 12(3)).
 */
export const REQUEST_DAYS: Record<CustomerRequestType, number> = { cancellation: 7, deletion: 28, withdrawal: 14 };
