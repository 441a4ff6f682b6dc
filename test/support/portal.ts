/** A seller's portal as its customers see it: plans, members, and the pages as a browser without script has them. */
import type Stripe from 'stripe';
import { customerWith, priceOf } from './builders';
import { startClock, type VirtualClock } from './clock';
import type { Product } from './product';

const PORTAL_START = '2026-01-01';

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

/** Everything but changes of plan. */
export const portalFeatures = (change: Partial<Features> = {}): Features => ({
  customer_update: { enabled: true, allowed_updates: ['address', 'email', 'name', 'phone', 'tax_id'] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: true, cancellation_reason: { enabled: true, options: ['too_expensive', 'unused'] } },
  ...change,
});

export interface Plans {
  product: string;
  small: string;
  large: string;
}

/** 10.00 a month, and 300.00 a year. */
export async function portalPlans(stripe: Stripe): Promise<Plans> {
  const small = await priceOf(stripe, 1000);
  const { product } = await stripe.prices.retrieve(small);
  const large = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 30_000,
    recurring: { interval: 'year' },
    product: product as string,
  });
  return { product: product as string, small, large: large.id };
}

/** Plans and quantities from 1 to 5, charged at once. */
export const changingPlans = ({ product, small, large }: Plans): Features =>
  portalFeatures({
    subscription_update: {
      enabled: true,
      default_allowed_updates: ['price', 'quantity'],
      products: [{ product, prices: [small, large], adjustable_quantity: { enabled: true, minimum: 1, maximum: 5 } }],
      proration_behavior: 'always_invoice',
    },
  });

export interface Member {
  clock: VirtualClock;
  customer: string;
  card: string;
  subscription: Stripe.Subscription;
}

/** A customer with a card on a clock, who subscribed at its start. */
export async function memberOf(stripe: Stripe, price: string): Promise<Member> {
  const clock = await startClock(stripe, PORTAL_START);
  const { customer, card } = await customerWith(stripe, 'pm_card_visa', { test_clock: clock.id });
  return { clock, customer, card: String(card), subscription: await stripe.subscriptions.create({ customer, items: [{ price }] }) };
}

interface Seen {
  status: number;
  location: string | null;
  html: string;
  headers: Headers;
}

type Session = Pick<Stripe.BillingPortal.Session, 'url'>;

/** The pages of sessions, without script. */
export class PortalVisitor {
  constructor(private readonly product: Pick<Product, 'url'>) {}

  /** A path or an address of the product, as this test reaches it. */
  at(address: string): string {
    const { pathname, search } = new URL(address, this.product.url);
    return `${this.product.url}${pathname}${search}`;
  }

  look(session: Session, view = ''): Promise<Seen> {
    return this.fetch(this.pageOf(session, view));
  }

  send(session: Session, view: string, entries: Record<string, string>): Promise<Seen> {
    return this.fetch(this.pageOf(session, view), { method: 'POST', body: new URLSearchParams(entries) });
  }

  /** Sends the form of this action as the page has it, with these entries. If there are several, the one that has an entry among its own. */
  async submit(session: Session, view: string, action: string, entries: Record<string, string> = {}): Promise<Seen> {
    return this.send(session, view, await this.fill(session, view, action, entries));
  }

  /** What `submit` would send. */
  async fill(session: Session, view: string, action: string, entries: Record<string, string> = {}): Promise<Record<string, string>> {
    const { html } = await this.look(session, view);
    const forms = [...html.matchAll(/<form [^>]*method="post".*?<\/form>/g)].map(([text]) => text);
    const own = forms.filter((text) => text.includes(`name="action" value="${action}"`));
    const form = own.find((text) => Object.values(entries).some((entry) => text.includes(`value="${entry}"`))) ?? own[0];
    if (form === undefined) throw new Error(`the page has no form to ${action}`);
    return { ...hiddenOf(form), ...entries };
  }

  pageOf({ url }: Session, view: string): string {
    return this.at(`${new URL(url).pathname}${view === '' ? '' : `/${view}`}`);
  }

  private async fetch(page: string, init: RequestInit = {}): Promise<Seen> {
    const response = await fetch(page, { redirect: 'manual', ...init });
    const html = (await response.text()).replace(/[\s\u00a0\u202f]+/g, ' ');
    return { status: response.status, location: response.headers.get('location'), html, headers: response.headers };
  }
}

/** The entries that a form sends without being asked. */
export function hiddenOf(html: string): Record<string, string> {
  const found = [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, value]));
}
