import type { Operation } from '../../../server/http/operation';
import { ParameterError } from '../../../server/http/parameter-error';
import { operations } from '../../../server/routes';
import { validate } from '../../../server/http/validation';
import { requestWith, StripeParameters, type Sdk } from '../../support/stripe-parameters';

/** Method and path, the SDK's file, the interface of its parameters. */
const CALLS: [string, string, string][] = [
  ['post /v1/customers', 'Customers', 'CustomerCreateParams'],
  ['post /v1/customers/:customer', 'Customers', 'CustomerUpdateParams'],
  ['get /v1/customers', 'Customers', 'CustomerListParams'],
  ['get /v1/customers/search', 'Customers', 'CustomerSearchParams'],
  ['get /v1/customers/:customer/payment_methods', 'Customers', 'CustomerListPaymentMethodsParams'],
  ['post /v1/customers/:customer/balance_transactions', 'Customers', 'CustomerCreateBalanceTransactionParams'],
  ['post /v1/customers/:customer/balance_transactions/:transaction', 'Customers', 'CustomerUpdateBalanceTransactionParams'],
  ['get /v1/customers/:customer/balance_transactions', 'Customers', 'CustomerListBalanceTransactionsParams'],
  ['post /v1/customers/:customer/tax_ids', 'Customers', 'CustomerCreateTaxIdParams'],
  ['get /v1/customers/:customer/tax_ids', 'Customers', 'CustomerListTaxIdsParams'],
  ['post /v1/products', 'Products', 'ProductCreateParams'],
  ['post /v1/products/:product', 'Products', 'ProductUpdateParams'],
  ['get /v1/products', 'Products', 'ProductListParams'],
  ['post /v1/prices', 'Prices', 'PriceCreateParams'],
  ['post /v1/prices/:price', 'Prices', 'PriceUpdateParams'],
  ['get /v1/prices', 'Prices', 'PriceListParams'],
  ['post /v1/coupons', 'Coupons', 'CouponCreateParams'],
  ['post /v1/coupons/:coupon', 'Coupons', 'CouponUpdateParams'],
  ['get /v1/coupons', 'Coupons', 'CouponListParams'],
  ['post /v1/tax_rates', 'TaxRates', 'TaxRateCreateParams'],
  ['post /v1/tax_rates/:tax_rate', 'TaxRates', 'TaxRateUpdateParams'],
  ['get /v1/tax_rates', 'TaxRates', 'TaxRateListParams'],
  ['post /v1/invoiceitems', 'InvoiceItems', 'InvoiceItemCreateParams'],
  ['post /v1/invoiceitems/:invoiceitem', 'InvoiceItems', 'InvoiceItemUpdateParams'],
  ['get /v1/invoiceitems', 'InvoiceItems', 'InvoiceItemListParams'],
  ['post /v1/quotes', 'Quotes', 'QuoteCreateParams'],
  ['post /v1/quotes/:quote', 'Quotes', 'QuoteUpdateParams'],
  ['get /v1/quotes', 'Quotes', 'QuoteListParams'],
  ['post /v1/quotes/:quote/finalize', 'Quotes', 'QuoteFinalizeQuoteParams'],
  ['post /v1/quotes/:quote/accept', 'Quotes', 'QuoteAcceptParams'],
  ['get /v1/quotes/:quote/line_items', 'Quotes', 'QuoteListLineItemsParams'],
  ['get /v1/events', 'Events', 'EventListParams'],
  ['get /v1/balance_transactions', 'BalanceTransactions', 'BalanceTransactionListParams'],
];
const TAGS = ['Customers', 'Products', 'Prices', 'Coupons', 'Tax rates', 'Invoice items', 'Quotes', 'Events', 'Balance', 'Account'];

const stripe = new StripeParameters([...new Set(CALLS.map(([, file]) => file))]);
const SDKS: Sdk[] = ['stripe', 'stripe-23'];
const cases = CALLS.flatMap(([call, file, type]) => SDKS.map((sdk): [string, Sdk, string, string] => [call, sdk, file, type]));

test.each(cases)('%s: every parameter of %s is supported, or refused as unsupported, never as unknown', (call, sdk, file, type) => {
  const operation = operations.find(({ method, path }) => `${method} ${path}` === call) as Operation;
  const parameters = stripe.of(sdk, file, type);
  expect(parameters).not.toBeNull();
  expect((parameters ?? []).filter((parameter) => isUnknown(operation, parameter))).toEqual([]);
});

test.each(operations.filter(({ tag }) => TAGS.includes(tag)))(
  '$method $path: no parameter is both supported and listed as unsupported',
  (operation) => {
    const listed = { parameters: operation.parameters, unsupported: [] };
    expect(operation.unsupported.filter((name) => !isUnknown(listed, name))).toEqual([]);
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
