import type { Invoice } from '../../../domain/rows/invoice';
import { missing, type ApiRequest } from '../../http/request';

/**
 * The invoice that the parameters name. A deleted draft is not found.
 *
 * @throws BillingError resource_missing
 */
export async function invoiceNamed(request: ApiRequest<{ invoice: string }>): Promise<Invoice> {
  const invoice = await request.find('invoice', request.parameters.invoice, 'invoice');
  return invoice.deleted || invoice.hidden ? missing('invoice', invoice.id, 'invoice') : invoice;
}
