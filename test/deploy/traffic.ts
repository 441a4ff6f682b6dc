/** Callers behind a load balancer: each call goes to a server that says it is ready, once. */
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';

const PROBE_MS = 200;
const VISA = 'pm_card_visa';
const PAYING = { payment_method: VISA, invoice_settings: { default_payment_method: VISA } };

export interface Backend {
  url: string;
}

/** What a load balancer does: it asks each server whether it is ready, and sends calls to those that are, in turn. */
export class Balancer {
  private readonly clients = new Map<Backend, { stripe: Stripe; isReady: boolean }>();
  private turn = 0;
  private over = false;
  private readonly probing = this.probe();

  constructor(private readonly key: string) {}

  add(backend: Backend): void {
    const { hostname: host, port } = new URL(backend.url);
    const stripe = new Stripe(this.key, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false, timeout: 60_000 });
    this.clients.set(backend, { stripe, isReady: true });
  }

  remove(backend: Backend): void {
    this.clients.delete(backend);
  }

  /** The SDK of the server whose turn it is. */
  next(): Stripe {
    const ready = [...this.clients.values()].filter(({ isReady }) => isReady);
    const chosen = ready[(this.turn += 1) % Math.max(1, ready.length)];
    if (!chosen) throw new Error('no server is ready');
    return chosen.stripe;
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.probing;
  }

  private async probe(): Promise<void> {
    while (!this.over) {
      await Promise.all(
        [...this.clients].map(async ([{ url }, client]) => {
          client.isReady = await fetch(`${url}/readyz`).then(
            ({ ok }) => ok,
            () => false,
          );
        }),
      );
      await sleep(PROBE_MS);
    }
  }
}

/** Subscribes customers, changes and reads subscriptions, all the time, and keeps what was not answered well. */
export class Traffic {
  /** Ids of subscriptions that were answered. */
  readonly subscriptions: string[] = [];
  readonly failures: string[] = [];
  /** The value that each subscription was last told, as its answer said. */
  readonly told = new Map<string, string>();
  calls = 0;
  private over = false;
  private readonly running: Promise<unknown>;

  constructor(
    private readonly balancer: Balancer,
    private readonly price: string,
  ) {
    this.running = Promise.all([this.again(() => this.subscribe()), this.again(() => this.change()), this.again(() => this.read())]);
  }

  /** Ends it once every call is answered. */
  async stop(): Promise<void> {
    this.over = true;
    await this.running;
  }

  private async again(call: () => Promise<unknown>): Promise<void> {
    while (!this.over) {
      this.calls += 1;
      await call().catch((error: unknown) => this.failures.push(`${new Date().toISOString()} ${String(error)}`));
      await sleep(100);
    }
  }

  private async subscribe(): Promise<void> {
    const { id: customer } = await this.balancer.next().customers.create(PAYING);
    const { id, status } = await this.balancer.next().subscriptions.create({ customer, items: [{ price: this.price }] });
    if (status !== 'active') this.failures.push(`${id} is ${status}`);
    this.subscriptions.push(id);
  }

  private async change(): Promise<void> {
    const id = this.subscriptions[this.calls % Math.max(1, this.subscriptions.length)];
    if (id === undefined) return;
    const count = String(this.calls);
    const { metadata } = await this.balancer.next().subscriptions.update(id, { metadata: { count } });
    if (metadata['count'] !== count) this.failures.push(`${id} was told ${count} and says ${String(metadata['count'])}`);
    this.told.set(id, count);
  }

  private async read(): Promise<void> {
    const id = this.subscriptions.at(-1);
    if (id !== undefined) await this.balancer.next().subscriptions.retrieve(id);
  }
}
