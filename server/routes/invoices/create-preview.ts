import { preview } from '../../../db/commit';
import { loadUsage } from '../../../db/metering/usage-facts';
import type { TransactionSql } from '../../../db/connect';
import { loadMatching } from '../../../db/matching';
import { loadRedeemable } from '../../../db/redemptions';
import type { Scope } from '../../../domain/core/steps';
import type { Rows } from '../../../domain/rows/rows';
import { BillingError } from '../../../domain/core/errors';
import { describeCustomer, type DescribedCustomer } from '../../../domain/preview/described-customer';
import { planInvoicePreview } from '../../../domain/preview/invoice-preview';
import type { ChangeSet } from '../../../domain/core/change-set';
import type { SubscriptionSchedule } from '../../../domain/rows/subscription-schedule';
import { render } from '../../../objects';
import { countedListOf } from '../../../objects/wire';
import { invoice as shape, type WireInvoice } from '../../../objects/shapes/invoice';
import { namedBy, type Naming } from '../../writes/named-rows';
import { loadWithNamed } from '../../../db/named-facts';
import { linkToOf } from '../../http/dependencies';
import { operation } from '../../http/operation';
import { missing, type ApiRequest } from '../../http/request';
import { checkReferences, customerNamed, type Reference } from '../../writes/references';
import { hasEnded } from '../../schemas/living';
import { asUpcoming } from '../../../domain/preview/renewal-notice';
import { toCustomerChange } from '../customers/parameters';
import { checkPreview, previewParameters, referencesOfPreview, UNSUPPORTED_OF_PREVIEW, type PreviewInput } from './preview-parameters';

/**
 * The invoice that a change would make, or the next one. It is planned by the same rules as a commit, and nothing is written.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, currency_mismatch, coupon_expired,
 * invoice_upcoming_none, tax_id_invalid (of a described customer)
 */
export const createPreview = operation({
  method: 'post',
  path: '/v1/invoices/create_preview',
  isRead: true,
  summary: 'Preview an invoice',
  tag: 'Invoices',
  parameters: previewParameters,
  shows: 'invoice',
  unsupported: UNSUPPORTED_OF_PREVIEW,
  answer: shape,
  handle: async (request) => {
    checkPreview(request.parameters);
    const schedule = await scheduleOf(request);
    const customer = schedule?.customer ?? (await customerOf(request));
    const params = { ...request.parameters, customer };
    await checkReferences(request, [...referenceTo(customer, request.parameters), ...referencesOfPreview(params)]);
    const { changes, invoice } = await planned(request, customer, schedule);
    const context = { now: changes.now, linkTo: linkToOf(request.deps) };
    const body = { ...render('invoice', invoice, changes.rows, context), customer, lines: linesOf(changes, invoice) };
    return { body: asUpcoming(body as unknown as WireInvoice, invoice) };
  },
});

/** The schedule of the preview, which must not have ended. */
async function scheduleOf(request: ApiRequest<PreviewInput>): Promise<SubscriptionSchedule | null> {
  const { schedule: id, customer } = request.parameters;
  if (id === undefined) return null;
  const schedule = await request.find('subscriptionSchedule', id, 'schedule');
  const isAnothers = customer !== undefined && customer !== schedule.customer;
  const hasEnded = schedule.status !== 'not_started' && schedule.status !== 'active';
  return isAnothers || hasEnded ? missing('subscriptionSchedule', id, 'schedule') : schedule;
}

/**
 * Null: the request describes a new customer.
 *
 * @throws BillingError resource_missing, also for a subscription that has ended or belongs to another customer
 */
async function customerOf(request: ApiRequest<PreviewInput>): Promise<string | null> {
  const { customer, customer_details: described, subscription: id } = request.parameters;
  if (id === undefined) {
    if (customer !== undefined || described) return customer ?? null;
    throw new BillingError('parameter_missing', 'You must provide a customer or a subscription.', { param: 'customer' });
  }
  const subscription = await request.find('subscription', id, 'subscription');
  const isAnothers = customer !== undefined && customer !== subscription.customer;
  return hasEnded(subscription) || isAnothers ? missing('subscription', id, 'subscription') : subscription.customer;
}

