import { allRows, type Ask, type Figure, type Json } from './figure';
import { netOf, sum, type Books } from './read';

const ALWAYS = { start_time: 0, end_time: 4_102_444_800 };

/** What customers have brought, by the lines of their final invoices, without tax and discounts; of it, what their usage has cost is no margin. */
export async function margins(ask: Ask, { allInvoices }: Books, currency: string): Promise<Figure[]> {
  const query = { ...ALWAYS, currency, 'group_by[0]': 'customer', limit: 100 };
  const shown = await allRows<Json & { id: string }>(ask, '/v1/billing/margins', query);
  const final = allInvoices.filter((each) => each.currency === currency && each.status !== 'draft' && each.status !== 'void');
  const revenues = new Map<string, number>();
  for (const { customer, lines } of final)
    revenues.set(customer as string, (revenues.get(customer as string) ?? 0) + sum(lines.data.map(netOf)));
  const customers = [...new Set([...revenues.keys(), ...shown.map((row) => String(row['customer']))])].sort();
  return customers.map((customer) => {
    const row = shown.find((each) => each['customer'] === customer);
    const revenue = revenues.get(customer) ?? 0;
    return {
      name: `${currency}: margin of ${customer}`,
      shown: [row?.['revenue'] ?? 0, Number(row?.['margin'] ?? 0)],
      expected: [revenue, revenue - Number(row?.['cost'] ?? 0)],
    };
  });
}
