/**
 * A customer's whole world in memory: rows, workflows that wait for what their agenda says, and a bank. Steps run as workflows
 * run them (outside first, then what is due, one commit at a time), and after each commit what must always hold is checked.
 */
import type { AccountSettings, DisputeSettings } from '../../../domain/rows/account';
import { createCreditGrant, expireCreditGrant, voidCreditGrant, type NewCreditGrant } from '../../../domain/credit/grant-changes';
import { adjustBalance, deleteCustomer } from '../../../domain/customer/changes';
import { BillingError, refusalOf, type Refusal } from '../../../domain/core/errors';
import type { Invoice, InvoiceLineItem } from '../../../domain/rows/invoice';
import type { GatewayAnswer } from '../../../domain/rows/payment-attempt';
import { openDispute } from '../../../domain/payment/disputes';
import { planInvoicePreview, type InvoicePreviewParameters } from '../../../domain/preview/invoice-preview';
import { ChangeSet } from '../../../domain/core/change-set';
import { Rows, type RowTypes } from '../../../domain/rows/rows';
import type { PendingCall, EntityState } from '../../../domain/core/entity-state';
import { deriveState } from '../../../domain/agenda/registry';
import { cardTriesIn, NETWORK_MEMORY } from '../../../domain/recovery/network-rules';
import type { CardTry } from '../../../domain/rows/payment-attempt';
import { planStep } from '../../../domain/steps/registry';
import { taxByEngine } from '../../../domain/line/engine-taxes';
import { taxByRates } from '../../../domain/line/tax-input';
import type { TaxAnswer, TaxQuestion } from '../../../domain/rows/tax-calculation';
import type { Subscription, SubscriptionItem } from '../../../domain/rows/subscription';
import { occurrenceOf, WORKFLOW_KINDS, workflowId, type WorkflowKind } from '../../../domain/rows/workflow';
import { UsageFacts, usageHorizon, usageKey } from '../../../domain/rows/usage';
import { usageWindows } from '../../../domain/usage/windows';
import { cardByToken } from '../../../gateways/sandbox/cards';
import { answerCharge } from '../../../gateways/sandbox/rules';
import { snapshot } from '../../../objects';
import * as sample from '../../objects/rows';
import { at, sum } from '../builders';
import { checkBooks, checkRows, type Posted } from './invariants';
import { usageIn, type UsageEvent } from '../usage/events';

export const HOUR = 3600;
export const DAY = 86_400;

interface Member {
  kind: WorkflowKind;
  subject: string;
  state: EntityState;
}

export interface Told {
  type: string;
  at: number;
  id: string;
  object: Record<string, unknown>;
  previous: Record<string, unknown> | null;
}

/** A manual amount: no price, no discount, no tax of its own. */
const PLAIN_ITEM = {
  basis: null,
  discounts: [],
  taxRates: [],
  price: null,
  product: null,
  subscriptionItem: null,
  proration: false,
  prorationDetails: null,
};

/** More commits than any scenario needs at one instant: beyond it, the loop would never end. */
const COMMITS_MAX = 200;

export class World {
  readonly rows: Rows;
  now: number;
  readonly events: Told[] = [];
  readonly postings: Posted[] = [];
  /** Attempts whose answer gets lost on the way back. */
  losesAnswers = false;
  /** No processor answers: what is outside stays there. */
  holdsAnswers = false;
  /** Answers questions about tax; by the built-in engine, unless a test puts another provider here. */
  taxProvider: (question: TaxQuestion) => TaxAnswer = answerTo;
  /** The invoices whose tax a provider was asked, in order. */
  readonly taxed: string[] = [];
  /** What meters were told. */
  readonly usage: UsageEvent[] = [];
  private readonly members = new Map<string, Member>();
  private readonly committed = new Set<string>();
  private ids = 0;
  private requests = 0;

