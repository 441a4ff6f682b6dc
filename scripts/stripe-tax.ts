/** Stripe’s tax API as Dunlin calls it, with a rate of the test's choice. Which requests Stripe itself accepts is tested against stripe-mock. */
import { parse } from 'qs';
import { startHttpFake } from './http-fake';

export interface StripeTaxFake {
  url: string;
  /** How it answers from now on. `refuses`: it does not recognize any place. `down`: HTTP 503. `locked`: the key is wrong. */
  mood: 'answers' | 'refuses' | 'down' | 'locked';
  /** Percent. */
  rate: string;
  /** The part of a price that is taxed, in percent. */
  basis: number;
  /** What was asked with POST, in order. */
  asked: { path: string; body: Record<string, unknown>; key: string | undefined }[];
  /** How often it was called, answered or not. */
  calls: number;
  /** The id of what is recorded under a reference. */
  transactionOf(reference: string): string | undefined;
  stop(): Promise<void>;
}

interface Recorded {
  reference: string;
  calculation?: string;
}

interface Line {
  amount: string;
  reference: string;
  tax_behavior: 'inclusive' | 'exclusive';
}

export async function startStripeTax(): Promise<StripeTaxFake> {
  const calculations = new Map<string, object[]>();
  const transactions = new Map<string, { answer: { id: string }; lines: object[] }>();
  const server = await startHttpFake(({ method, url, headers, body: text }) => {
    const body = parse(text) as Record<string, unknown>;
    const { pathname: path } = new URL(url, fake.url);
    fake.calls += 1;
    const refusal = REFUSALS[fake.mood];
    if (!refusal && method === 'POST') fake.asked.push({ path, body, key: headers.authorization });
    return { status: refusal?.status ?? 200, body: JSON.stringify(refusal ? { error: refusal.error } : answered(method, path, body)) };
  });
  const fake: StripeTaxFake = {
    ...{
      url: server.url,
      mood: 'answers',
      rate: '10',
      basis: 100,
      asked: [],
      calls: 0,
    },
    transactionOf: (reference) => transactions.get(reference)?.answer.id,
    stop: () => server.stop(),
  };
  return fake;

  function answered(method: string | undefined, path: string, body: Record<string, unknown>): object {
    if (method === 'POST' && path === '/v1/tax/calculations') return calculate(body);
    if (method === 'POST') return record(path, body as unknown as Recorded);
    const [, of, id = ''] = /^\/v1\/tax\/(calculations|transactions)\/(\w+)\/line_items$/.exec(path) ?? [];
    const data = of === 'calculations' ? calculations.get(id) : [...transactions.values()].find(({ answer }) => answer.id === id)?.lines;
    return { object: 'list', data, has_more: false, url: path };
  }

  /** A reference that it knows is answered as the first time, as Stripe does under the same idempotency key. */
  function record(path: string, { reference, calculation = '' }: Recorded): object {
    const known = transactions.get(reference);
    if (known) return known.answer;
    const id = `tax_${String(transactions.size + 1)}`;
    const answer = { id, object: 'tax.transaction', reference, type: path.endsWith('reversal') ? 'reversal' : 'transaction' };
    const lines = (calculations.get(calculation) ?? []).map((line, index) => ({ ...line, id: `tax_li_${id}_${String(index + 1)}` }));
    transactions.set(reference, { answer, lines });
    return answer;
  }

  function calculate(body: Record<string, unknown>): object {
    const id = `taxcalc_${String(calculations.size + 1)}`;
    const { customer_details: buyer } = body as { customer_details: { address: { country: string } } };
    calculations.set(
      id,
      Object.values(body['line_items'] as Record<string, Line>).map((line) => taxed(line, buyer.address.country, fake)),
    );
    return { id, object: 'tax.calculation', currency: body['currency'] };
  }
}

function taxed({ amount, reference, tax_behavior }: Line, country: string, fake: StripeTaxFake): object {
  const [gross, percent] = [Number(amount), (Number(fake.rate) * fake.basis) / 100];
  const tax = Math.round(tax_behavior === 'inclusive' ? (gross * percent) / (100 + percent) : (gross * percent) / 100);
  const breakdown = {
    amount: tax,
    jurisdiction: { country, display_name: `Tax office of ${country}`, level: 'country', state: null },
    sourcing: 'destination',
    tax_rate_details: { display_name: 'VAT', percentage_decimal: fake.rate, tax_type: 'vat' },
    taxability_reason: fake.basis === 100 ? 'standard_rated' : 'taxable_basis_reduced',
    taxable_amount: Math.round(((tax_behavior === 'inclusive' ? gross - tax : gross) * fake.basis) / 100),
  };
  return { object: 'tax.calculation_line_item', amount: gross, amount_tax: tax, reference, tax_behavior, tax_breakdown: [breakdown] };
}

const REFUSALS: Partial<Record<StripeTaxFake['mood'], { status: number; error: object }>> = {
  down: { status: 503, error: { type: 'api_error', message: 'down for the test' } },
  locked: { status: 401, error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } },
  refuses: {
    status: 400,
    error: {
      type: 'invalid_request_error',
      code: 'customer_tax_location_invalid',
      message: "We could not determine 1 Main Street's place.",
    },
  },
};