const referenceTo = (customer: string | null, params: PreviewInput): Reference[] =>
  params.subscription === undefined && customer !== null ? [customerNamed(customer)] : [];

async function planned(
  request: ApiRequest<PreviewInput>,
  customer: string | null,
  schedule: SubscriptionSchedule | null,
): Promise<{ changes: ChangeSet; invoice: string }> {
  const { deps, scope, parameters: params } = request;
  const named = namedBy(namesIn(params));
  const now = Math.max(await request.now(customer), startOf(params, schedule));
  const of = { customer, subscription: params.subscription ?? schedule?.subscription ?? null, schedule: params.schedule ?? null };
  let invoice = '';
  const input = { workflow: `preview/${customer ?? 'new'}`, commitKey: request.id, step: 'previewInvoice', now, customer };
  const { askTaxProvider } = request;
  const changes = await preview(deps.sql, { ...input, secret: deps.secret, render, scope, askTaxProvider }, async (tx) => {
    const rows = await loadWithNamed(tx, scope, { ...of, named, load: loadRedeemable });
    return {
      facts:
        customer === null
          ? await withSeller(tx, scope, rows)
          : await loadUsage(tx, rows, { ...scope, customer }, { now, instants: instantsOf(params) }),
      request: { id: request.id, idempotencyKey: request.idempotencyKey },
      plan: (planning) => {
        const described = describeCustomer(planning, customer, customerIn(params));
        invoice = planInvoicePreview(planning, { ...params, customer: described });
      },
    };
  });
  return { changes, invoice };
}

/** What decides tax is loaded with a customer, so it must be loaded apart for one that is only described. */
async function withSeller(tx: TransactionSql, scope: Scope, rows: Rows): Promise<Rows> {
  rows.putAll(
    await loadMatching(tx, scope, [
      { kind: 'account', filters: [] },
      { kind: 'documentSettings', filters: [] },
      { kind: 'taxSettings', filters: [] },
      { kind: 'taxRegistration', filters: [] },
      { kind: 'taxRate', filters: [{ column: 'isAutomatic', equals: true }] },
    ]),
  );
  return rows;
}

function customerIn({ customer_details: { tax_ids: taxIds, ...details } = {} }: PreviewInput): DescribedCustomer {
  return { change: toCustomerChange(details), taxIds };
}

/** A schedule that has not started is previewed at its start. */
function startOf({ schedule_details: details }: PreviewInput, schedule: SubscriptionSchedule | null): number {
  const start = details?.phases?.[0]?.start_date ?? schedule?.phases[0]?.start_date;
  return schedule?.status === 'active' || typeof start !== 'number' ? 0 : start;
}

/** The instants, besides now, at which the change may split usage. */
function instantsOf({ subscription_details: details }: PreviewInput): number[] {
  return details?.proration_date === undefined ? [] : [details.proration_date];
}

function namesIn(params: PreviewInput): Naming[] {
  const { invoice_items: extras = [], subscription_details: details, discounts } = params;
  const priced = [...extras, ...(details?.items ?? [])].map((each) => ({ ...each, product: each.price_data?.product }));
  return [...priced, ...namesInPhases(params), { discounts, tax_rates: details?.default_tax_rates }];
}

function namesInPhases({ schedule_details: details }: PreviewInput): Naming[] {
  return (details?.phases ?? []).flatMap((phase) => [
    ...[...phase.items, ...(phase.add_invoice_items ?? [])].map((each) => ({ ...each, product: each.price_data?.product })),
    { discounts: phase.discounts, tax_rates: phase.default_tax_rates },
  ]);
}

/** All lines, because a preview has no list to page through. */
function linesOf(changes: ChangeSet, invoice: string) {
  const lines = changes.rows.where('invoiceLineItem', (line) => line.invoice === invoice).sort((a, b) => a.position - b.position);
  const data = lines.map(({ id }) => render('invoiceLineItem', id, changes.rows));
  return countedListOf(data, `/v1/invoices/${invoice}/lines`, data.length);
}
