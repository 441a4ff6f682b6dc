import type { Chart } from '../../web/console/model';
import { money } from '../../web/money';
import type { Json } from './ask';

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
const DAY_LENGTH = 10;
const MONTH_LENGTH = 7;

/** A bar for each period of the recurring revenue: what came above the axis, what went below it, and the closing as a line. */
export function movementsChart(report: Json): Chart {
  const { periods, currency } = report as unknown as { periods: Period[]; currency: string };
  const shown = (amount: number): string => money(amount, currency, 'en');
  const isDaily = periods.some(({ start }) => new Date(start * 1000).getUTCDate() !== 1);
  return {
    title: `Monthly recurring revenue, ${currency.toUpperCase()}`,
    bars: periods.map(({ start, closing_mrr: closing, movements }) => ({
      label: new Date(start * 1000).toISOString().slice(0, isDaily ? DAY_LENGTH : MONTH_LENGTH),
      parts: Object.entries(NAMES).map(([type, name]) => {
        const amount = movements[type]?.amount ?? 0;
        return { name, value: amount, text: shown(amount) };
      }),
      line: { value: closing, text: shown(closing) },
    })),
  };
}
