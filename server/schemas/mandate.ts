import { name, object, oneOf, timestamp } from '../http/parameters';

/** How the holder of a bank account has agreed to its debits: on a page, or on paper. */
export const mandateData = () =>
  object({
    customer_acceptance: object({
      accepted_at: timestamp().optional(),
      type: oneOf(['offline', 'online']),
      offline: object({}).optional(),
      online: object({ ip_address: name({ max: 45 }), user_agent: name({ max: 1000 }) }).optional(),
    }),
  }).refine(
    ({ customer_acceptance: { type, online } }) => type === 'offline' || online !== undefined,
    'Missing required param: mandate_data[customer_acceptance][online].',
  );
