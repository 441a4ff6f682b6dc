/** Which text an invoice shows where several places have one, and how its document is written. */
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import type { Customer } from '../rows/customer';
import type { PageSize, SellerDetails } from '../rows/document-settings';
import type { AmountTaxDisplay, Invoice, InvoiceRendering } from '../rows/invoice';
import type { InvoiceRenderingTemplate } from '../rows/invoice-rendering-template';
import type { Rows } from '../rows/rows';

export type Wording = Pick<Invoice, 'description' | 'footer' | 'customFields'>;

/**
 * Each text is that of the first that has one: the invoice (`own`: its parameters, its subscription, its quote), its template, the customer's
 * `invoice_settings`, the account's document settings. A draft takes them when it is made, so a caller can still empty them in it.
 *
 * @param template by default the customer's
 */
export function wordingOf(
  rows: Rows,
  customer: Pick<Customer, 'invoiceSettings'>,
  own: Partial<Wording> = {},
  template: string | null = templateOf(rows, customer),
): Wording {
  const sources = [own, wordingOfTemplate(rows, template), wordingOfCustomer(customer), wordingOfAccount(rows)];
  return {
    description: firstOf(sources.map(({ description }) => description)),
    footer: firstOf(sources.map(({ footer }) => footer)),
    customFields: firstOf(sources.map(({ customFields }) => customFields)),
  };
}

const firstOf = <T>(texts: (T | null | undefined)[]): T | null => texts.find((text) => text !== null && text !== undefined) ?? null;

/**
 * The texts of a draft with another template: that template's, in place of those that came from the former one or from the settings. What the
 * draft has of its own stays.
 */
export function rewordedBy(rows: Rows, invoice: Wording & Pick<Invoice, 'customer' | 'rendering'>, template: string | null): Wording {
  const customer = rows.get('customer', invoice.customer);
  const before = wordingOf(rows, customer, {}, invoice.rendering?.template ?? null);
  const after = wordingOf(rows, customer, {}, template);
  return {
    description: invoice.description === before.description ? after.description : invoice.description,
    footer: invoice.footer === before.footer ? after.footer : invoice.footer,
    customFields: JSON.stringify(invoice.customFields) === JSON.stringify(before.customFields) ? after.customFields : invoice.customFields,
  };
}

/** The customer's template, unless it is archived. */
function templateOf(rows: Rows, { invoiceSettings }: Pick<Customer, 'invoiceSettings'>): string | null {
  const template = rows.find('invoiceRenderingTemplate', invoiceSettings.rendering_options?.template ?? null);
  return template?.status === 'active' ? template.id : null;
}

/** What a caller chooses for an invoice; undefined keeps what it has. */
export interface RenderingParameters {
  amount_tax_display?: AmountTaxDisplay | null | undefined;
  template?: string | null | undefined;
  template_version?: number | null | undefined;
}

/** What a new invoice of the customer has. */
export function renderingFor(rows: Rows, customer: Pick<Customer, 'invoiceSettings'>): InvoiceRendering | null {
  const { amount_tax_display = null } = customer.invoiceSettings.rendering_options ?? {};
  return renderingAfter(rows, null, { amount_tax_display, template: templateOf(rows, customer) });
}

/**
 * @throws BillingError resource_missing, parameter_invalid if the template is archived, or has no such version
 */
export function renderingAfter(rows: Rows, before: InvoiceRendering | null, chosen: RenderingParameters): InvoiceRendering | null {
  const { amount_tax_display: display = null, template: id } = { ...before, ...omitUndefined(chosen) };
  const template = id ? requireTemplate(rows, id, id !== before?.template) : null;
  if (chosen.template_version) requireVersion(template, chosen.template_version);
  if (template === null) return display && { amount_tax_display: display, template: null, template_version: null };
  return { amount_tax_display: display, template: template.id, template_version: template.version };
}

function requireTemplate(rows: Rows, id: string, isNew: boolean): InvoiceRenderingTemplate {
  const param = 'rendering[template]';
  const template = rows.find('invoiceRenderingTemplate', id);
  if (!template) throw new BillingError('resource_missing', `No such invoice rendering template: '${id}'`, { param });
  if (isNew) refuseArchived(template, param);
  return template;
}

function requireVersion(template: InvoiceRenderingTemplate | null, version: number): void {
  if (version === template?.version) return;
  const message = `${template === null ? 'Without a template, there is' : `Template ${template.id} has`} no version ${String(version)}.`;
  throw new BillingError('parameter_invalid', message, { param: 'rendering[template_version]' });
}

/** @throws BillingError parameter_invalid */
export function refuseArchived({ id, status }: InvoiceRenderingTemplate, param: string): void {
  if (status === 'archived') throw new BillingError('parameter_invalid', `Template ${id} is archived.`, { param });
}

function wordingOfTemplate(rows: Rows, id: string | null): Partial<Wording> {
  const template = rows.find('invoiceRenderingTemplate', id);
  return template ? { description: template.memo, footer: template.footer, customFields: template.customFields } : {};
}

/** A customer has no memo. */
const wordingOfCustomer = ({ invoiceSettings }: Pick<Customer, 'invoiceSettings'>): Partial<Wording> => ({
  footer: invoiceSettings.footer,
  customFields: invoiceSettings.custom_fields,
});

function wordingOfAccount(rows: Rows): Partial<Wording> {
  const [settings] = rows.all('documentSettings');
  return settings ? { description: settings.memo, footer: settings.footer, customFields: settings.customFields } : {};
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
