import { byKey, loadMatching } from '../../../db/matching';
import { BillingError } from '../../../domain/core/errors';
import { findInvoice } from '../../writes/entities';
import { locationEvidence } from '../../../objects/shapes/location-evidence';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Shows what pointed to the place of the customer when an invoice with automatic tax became final, and whether any of it points elsewhere.
 *
 * @throws BillingError resource_missing, also where the invoice is a draft or has no automatic tax
 */
export const retrieveLocationEvidence = operation({
  method: 'get',
  path: '/v1/invoices/:invoice/location_evidence',
  summary: "Retrieve the evidence of the customer's location",
  tag: 'Invoices',
  own: true,
  parameters: parameters({}),
  answer: locationEvidence,
  handle: async (request) => {
    const { id } = await findInvoice(request);
    const rows = await loadMatching(request.deps.sql, request.scope, [byKey('locationEvidence', id)]);
    const evidence = rows.find('locationEvidence', id);
    if (!evidence) throw new BillingError('resource_missing', `No location evidence for invoice: '${id}'`, { param: 'id' });
    const { invoice, livemode, created, country, items, isContradicted } = evidence;
    return { body: { object: 'location_evidence' as const, contradicted: isContradicted, country, created, invoice, items, livemode } };
  },
});
