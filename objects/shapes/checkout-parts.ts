/** What checkout sessions and payment links have in common. */
import { z } from 'zod';
import { amountTaxDisplay, integer, metadata, self } from './parts';

const message = () => z.strictObject({ message: z.string() }).nullable();

/** What the seller adds to the page. */
export const customTexts = () =>
  z.strictObject({
    after_submit: message(),
    shipping_address: message(),
    submit: message(),
    terms_of_service_acceptance: message(),
  });

/** A question of the seller's own. A session's has the buyer's `value`. */
export function customField<Answer extends z.ZodRawShape>(answer: Answer) {
  const textField = () =>
    z
      .strictObject({
        default_value: z.string().nullable(),
        maximum_length: integer().nullable(),
        minimum_length: integer().nullable(),
        ...answer,
      })
      .optional();
  return z.strictObject({
    dropdown: z
      .strictObject({
        default_value: z.string().nullable(),
        options: z.array(z.strictObject({ label: z.string(), value: z.string() })),
        ...answer,
      })
      .optional(),
    key: z.string(),
    label: z.strictObject({ custom: z.string(), type: z.literal('custom') }),
    numeric: textField(),
    optional: z.boolean(),
    text: textField(),
    type: z.enum(['dropdown', 'numeric', 'text']),
  });
}

export const consentCollection = () =>
  z.strictObject({
    payment_method_reuse_agreement: z.strictObject({ position: z.enum(['auto', 'hidden']) }).nullable(),
    promotions: z.enum(['auto', 'none']).nullable(),
    terms_of_service: z.enum(['none', 'required']).nullable(),
  });

const name = () => z.strictObject({ enabled: z.boolean(), optional: z.boolean() }).optional();

export const nameCollection = () => z.strictObject({ business: name(), individual: name() });

/** The invoice of a sale. */
export const invoiceCreation = () =>
  z.strictObject({
    enabled: z.boolean(),
    invoice_data: z.strictObject({
      account_tax_ids: z.array(z.string()).nullable(),
      custom_fields: z.array(z.strictObject({ name: z.string(), value: z.string() })).nullable(),
      description: z.string().nullable(),
      footer: z.string().nullable(),
      issuer: self().nullable(),
      metadata: metadata(),
      rendering_options: z.strictObject({ amount_tax_display: amountTaxDisplay().nullable(), template: z.string().nullable() }).nullable(),
    }),
  });

export const optionalItem = () =>
  z.strictObject({
    adjustable_quantity: z.strictObject({ enabled: z.boolean(), maximum: integer().nullable(), minimum: integer().nullable() }).nullable(),
    price: z.string(),
    quantity: integer(),
  });