  constructor(start: string | number = '2026-01-31') {
    this.now = typeof start === 'string' ? at(start) : start;
    this.rows = new Rows({
      account: [sample.account()],
      customer: [
        sample.customer({
          balance: 0,
          currency: null,
          nextInvoiceSequence: 1,
          invoiceSettings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
        }),
      ],
      product: [sample.product({ name: 'Pro' })],
    });
    this.price(1000, { id: 'price_1000' });
    this.price(3000, { id: 'price_3000' });
    this.price(0, { id: 'price_free' });
    this.price(12_000, { id: 'price_year', interval: 'year' });
    this.price(500, { id: 'price_once', interval: null });
  }

  price(unitAmount: number, { id, interval = 'month' }: { id: string; interval?: 'day' | 'week' | 'month' | 'year' | null }): string {
    const recurring = interval && {
      interval,
      interval_count: 1,
      usage_type: 'licensed' as const,
      trial_period_days: null,
      meter: null,
      dimension_filters: {},
    };
    const row = sample.price({
      id,
      lookupKey: id,
      unitAmount,
      unitAmountDecimal: String(unitAmount),
      recurring,
      type: recurring ? 'recurring' : 'one_time',
    });
    this.rows.put('price', row);
    return id;
  }

  /** A price by a meter, `mtr_calls` unless it says another. */
  metered(id: string, change: Partial<RowTypes['price']> = {}, meter = 'mtr_calls'): string {
    const recurring = { interval: 'month', interval_count: 1, usage_type: 'metered', trial_period_days: null } as const;
    const terms = { unitAmount: 2, unitAmountDecimal: '2', recurring: { ...recurring, meter, dimension_filters: {} } };
    this.rows.put('price', sample.price({ id, lookupKey: id, type: 'recurring', ...terms, ...change }));
    return id;
  }

  /** A monthly price of other terms. */
  priced(id: string, change: Partial<RowTypes['price']>): string {
    this.rows.put('price', sample.price({ id, lookupKey: id, type: 'recurring', ...change }));
    return id;
  }

  /** What a preview shows: nothing of it is kept. */
  preview(params: InvoicePreviewParameters): { lines: object[]; totals: Partial<Invoice> } {
    this.readUsage([]);
    const changes = this.trial();
    const id = planInvoicePreview(changes, params);
    const lines = changes.rows.where('invoiceLineItem', (line) => line.invoice === id).sort((a, b) => a.position - b.position);
    const { subtotal, total, lastFinalizationError } = changes.rows.get('invoice', id);
    const error = lastFinalizationError && { lastFinalizationError };
    return { lines: lines.map(shownLine), totals: { subtotal, total, ...error } };
  }

  /** An event of now, or of another time; wakes the workflows that watch usage. */
  use(value: number, event: Partial<UsageEvent> = {}): void {
    this.usage.push({ meter: 'mtr_calls', at: this.now, value, dimensions: {}, ...event });
    for (const { id } of this.rows.all('subscription')) this.look('subscription', id);
    this.look('usage', 'cus_1');
    this.settle();
  }

  /** A card of the customer, its default; workflows that it concerns are woken, as the API does it. */
  card(token: string, id = `pm_${token}`): string {
    const card = { ...sample.card, brand: cardByToken(token)?.brand ?? 'visa', fingerprint: token };
    this.rows.put('paymentMethod', sample.paymentMethod({ id, gatewayReference: token, setUp: false, card }));
    this.changeCustomer({ invoiceSettings: { ...this.rows.get('customer', 'cus_1').invoiceSettings, default_payment_method: id } });
    for (const { invoice } of this.rows.where('dunning', (dunning) => dunning.status === 'running')) this.look('dunning', invoice);
    for (const trial of this.rows.where('subscription', ({ status }) => status === 'trialing')) this.look('subscription', trial.id);
    this.settle();
    return id;
  }

