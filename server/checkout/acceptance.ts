import type { Request } from 'express';
import type { MandateParameters } from '../../domain/customer/mandates';
import { addressOf } from '../http/address';

/** Who sends a form below the text of a mandate agrees to it. */
export const acceptedBy = (request: Request): MandateParameters => ({
  customer_acceptance: {
    type: 'online',
    online: { ip_address: addressOf(request), user_agent: (request.header('User-Agent') ?? '').slice(0, 1000) },
  },
});
