import type { Operation } from '../../../../server/http/operation';
import { ParameterError } from '../../../../server/http/parameter-error';
import { operations } from '../../../../server/routes';
import { validate } from '../../../../server/http/validation';
import { requestWith, StripeParameters, type Sdk } from '../../../support/stripe-parameters';

/** Method and path, the SDK's file, the interface of its parameters. */
const CALLS: [string, string, string][] = [
  ['post /v1/subscriptions', 'Subscriptions', 'SubscriptionCreateParams'],
  ['post /v1/subscriptions/:subscription', 'Subscriptions', 'SubscriptionUpdateParams'],
  ['delete /v1/subscriptions/:subscription', 'Subscriptions', 'SubscriptionCancelParams'],
  ['post /v1/subscriptions/:subscription/pause', 'Subscriptions', 'SubscriptionPauseParams'],
  ['post /v1/subscriptions/:subscription/resume', 'Subscriptions', 'SubscriptionResumeParams'],
  ['get /v1/subscriptions', 'Subscriptions', 'SubscriptionListParams'],
  ['post /v1/subscription_items', 'SubscriptionItems', 'SubscriptionItemCreateParams'],
  ['post /v1/subscription_items/:item', 'SubscriptionItems', 'SubscriptionItemUpdateParams'],
  ['delete /v1/subscription_items/:item', 'SubscriptionItems', 'SubscriptionItemDeleteParams'],
  ['get /v1/subscription_items', 'SubscriptionItems', 'SubscriptionItemListParams'],
  ['post /v1/invoices', 'Invoices', 'InvoiceCreateParams'],
  ['post /v1/invoices/:invoice', 'Invoices', 'InvoiceUpdateParams'],
  ['post /v1/invoices/:invoice/finalize', 'Invoices', 'InvoiceFinalizeInvoiceParams'],
  ['post /v1/invoices/:invoice/pay', 'Invoices', 'InvoicePayParams'],
  ['post /v1/invoices/:invoice/send', 'Invoices', 'InvoiceSendInvoiceParams'],
  ['post /v1/invoices/:invoice/void', 'Invoices', 'InvoiceVoidInvoiceParams'],
  ['post /v1/invoices/:invoice/mark_uncollectible', 'Invoices', 'InvoiceMarkUncollectibleParams'],
  ['post /v1/invoices/:invoice/add_lines', 'Invoices', 'InvoiceAddLinesParams'],
  ['post /v1/invoices/:invoice/update_lines', 'Invoices', 'InvoiceUpdateLinesParams'],
  ['post /v1/invoices/:invoice/remove_lines', 'Invoices', 'InvoiceRemoveLinesParams'],
  ['post /v1/invoices/:invoice/lines/:line', 'Invoices', 'InvoiceUpdateLineItemParams'],
  ['post /v1/invoices/create_preview', 'Invoices', 'InvoiceCreatePreviewParams'],
  ['get /v1/invoices', 'Invoices', 'InvoiceListParams'],
  ['get /v1/invoices/:invoice/lines', 'Invoices', 'InvoiceListLineItemsParams'],
  ['get /v1/invoice_payments', 'InvoicePayments', 'InvoicePaymentListParams'],
];

const stripe = new StripeParameters([...new Set(CALLS.map(([, file]) => file))]);
const SDKS: Sdk[] = ['stripe', 'stripe-23'];
const cases = CALLS.flatMap(([call, file, type]) => SDKS.map((sdk): [string, Sdk, string, string] => [call, sdk, file, type]));

test.each(cases)('%s: every parameter of %s is supported, or refused as unsupported, never as unknown', (call, sdk, file, type) => {
  const operation = operations.find(({ method, path }) => `${method} ${path}` === call) as Operation;
  const parameters = stripe.of(sdk, file, type);
  // Pausing came with the later version.
  if (sdk === 'stripe' && type === 'SubscriptionPauseParams') expect(parameters).toBeNull();
  else expect(parameters).not.toBeNull();
  expect((parameters ?? []).filter((parameter) => isUnknown(operation, parameter))).toEqual([]);
});

test.each(operations.filter(({ tag }) => /Subscription|Invoice/.test(tag)))(
  '$method $path: no parameter is both supported and listed as unsupported',
  (operation) => {
    for (const name of operation.unsupported) {
      const listed = { parameters: operation.parameters, unsupported: [] };
      expect([name, isUnknown(listed, name)]).toEqual([name, true]);
    }
  },
);

/** Whatever else is wrong with a value, its parameter is known. */
function isUnknown(operation: Pick<Operation, 'parameters' | 'unsupported'>, parameter: string): boolean {
  try {
    validate(operation, requestWith(parameter));
    return false;
  } catch (error) {
    return error instanceof ParameterError && error.code === 'parameter_unknown';
  }
}