  /** Subscriptions see it when they do something next; here at once. */
  settings(change: Partial<AccountSettings>): void {
    const account = this.rows.get('account', 'acct_1');
    const settings = { ...account.settings.test, ...change };
    this.rows.put('account', { ...account, settings: { live: settings, test: settings } });
    for (const { id } of this.rows.all('subscription')) this.look('subscription', id);
  }

  changeCustomer(change: Partial<RowTypes['customer']>): void {
    this.rows.put('customer', { ...this.rows.get('customer', 'cus_1'), ...change });
  }

  coupon(change: Partial<RowTypes['coupon']>): void {
    const fresh = { redeemBy: null, maxRedemptions: null, timesRedeemed: 0, appliesTo: null };
    this.rows.put('coupon', sample.coupon({ ...fresh, ...change }));
  }

  /** Two rates, `txr_ex` of 20% on top and `txr_in` of 10% within. */
  taxes(): void {
    this.rows.put('taxRate', sample.taxRate({ id: 'txr_ex', percentage: '20', inclusive: false }));
    this.rows.put('taxRate', sample.taxRate({ id: 'txr_in', percentage: '10', inclusive: true, jurisdiction: 'DE' }));
  }

  /** A change set of which nothing is written. */
  trial(): ChangeSet {
    return new ChangeSet(this.rows, { ...this.context('preview', 'preview', true), preview: true });
  }

  /** Credit below zero, debt above; booked as the API books it. */
  balance(amount: number): void {
    const changes = new ChangeSet(this.rows, this.context('api', `balance_${String(++this.requests)}`, true));
    adjustBalance(changes, 'cus_1', { amount, type: 'adjustment' });
    this.write(changes, 'api');
  }

  /** A grant, made as the API makes it; of 1000 US cents, paid, for all usage where it says nothing else. */
  grant(params: Partial<NewCreditGrant> = {}): string {
    const usual = { customer: 'cus_1', name: null, category: 'paid', currency: 'usd', amount: 1000, priority: 50, prices: null } as const;
    const grant = { ...usual, effectiveAt: null, expiresAt: null, metadata: {}, ...params };
    this.byApi((changes) => {
      createCreditGrant(changes, grant);
    });
    return this.rows.all('creditGrant').at(-1)?.id ?? '';
  }

  /** What the API ends early. */
  endGrant(id: string, how: 'expire' | 'void'): void {
    this.byApi((changes) => {
      if (how === 'expire') expireCreditGrant(changes, id);
      else voidCreditGrant(changes, id);
    });
  }

  left(grant: string): number {
    return this.rows.get('creditGrant', grant).balance;
  }

  /** A change of the customer's, as the API makes it. */
  byApi(change: (changes: ChangeSet) => void): void {
    const changes = new ChangeSet(this.rows, this.context('api', `change_${String(++this.requests)}`, true));
    change(changes);
    this.write(changes, 'api');
    for (const wake of changes.wakes) this.look(wake.kind, wake.subject);
    this.settle();
  }

  /** As the API does it: what it wakes is looked at, and so is every invoice that its deletion stops. */
  deleteCustomer(): void {
    const changes = new ChangeSet(this.rows, this.context('api', `delete_${String(++this.requests)}`, true));
    deleteCustomer(changes, 'cus_1');
    this.write(changes, 'api');
    for (const wake of changes.wakes) this.look(wake.kind, wake.subject);
    this.settle();
  }

  /** A draft by hand, of 700 where nothing else waits. */
  manual(parameters: Record<string, unknown> = {}): string {
    const id = `in_manual_${String(++this.requests)}`;
    this.must('invoice', id, 'createInvoice', {
      customer: 'cus_1',
      currency: 'usd',
      pending_invoice_items_behavior: 'include',
      ...parameters,
    });
    return id;
  }

  /** What waits for the customer's next invoice. */
  pending(amount: number, change: Partial<RowTypes['invoiceItem']> = {}): void {
    const id = `ii_${String(++this.requests)}`;
    const times = { created: this.now, periodStart: this.now, periodEnd: this.now };
    this.rows.put('invoiceItem', sample.invoiceItem({ id, amount, subscription: null, invoice: null, ...PLAIN_ITEM, ...times, ...change }));
  }

