import type { Chart, HomeModel, Tile } from '../../web/console/model';
import { money } from '../../web/money';
import { actionsFor } from './actions';
import { ask, listed, mayCall, type Answered, type Desk } from './ask';
import { frameOf } from './frame';
import { movementsChart } from './chart';
import { clocksOf, usualClock, type Clock } from './clocks';
import { SECTIONS } from './sections';
import { sectionOf, WAITS, type Queue } from './waits';

const MOST = 100;
const MONTHS = 12;

interface Summary {
  mrr: number;
  arr: number;
  customers: number;
  currency: string;
  currencies: string[];
  average_revenue_per_customer: number | null;
  last_30_days: { net_retention: string | null; customer_churn: string | null };
  trials: { ended: number; converted: number; conversion: string | null };
}

/** Whose figures: of the customers on a test clock, by its id, and in a currency. Null: what is usual. */
interface Asked {
  clock: string | null;
  currency: string | null;
}

export async function homeModel(desk: Desk, { clock, currency }: Asked): Promise<HomeModel> {
  const frame = frameOf(desk, { title: 'Overview', href: '/console' });
  const clocks = await clocksOf(desk);
  const on = clock === null ? await usualClock(desk, clocks) : (clocks.find(({ id }) => id === clock) ?? null);
  const [firstRun, figures, waiting] = await Promise.all([
    clocks.length === 0 ? firstRunOf(desk) : null,
    ...([figuresOf(desk, on, currency), waitingOf(desk)] as const),
  ]);
  return { frame, clocks: tabsOf(clocks, on), firstRun, ...figures, waiting };
}

type Figures = Pick<HomeModel, 'chart' | 'currencies' | 'tiles'>;

async function figuresOf(desk: Desk, clock: Clock | null, currency: string | null): Promise<Figures> {
  const summary = await summaryOf(desk, clock, currency);
  if (summary === null) return { currencies: [], tiles: [], chart: null };
  return { currencies: currenciesOf(summary, clock), tiles: tilesOf(summary, clock), chart: await chartOf(desk, clock, summary) };
}

/** The figures in the currency that is asked for, or in the account's; if nothing recurs in that, in one in which something does. */
async function summaryOf(desk: Desk, clock: Clock | null, currency: string | null): Promise<Summary | null> {
  const call = 'GET /v1/insight/summary';
  if (!mayCall(desk, call)) return null;
  const { status, body } = await ask(desk, { call, parameters: { ...onClock(clock), ...(currency !== null && { currency }) } });
  if (status !== 200) return null;
  const summary = body as unknown as Summary;
  const [first] = summary.currencies;
  const isElsewhere = currency === null && first !== undefined && !summary.currencies.includes(summary.currency);
  return isElsewhere ? summaryOf(desk, clock, first) : summary;
}

function currenciesOf({ currencies, currency }: Summary, clock: Clock | null): HomeModel['currencies'] {
  const whose = clock === null ? 'none' : clock.id;
  return [...new Set([...currencies, currency])].map((each) => ({
    label: each.toUpperCase(),
    href: `/console?clock=${whose}&currency=${each}`,
    isCurrent: each === currency,
  }));
}

/** While the sandbox has no customer, it can be filled from here. */
async function firstRunOf(desk: Desk): Promise<HomeModel['firstRun']> {
  const call = 'GET /v1/customers';
  if (desk.visit.livemode || !mayCall(desk, call)) return null;
  const { data } = listed(await ask(desk, { call, limit: 1 }));
  if (data.length > 0) return null;
  const filling = SECTIONS.filter(({ name }) => name === 'fills').flatMap(({ createAction = [] }) => createAction);
  return actionsFor(desk, filling, { object: {}, href: '/console/fills', entries: {} });
}

function tabsOf(clocks: readonly Clock[], on: Clock | null): HomeModel['clocks'] {
  const tabs = clocks.map((each) => ({ label: each.name ?? each.id, href: `/console?clock=${each.id}`, isCurrent: each === on }));
  return [{ label: 'No clock', href: '/console?clock=none', isCurrent: on === null }, ...tabs];
}

const onClock = (clock: Clock | null): Record<string, string> => (clock === null ? {} : { test_clock: clock.id });

function tilesOf(summary: Summary, clock: Clock | null): Tile[] {
  const { mrr, arr, customers, currency, average_revenue_per_customer: average, last_30_days: rates, trials } = summary;
  const shown = (amount: number | null): string => (amount === null ? '–' : money(amount, currency, 'en'));
  const percent = (value: string | null): string => (value === null ? '–' : `${value} %`);
  const on = clock === null ? '' : clock.id;
  const href = `/console/reports/mrr?p.test_clock=${on}&p.currency=${currency}`;
  const among = clock === null ? '' : `test_clock=${on}`;
  return [
    { label: 'Monthly recurring revenue', value: shown(mrr), note: `${shown(arr)} a year`, href },
    { label: 'Paying customers', value: String(customers), note: `${shown(average)} each`, href: `/console/customers?${among}` },
    {
      label: 'Net retention, 30 days',
      value: percent(rates.net_retention),
      note: `${percent(rates.customer_churn)} of customers left`,
      href,
    },
    {
      ...{ label: 'Trials converted, 30 days', value: percent(trials.conversion), href: `/console/subscriptions?status=trialing&${among}` },
      note: `${String(trials.converted)} of ${String(trials.ended)}`,
    },
  ];
}

async function chartOf(desk: Desk, clock: Clock | null, { currency }: Summary): Promise<Chart | null> {
  const call = 'GET /v1/insight/mrr';
  if (!mayCall(desk, call)) return null;
  const now = clock === null ? new Date() : new Date(clock.frozen_time * 1000);
  const from = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS + 1) / 1000;
  const to = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1) / 1000;
  const { status, body } = await ask(desk, { call, parameters: { ...onClock(clock), currency, from: String(from), to: String(to) } });
  return status === 200 ? movementsChart(body) : null;
}

/** What is no wait for a person, and counts as well. */
const RECOVERED: Queue = {
  ...{ label: 'Invoices past due', help: 'Their subscriptions are being recovered.' },
  ...{ list: '/v1/subscriptions', parameters: { status: 'past_due' } },
};

const QUEUES: readonly Queue[] = [...WAITS.flatMap(({ counted, ...wait }) => (counted ? [{ ...wait, ...counted }] : [])), RECOVERED];

function hrefOf({ list, parameters }: Queue): string {
  const query = new URLSearchParams(parameters).toString();
  return `/console/${sectionOf(list)?.name ?? ''}${query === '' ? '' : `?${query}`}`;
}

async function waitingOf(desk: Desk): Promise<HomeModel['waiting']> {
  const seen = QUEUES.filter(({ list }) => mayCall(desk, `GET ${list}`));
  const answers = await Promise.all(
    seen.map(({ list, parameters }) => ask(desk, { call: `GET ${list}`, parameters: { ...parameters, limit: String(MOST) } })),
  );
  return seen.map((queue, index) => {
    const { count, text } = countOf(queue, answers[index] as Answered);
    const { label, help, isBad = false } = queue;
    return { label, help, href: hrefOf(queue), count: text, tone: count === 0 ? 'good' : isBad ? 'bad' : 'waiting' };
  });
}

function countOf({ waits = () => true }: Queue, answered: Answered): { count: number; text: string } {
  const { data, hasMore } = listed(answered);
  const count = data.filter(waits).length;
  return { count, text: hasMore ? `${String(count)}+` : String(count) };
}
