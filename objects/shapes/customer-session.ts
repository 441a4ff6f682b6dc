import type Stripe from 'stripe';
import { z } from 'zod';
import type { Wire } from '../wire';
import { epoch, integer } from './parts';

const part = () => z.strictObject({ enabled: z.boolean() });
const onOrOff = () => z.enum(['disabled', 'enabled']);
const redisplay = () => z.enum(['always', 'limited', 'unspecified']);
const sheet = () => z.strictObject({ payment_method_allow_redisplay_filters: z.array(redisplay()), payment_method_remove: onOrOff() });

/** What a page of the seller may do for one customer. */
export const customerSession = z
  .strictObject({
    object: z.literal('customer_session'),
    client_secret: z.string(),
    components: z.strictObject({
      active_entitlements: part(),
      buy_button: part(),
      customer_portal: part(),
      customer_sheet: part().extend({ features: sheet().nullable() }),
      mobile_payment_element: part().extend({
        features: sheet()
          .extend({
            payment_method_redisplay: onOrOff(),
            payment_method_save: onOrOff(),
            payment_method_save_allow_redisplay_override: redisplay().nullable(),
          })
          .nullable(),
      }),
      payment_element: part().extend({
        features: sheet()
          .extend({
            payment_method_redisplay: onOrOff(),
            payment_method_redisplay_limit: integer().nullable(),
            payment_method_save: onOrOff(),
            payment_method_save_usage: z.enum(['off_session', 'on_session']).nullable(),
          })
          .nullable(),
      }),
      pricing_table: part(),
    }),
    created: epoch(),
    customer: z.string(),
    customer_account: z.null(),
    expires_at: epoch(),
    livemode: z.boolean(),
  })
  .meta({ id: 'customer_session' }) satisfies z.ZodType<Wire<Stripe.CustomerSession>>;
export type WireCustomerSession = z.output<typeof customerSession>;