  /** What was taken from the customer's cards. */
  charged(): number[] {
    return this.rows.where('charge', ({ status }) => status === 'succeeded').map(({ amount }) => amount);
  }

  /** Without a credit note; the bank returns it after three days if it `isReturned`. */
  refund(charge: string, amount: number, isReturned = false): Refusal | null {
    const metadata = isReturned ? { returned: 'yes' } : {};
    return this.ask('refund', `re_${String(this.requests)}`, 'createRefund', { target: charge, amount, metadata });
  }

  /** A bank takes the charge back, or a part of it, or more than it; or it only asks. */
  /** What the account has decided about disputes; the rest is as by default. */
  disputes(change: Partial<DisputeSettings>): void {
    this.settings({ disputes: { ...this.rows.get('account', 'acct_1').settings.test.disputes, ...change } });
  }

  dispute(charge: string, { amount = this.rows.get('charge', charge).amount, inquiry = false } = {}): string {
    this.byApi((changes) => {
      openDispute(changes, charge, { amount, caseType: inquiry ? 'inquiry' : 'chargeback', reason: 'fraudulent', networkReasonCode: null });
    });
    return this.rows.all('dispute').at(-1)?.id ?? '';
  }

  /** What the sandbox's bank is told of a dispute; most of it decides a day later. */
  answerDispute(id: string, text: string): Refusal | null {
    return this.ask('dispute', id, 'updateDispute', { evidence: { uncategorized_text: text } });
  }

  create(parameters: Record<string, unknown> = {}, id = `sub_${String(++this.requests)}`): string {
    const refusal = this.ask('subscription', id, 'createSubscription', {
      customer: 'cus_1',
      items: [{ price: 'price_1000' }],
      ...parameters,
    });
    if (refusal) throw new Refused(refusal);
    return id;
  }

  /** What a caller asks, of a `target` where that is not the subject; its refusal, or null. What is due now has happened then. */
  ask(kind: WorkflowKind, subject: string, step: string, { target = null, ...parameters }: Asked = {}): Refusal | null {
    this.requests += 1;
    const refusal = this.commit({
      kind,
      subject,
      step,
      commitKey: `req_${String(this.requests)}`,
      parameters,
      target,
      isMessage: true,
    });
    const later = refusal ?? this.goOutside(kind, subject);
    this.settle();
    return later;
  }

  must(kind: WorkflowKind, subject: string, step: string, parameters: Asked = {}): void {
    const refusal = this.ask(kind, subject, step, parameters);
    if (refusal) throw new Refused(refusal);
  }

  update(subscription: string, parameters: Record<string, unknown>): void {
    this.must('subscription', subscription, 'updateSubscription', { path: { subscription }, ...parameters });
  }

  cancel(subscription: string, parameters: Record<string, unknown> = {}): void {
    this.must('subscription', subscription, 'cancelSubscription', { path: { subscription }, ...parameters });
  }

  /** A call on an invoice goes to its owner: its dunning, its living subscription, or itself. */
  onInvoice(id: string, step: string, parameters: Record<string, unknown> = {}): Refusal | null {
    const invoice = this.rows.get('invoice', id);
    if (this.rows.find('dunning', id)?.status === 'running') return this.ask('dunning', id, step, parameters);
    const subscription = this.rows.find('subscription', invoice.subscription);
    const lives = subscription && subscription.status !== 'canceled' && subscription.status !== 'incomplete_expired';
    return lives
      ? this.ask('subscription', subscription.id, step, { ...parameters, target: id })
      : this.ask('invoice', id, step, parameters);
  }

