import type { Chart } from '../../web/console/model';
import { money } from '../../web/money';
import type { Json } from './ask';
import { dayOf, monthOf } from './dates';

interface Period {
  start: number;
  closing_mrr: number;
  movements: Record<string, { amount: number }>;
}

const NAMES: Record<string, string> = {
  new: 'New',
  expansion: 'Expansion',
  reactivation: 'Back',
  contraction: 'Contraction',
  churn: 'Churn',
};

/** A bar for each period of the recurring revenue: what came above the axis, what went below it, and the closing as a line. */
export function movementsChart(report: Json): Chart {
  const { periods, currency } = report as unknown as { periods: Period[]; currency: string };
  const shown = (amount: number): string => money(amount, currency, 'en');
  const isDaily = periods.some(({ start }) => new Date(start * 1000).getUTCDate() !== 1);
  return withTicks(
    {
      title: `Monthly recurring revenue, ${currency.toUpperCase()}`,
      key: [
        { as: 'line', label: 'At the end' },
        { as: 'up', label: 'New, expansion, back' },
        { as: 'down', label: 'Contraction, churn' },
      ],
      bars: periods.map(({ start, closing_mrr: closing, movements }) => ({
        label: isDaily ? dayOf(start) : monthOf(start),
        parts: Object.entries(NAMES).map(([type, name]) => {
          const amount = movements[type]?.amount ?? 0;
          return { name, value: amount, text: shown(amount) };
        }),
        line: { value: closing, text: shown(closing) },
      })),
    },
    shown,
  );
}

interface Month {
  start: number;
  currency: string;
  revenue: number;
  tax: number;
  cash: number;
}

/** A bar for each month of a forecast, in the currency with the most revenue: what is billed, and what is paid as a line. Null while no month is known. */
export function forecastChart(forecast: Json): Chart | null {
  const { months } = forecast as unknown as { months: Month[] };
  const totals = new Map<string, number>();
  for (const { currency, revenue } of months) totals.set(currency, (totals.get(currency) ?? 0) + revenue);
  const [most] = [...totals].sort(([, a], [, b]) => b - a);
  if (!most) return null;
  const [currency] = most;
  const shown = (value: number): { value: number; text: string } => ({ value, text: money(value, currency, 'en') });
  return withTicks(
    {
      title: `What will be billed, ${currency.toUpperCase()}`,
      key: [
        { as: 'line', label: 'Paid' },
        { as: 'up', label: 'Billed' },
        { as: 'rest', label: 'Its tax' },
      ],
      bars: months
        .filter((month) => month.currency === currency)
        .map(({ start, revenue, tax, cash }) => ({
          label: monthOf(start),
          parts: [
            { name: 'Revenue', ...shown(revenue) },
            { name: 'Tax', as: 'rest', ...shown(tax) },
          ],
          line: shown(cash),
        })),
    },
    (value) => shown(value).text,
  );
}

const TICKS = 4;
const STEPS = [1, 2, 5, 10];

/** Lines across, at round values, as many as one can read; the outer ones are the ends of the scale. */
export function withTicks(chart: Omit<Chart, 'ticks'>, textOf: (value: number) => string): Chart {
  const sums = chart.bars.flatMap(({ parts, line }) => [
    line.value,
    parts.reduce((sum, { value }) => sum + Math.max(0, value), 0),
    parts.reduce((sum, { value }) => sum + Math.min(0, value), 0),
  ]);
  const [most, least] = [Math.max(1, ...sums), Math.min(0, ...sums)];
  const power = 10 ** Math.floor(Math.log10((most - least) / TICKS));
  const step = Math.max(1, (STEPS.find((each) => each * power * TICKS >= most - least) ?? 10) * power);
  const [top, bottom] = [Math.ceil(most / step), Math.floor(least / step)];
  const ticks = Array.from({ length: top - bottom + 1 }, (_, index) => (top - index) * step);
  return { ...chart, ticks: ticks.map((value) => ({ value, text: textOf(value).replace(/\.00$/, '') })) };
}
