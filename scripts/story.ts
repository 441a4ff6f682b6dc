import { setTimeout as sleep } from 'node:timers/promises';
import type Stripe from 'stripe';

/** The person in the scenarios. No history may contain any of this; `test/replay` checks. */
export const PERSON = {
  name: 'Wilhelmina Featherstonehaugh',
  email: 'wilhelmina@featherstonehaugh.example',
  phone: '+441632960961',
  address: { line1: '12 Puddleduck Lane', city: 'Little Snoring', postal_code: 'NR21 0HP', country: 'GB' },
} as const;

const PATIENCE_MS = 120_000;
const START = Date.UTC(2027, 0, 31, 9, 30) / 1000;

/** A customer with a card, on their own test clock unless real time is requested. */
export class Story {
  private constructor(
    private readonly stripe: Stripe,
    readonly clock: string | null,
    readonly customer: string,
    private now: number,
  ) {}

  static async begin(stripe: Stripe, card: string, { onClock = true } = {}): Promise<Story> {
    const clock = onClock ? await stripe.testHelpers.testClocks.create({ frozen_time: START, name: 'history' }) : null;
    const customer = await stripe.customers.create({ ...PERSON, ...(clock === null ? {} : { test_clock: clock.id }) });
    const story = new Story(stripe, clock?.id ?? null, customer.id, START);
    await story.useCard(card);
    return story;
  }

  async useCard(card: string): Promise<void> {
    const method = await this.stripe.paymentMethods.attach(card, { customer: this.customer });
    await this.stripe.customers.update(this.customer, { invoice_settings: { default_payment_method: method.id } });
  }

  /** A European tax id, an hour after it was given. */
  async taxId(value: string): Promise<string> {
    const { id } = await this.stripe.customers.createTaxId(this.customer, { type: 'eu_vat', value });
    await this.pass(3_600);
    return id;
  }

  /** A question that nobody answers in time. */
  async ask(): Promise<string> {
    const question = { customer: this.customer, subject: `From ${PERSON.name}`, message: `Call me: ${PERSON.phone}` };
    const { id } = (await this.stripe.rawRequest('POST', '/v1/support_tickets', question)) as unknown as { id: string };
    await this.pass(3 * 86_400);
    return id;
  }

  async price(amount: number): Promise<string> {
    const price = await this.stripe.prices.create({
      currency: 'eur',
      unit_amount: amount,
      recurring: { interval: 'month' },
      product_data: { name: 'Access' },
    });
    return price.id;
  }

  async meter(event_name: string): Promise<string> {
    const meter = await this.stripe.billing.meters.create({ event_name, display_name: 'Calls', default_aggregation: { formula: 'sum' } });
    return meter.id;
  }

  async meteredPrice(meter: string): Promise<string> {
    const recurring = { interval: 'month' as const, usage_type: 'metered' as const, meter };
    const price = await this.stripe.prices.create({ currency: 'eur', unit_amount: 10, recurring, product_data: { name: 'Calls' } });
    return price.id;
  }

  /** The usage workflow has checked it a moment later. */
  async use(event_name: string, value: number): Promise<void> {
    const payload = { stripe_customer_id: this.customer, value: String(value) };
    await this.stripe.billing.meterEvents.create({ event_name, payload });
    await sleep(2_000);
  }

  async subscribe(more: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Stripe.Subscription> {
    return this.stripe.subscriptions.create({ customer: this.customer, items: [{ price: await this.price(2_000) }], ...more });
  }

  async invoice(more: Partial<Stripe.InvoiceCreateParams>): Promise<string> {
    const { customer } = this;
    const invoice = await this.stripe.invoices.create({ customer, currency: 'eur', pending_invoice_items_behavior: 'exclude', ...more });
    await this.stripe.invoiceItems.create({ customer, invoice: invoice.id, amount: 3_500, currency: 'eur', description: 'Setting up' });
    return invoice.id;
  }

  /** Pays at once with the customer's card, as far as possible without the customer. */
  async pay(more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> {
    const customer = (await this.stripe.customers.retrieve(this.customer)) as Stripe.Customer;
    const payment_method = customer.invoice_settings.default_payment_method as string;
    const parts = { customer: this.customer, amount: 2_000, currency: 'eur', payment_method, payment_method_types: ['card'] };
    return this.stripe.paymentIntents.create({ ...parts, confirm: true, ...more });
  }

  async latestInvoice(subscription: string): Promise<string> {
    const { latest_invoice: latest } = await this.stripe.subscriptions.retrieve(subscription);
    return typeof latest === 'string' ? latest : (latest?.id ?? '');
  }

  /** This many seconds from now, on the clock. */
  in(seconds: number): number {
    return this.now + seconds;
  }

  /** Advances the clock, and waits until everything due is done. */
  async pass(seconds: number): Promise<void> {
    if (this.clock === null) throw new Error('this customer lives in real time');
    this.now += seconds;
    await this.stripe.testHelpers.testClocks.advance(this.clock, { frozen_time: this.now });
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const { status } = await this.stripe.testHelpers.testClocks.retrieve(this.clock);
      if (status === 'ready') return;
      if (status === 'internal_failure') throw new Error(`test clock ${this.clock} failed`);
      await sleep(100);
    }
    throw new Error(`test clock ${this.clock} is still advancing`);
  }
}