  advance(to: string | number): void {
    const target = typeof to === 'string' ? at(to) : to;
    this.settle();
    for (;;) {
      const next = Math.min(...[...this.members.values()].map(({ state }) => state.agenda[0]?.at ?? Infinity));
      if (next > target) break;
      this.now = Math.max(this.now, next);
      this.settle();
    }
    this.now = target;
  }

  by(seconds: number): void {
    this.advance(this.now + seconds);
  }

  subscription(id: string): Subscription {
    return this.rows.get('subscription', id);
  }

  items(subscription: string): SubscriptionItem[] {
    return this.rows.where('subscriptionItem', (item) => item.subscription === subscription && !item.deleted);
  }

  item(subscription: string): SubscriptionItem {
    const [item] = this.items(subscription);
    if (!item) throw new Error('it has no item');
    return item;
  }

  invoices(): Invoice[] {
    return this.rows.all('invoice');
  }

  last(): Invoice {
    const invoice = this.invoices().at(-1);
    if (!invoice) throw new Error('there is no invoice');
    return invoice;
  }

  lines(invoice: string): InvoiceLineItem[] {
    return this.rows.where('invoiceLineItem', (line) => line.invoice === invoice).sort((a, b) => a.position - b.position);
  }

  told(type?: string): string[] {
    return this.events.filter((event) => type === undefined || event.type === type).map((event) => event.type);
  }

  agenda(kind: WorkflowKind, subject: string): [string, number][] {
    return deriveState({ kind, subject }, this.rows, this.now).agenda.map(({ step, at: when }) => [step, when]);
  }

  private goOutside(kind: WorkflowKind, subject: string): Refusal | null {
    let refusal: Refusal | null = null;
    for (;;) {
      const member = this.members.get(workflowId(kind, subject));
      if (!member?.state.pendingCall || refusal) return refusal;
      refusal = this.act(member, member.state.pendingCall);
    }
  }

  private act(member: Member, pendingCall: PendingCall): Refusal | null {
    const { step, commitKey } = pendingCall;
    return this.commit({ ...member, step, commitKey, answer: this.answer(pendingCall), target: null });
  }

  private answer(pendingCall: PendingCall): unknown {
    if (pendingCall.activity === 'sendRefund')
      return { outcome: 'succeeded', reference: pendingCall.id, settles: this.settlementOf(pendingCall.id) };
    if (pendingCall.activity !== 'attemptPayment' && pendingCall.activity !== 'resolvePayment') return null;
    const { id, intent, offSession, threeDSecure, paymentMethod } = this.rows.get('paymentAttempt', pendingCall.id);
    const method = this.rows.get('paymentMethod', paymentMethod);
    const params = { idempotencyKey: id, card: method.gatewayReference, offSession, setUp: method.setUp, ...this.captureOf(intent) };
    const is3ds = threeDSecure === 'authenticated' ? ('authenticated' as const) : null;
    const lost = this.losesAnswers && pendingCall.activity === 'attemptPayment';
    const answer: GatewayAnswer = lost
      ? { outcome: 'unknown' }
      : answerCharge({ ...params, threeDSecure: is3ds, continues: null }, 'http://bank.example');
    return { assessment: null, answer };
  }

  private captureOf(intent: string): { capture: boolean; multicapture?: true } {
    const { captureMethod, paymentMethodOptions } = this.rows.find('paymentIntent', intent) ?? {};
    const several = paymentMethodOptions?.card?.request_multicapture === 'if_available';
    return { capture: captureMethod !== 'manual', ...(several ? { multicapture: true } : {}) };
  }

  private settlementOf(refund: string): { as: 'failed'; afterSeconds: number } | null {
    const isReturned = this.rows.get('refund', refund).metadata['returned'] === 'yes';
    return isReturned ? { as: 'failed', afterSeconds: 3 * DAY } : null;
  }

