import { byKey, byKeys, loadMatching } from '../../../db/matching';
import type { Customer } from '../../../domain/rows/customer';
import type { TaxCustomerDetails } from '../../../domain/rows/requested-tax-calculation';
import type { Rows } from '../../../domain/rows/rows';
import { createRequestedCalculation } from '../../../domain/tax/requested-calculation';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { calculationShape, checkTaxIds, givenDetails, lineOf, shippingOf, UNSUPPORTED } from './parameters';

/**
 * Calculates the tax on a sale outside Dunlin's invoices, and keeps the answer for 90 days.
 *
 * @throws BillingError parameter_missing, parameter_invalid, parameters_exclusive, resource_missing, tax_id_invalid, customer_tax_location_invalid,
 * taxes_calculation_failed
 */
export const createTaxCalculation = operation({
  method: 'post',
  path: '/v1/tax/calculations',
  summary: 'Create a tax calculation',
  tag: 'Tax calculations',
  parameters: parameters(calculationShape),
  shows: 'requestedTaxCalculation',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const {
      currency,
      customer = null,
      customer_details: details,
      line_items: lines,
      shipping_cost: shipping,
      tax_date: date,
    } = request.parameters;
    onlyOne(request.parameters, ['customer', 'customer_details']);
    if (customer === null && !details) {
      throw new ParameterError('parameter_missing', 'Missing required param: customer_details.', 'customer_details');
    }
    checkTaxIds(details?.tax_ids);
    await request.change({
      step: 'createTaxCalculation',
      customer: null,
      asksTaxProvider: true,
      load: (tx) =>
        loadMatching(tx, request.scope, [
          { kind: 'account', filters: [] },
          { kind: 'taxSettings', filters: [] },
          { kind: 'taxRegistration', filters: [] },
          byKeys(
            'product',
            lines.flatMap(({ product }) => product ?? []),
          ),
          ...(customer === null
            ? []
            : [byKey('customer', customer), { kind: 'taxId' as const, filters: [{ column: 'customer', equals: customer }] }]),
        ]),
      plan: (changes) => {
        const known = customer === null ? null : present(changes, 'customer', customer, { param: 'customer' });
        createRequestedCalculation(changes, {
          ...{ currency, customer, taxDate: date ?? changes.now, lines: lines.map(lineOf) },
          shippingCost: shippingOf(shipping),
          customerDetails: known === null ? givenDetails(details) : detailsOf(changes.rows, known),
        });
      },
    });
    return { kind: 'requestedTaxCalculation', key: request.newId('taxcalc') };
  },
});

/** A known customer: the shipping address, or else the billing address. */
function detailsOf(rows: Rows, { address, shipping, taxExempt, taxIpAddress }: Customer): TaxCustomerDetails {
  const taxIds = rows.where('taxId', ({ deleted }) => !deleted);
  return {
    address: shipping?.address ?? address,
    address_source: shipping ? 'shipping' : address ? 'billing' : null,
    ip_address: taxIpAddress,
    tax_ids: taxIds.map(({ type, value }) => ({ type, value })),
    taxability_override: ({ none: 'none', exempt: 'customer_exempt', reverse: 'reverse_charge' } as const)[taxExempt],
  };
}
