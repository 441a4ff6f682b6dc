import { writtenDay } from '../../domain/core/written-days';
import type { ReactNode } from 'react';
import { PORTAL_USAGE } from '../words/portal-usage';
import type { Locale } from '../words/languages';
import type { PortalUsedItem } from './model';

interface UsageChartProps {
  id: string;
  title: string;
  days: PortalUsedItem['days'];
  locale: Locale;
}

const HEIGHT = 120;
const STEP = 20;

/** A bar for each day, drawn without script. Who cannot see it reads the table behind it. */
export function UsageChart({ id, title, days, locale }: UsageChartProps): ReactNode {
  const words = PORTAL_USAGE[locale.language];
  const most = Math.max(...days.map(({ value }) => value), 0);
  const format = new Intl.DateTimeFormat(locale.tag, { dateStyle: 'medium', timeZone: 'UTC' });
  const day = (at: number): string => writtenDay(at, format);
  const number = (value: number): string => new Intl.NumberFormat(locale.tag, { maximumFractionDigits: 6 }).format(value);
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${String(days.length * STEP)} ${String(HEIGHT)}`} role="img" aria-labelledby={id} preserveAspectRatio="none">
        <title id={id}>{title}</title>
        {days.map(({ at, value }, index) => {
          const height = most <= 0 ? 0 : Math.max((Math.max(value, 0) / most) * HEIGHT, value > 0 ? 2 : 0);
          return <rect key={at} x={index * STEP + 2} y={HEIGHT - height} width={STEP - 4} height={height} />;
        })}
      </svg>
      <details>
        <summary>{words.asTable}</summary>
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.day}</th>
              <th scope="col">{words.quantity}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ at, value }) => (
              <tr key={at}>
                <th scope="row">{day(at)}</th>
                <td>{number(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