  /** Everything that is outside or due now, of all workflows, as the test clock steps them. */
  settle(): void {
    for (let commits = 0; ; commits += 1) {
      const due = this.due();
      if (!due) break;
      if (commits > COMMITS_MAX) throw new Error(`${due.kind}/${due.subject} goes round in circles at ${due.state.agenda[0]?.key ?? ''}`);
      const [item] = due.state.agenda;
      if (due.state.pendingCall) this.act(due, due.state.pendingCall);
      else if (item) this.commit({ ...due, ...item, commitKey: occurrenceOf(item, this.committed.size), target: item.target ?? null });
    }
    if (!this.holdsAnswers) this.checkWakes();
    checkRows(this.rows);
    checkBooks(this.rows, this.postings, this.now);
  }

  private due(): Member | undefined {
    const order = (member: Member) => WORKFLOW_KINDS.indexOf(member.kind);
    return [...this.members.values()]
      .filter(({ state }) => (state.pendingCall ? !this.holdsAnswers : (state.agenda[0]?.at ?? Infinity) <= this.now))
      .sort((a, b) => order(a) - order(b))[0];
  }

  /** No workflow sleeps while the rows say that something is due: the commit that wrote them should have woken it. */
  private checkWakes(): void {
    this.readUsage([]);
    for (const [id, { kind, subject, state }] of this.members) {
      const now = deriveState({ kind, subject }, this.rows, this.now);
      if (state.ended || now.ended) continue;
      if (now.pendingCall) throw new Error(`${id} was not told that it has to ${now.pendingCall.activity}`);
      const [next] = now.agenda;
      const wakesAt = Math.max(this.now + 1, state.agenda[0]?.at ?? Infinity);
      if (next && next.at < wakesAt) throw new Error(`${id} was not told that ${next.key} is next`);
    }
  }

  private look(kind: WorkflowKind, subject: string): void {
    const id = workflowId(kind, subject);
    if (kind !== 'usage' && kind !== 'dunning' && this.members.get(id)?.state.ended) return;
    this.readUsage([]);
    const state = deriveState({ kind, subject }, this.rows, this.now);
    this.members.set(id, { kind, subject, state });
  }

  private commit(of: Commit): Refusal | null {
    const { kind, subject, step, commitKey } = of;
    const workflow = workflowId(kind, subject);
    if (this.committed.has(`${workflow} ${commitKey}`)) throw new Error(`${workflow} is to commit ${commitKey} again`);
    const { parameters = {}, target, answer = null } = of;
    this.readUsage([of.at, parameters['proration_date']].filter((instant) => typeof instant === 'number'));
    const input = { subject, target, at: of.at ?? this.now, parameters, answer, workflow, customer: 'cus_1' };
    let changes: ChangeSet;
    try {
      changes = this.planTaxed(this.context(workflow, commitKey, of.isMessage === true), (to) => {
        planStep(to, step, input);
      });
    } catch (error) {
      if (error instanceof BillingError && of.isMessage) return refusalOf(error);
      throw error;
    }
    this.committed.add(`${workflow} ${commitKey}`);
    this.write(changes, workflow);
    this.look(kind, subject);
    if (!this.members.has(workflow)) throw new Error(`${workflow} is not there`);
    for (const wake of changes.wakes) this.look(wake.kind, wake.subject);
    return changes.refusal;
  }

  /** As workflows commit: what the first plan asks is answered by manual rates, and a second plan with the same ids is written. */
  private planTaxed(context: ChangeSet['context'], plan: (changes: ChangeSet) => void): ChangeSet {
    const ids = this.ids;
    const first = new ChangeSet(this.rows, context);
    const error = caught(() => {
      plan(first);
    });
    const questions = first.taxQuestions;
    if (questions.length === 0 && error !== null) throw error;
    if (questions.length === 0) return first;
    this.ids = ids;
    this.taxed.push(...questions.map(({ invoice }) => invoice));
    const second = new ChangeSet(this.rows, { ...context, taxes: questions.map(this.taxProvider) });
    plan(second);
    if (second.taxQuestions.length > 0) throw new Error(`the same commit asks again: ${JSON.stringify(second.taxQuestions)}`);
    return second;
  }

