/** Which text an invoice shows where several places have one. */
import type { Customer } from '../rows/customer';
import type { PageSize, SellerDetails } from '../rows/document-settings';
import type { Invoice } from '../rows/invoice';
import type { Rows } from '../rows/rows';

export type Wording = Pick<Invoice, 'description' | 'footer' | 'customFields'>;

/**
 * Each text is that of the first that has one: the invoice (`own`: its parameters, its subscription, its quote), the customer's
 * `invoice_settings`, the account's document settings. A draft takes them when it is made, so a caller can still empty them in it.
 */
export function wordingOf(
  rows: Rows,
  { invoiceSettings: customer }: Pick<Customer, 'invoiceSettings'>,
  own: Partial<Wording> = {},
): Wording {
  const account = wordingOfAccount(rows);
  return {
    description: own.description ?? account.description,
    footer: own.footer ?? customer.footer ?? account.footer,
    customFields: own.customFields ?? customer.custom_fields ?? account.customFields,
  };
}

function wordingOfAccount(rows: Rows): Wording {
  const [settings] = rows.all('documentSettings');
  if (!settings) return { description: null, footer: null, customFields: null };
  return { description: settings.memo, footer: settings.footer, customFields: settings.customFields };
}

/** What an invoice keeps of the account's document settings when it becomes final. Null: nothing is set. */
export function sellerDetailsOf(rows: Rows): SellerDetails | null {
  const [settings] = rows.all('documentSettings');
  if (!settings) return null;
  return { contact: settings.contact, bank_account: settings.bankAccount, page_size: settings.pageSize };
}

/** That of the invoice, otherwise that of the account's settings when it became final. */
export function pageSizeOf({ pageSize, sellerDetails }: Pick<Invoice, 'pageSize' | 'sellerDetails'>): PageSize {
  const own = pageSize === 'auto' ? null : pageSize;
  return own ?? sellerDetails?.page_size ?? 'auto';
}