  /** As it is loaded before a step: what a planner asks for beyond that fails. */
  private readUsage(instants: number[]): void {
    const windows = usageWindows(this.rows, this.now, instants);
    const read = new Map(windows.map((window) => [usageKey(window), usageIn(this.usage, window)]));
    this.rows.usage = new UsageFacts(usageHorizon(this.now), read);
  }

  private context(workflow: string, commitKey: string, isMessage: boolean): ChangeSet['context'] {
    return {
      account: 'acct_1',
      livemode: false,
      workflow,
      commitKey,
      now: this.now,
      request: isMessage ? { id: commitKey, idempotencyKey: null } : null,
      newId: (prefix) => `${prefix}_${String(++this.ids)}`,
      secretFor: (id) => `${id}_secret`,
      sign: (_key, type, claims) => `${type} ${JSON.stringify(claims)}`,
      recoveryPrograms: this.rows.all('recoveryProgram'),
      cardTries: this.cardTries(),
      render: (kind, key, rows) => snapshot(kind, key, rows, { now: this.now }),
    };
  }

  /** By fingerprint, as the database is asked. */
  private cardTries(): Map<string, CardTry[]> {
    const cards = this.rows.all('paymentMethod').map(({ card }) => card?.fingerprint ?? '');
    const attempts = this.rows.where('paymentAttempt', ({ created }) => created >= this.now - NETWORK_MEMORY);
    return new Map(cards.map((card) => [card, cardTriesIn(attempts.filter(({ fingerprint }) => fingerprint === card))]));
  }

  private count(kind: 'coupon' | 'promotionCode', key: string, by: number): void {
    const row = this.rows.get(kind, key);
    this.rows.put(kind, { ...row, timesRedeemed: row.timesRedeemed + by });
  }

  private write(changes: ChangeSet, workflow: string): void {
    for (const [kind, keys] of changes.changed) for (const key of keys) this.rows.put(kind, changes.rows.get(kind, key));
    for (const [kind, keys] of changes.removed) for (const key of keys) this.rows.remove(kind, key);
    for (const [key, by] of changes.redemptions.coupon) this.count('coupon', key, by);
    for (const [key, by] of changes.redemptions.promotionCode) this.count('promotionCode', key, by);
    const told = new Set<string>();
    for (const { type, objectId, object, previousAttributes } of changes.events) {
      if (told.has(`${type} ${objectId}`))
        throw new Error(`${workflow} tells ${type} of ${objectId} twice in ${changes.context.commitKey}`);
      told.add(`${type} ${objectId}`);
      this.events.push({ type, at: this.now, id: objectId, object, previous: previousAttributes });
    }
    this.postings.push(...changes.postings);
  }
}

/** What of a line its payer sees. */
export function shownLine({ amount, description, quantity, periodStart, periodEnd, discountAmounts, taxes }: InvoiceLineItem): object {
  const discounted = sum(discountAmounts.map((each) => each.amount));
  return { amount, description, quantity, periodStart, periodEnd, discounted, taxed: sum(taxes.map((each) => each.amount)) };
}

function answerTo({ invoice, digest, input }: TaxQuestion): TaxAnswer {
  if (input.automatic) return { invoice, digest, provider: 'dunlin', ...taxByEngine(input) };
  return { invoice, digest, provider: 'rates', lines: taxByRates(input) };
}

function caught(work: () => void): Error | null {
  try {
    work();
    return null;
  } catch (error) {
    return error as Error;
  }
}

type Asked = Record<string, unknown> & { target?: string | null };

interface Commit {
  kind: WorkflowKind;
  subject: string;
  step: string;
  commitKey: string;
  target: string | null;
  at?: number;
  parameters?: Record<string, unknown>;
  answer?: unknown;
  isMessage?: boolean;
}

/** A refusal where the test expected none. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message}`);
  }
}
