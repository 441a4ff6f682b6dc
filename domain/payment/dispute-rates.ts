/**
 * How many of the payments were disputed, as each network counts it, and a warning before its threshold. Visa divides the disputes and the fraud
 * reports of a month by the payments of that month; Mastercard divides by the payments of the month before. 6 of 1,000 are 0.6 %.
 */
import BigNumber from 'bignumber.js';
import type { ChangeSet } from '../core/change-set';
import type { StepInput } from '../core/steps';
import { sumOf } from '../money/money';
import { settingsOf, type DisputeSettings } from '../rows/account';
import type { DisputeMonth, DisputeRate, MonthCounts } from '../rows/dispute-rate';

interface Program {
  program: string;
  /** Null: all payments. */
  network: string | null;
  /** Both are reached where the program begins. */
  count: number;
  percent: string;
  countsWarnings: boolean;
  transactionsOf: DisputeRate['transactions_of'];
}

const visa = { network: 'visa', countsWarnings: true, transactionsOf: 'month' } as const;
const mastercard = { network: 'mastercard', countsWarnings: false, transactionsOf: 'month_before' } as const;

/** The lowest step of each, for card payments without the card at hand. */
const PROGRAMS: readonly Program[] = [
  { program: 'visa_vamp_non_compliant', count: 5, percent: '0.5', ...visa },
  { program: 'visa_vamp_excessive', count: 1500, percent: '1.5', ...visa },
  { program: 'mastercard_ecm', count: 100, percent: '1.5', ...mastercard },
  { program: 'mastercard_hecm', count: 300, percent: '3', ...mastercard },
];

/** So much of a threshold is near it. */
const NEAR = '0.8';

function programsOf({ warn_count: count, warn_percent: percent }: DisputeSettings): readonly Program[] {
  if (count === null && percent === null) return PROGRAMS;
  const own = { program: 'own', network: null, countsWarnings: false, transactionsOf: 'month' } as const;
  return [...PROGRAMS, { ...own, count: count ?? 0, percent: percent ?? '0' }];
}

export function disputeRates({ month, counts }: Omit<DisputeMonth, 'warned'>, settings: DisputeSettings, livemode: boolean): DisputeRate[] {
  return programsOf(settings).map((program) => {
    const counted = counts.filter(({ network }) => program.network === null || network === program.network);
    const total = (of: (each: MonthCounts) => number): number => sumOf(counted.map(of));
    const [disputes, warnings] = [total((each) => each.disputes), program.countsWarnings ? total((each) => each.warnings) : 0];
    const transactions = total((each) => (program.transactionsOf === 'month' ? each.payments : each.paymentsBefore));
    const rate = transactions === 0 ? null : new BigNumber(disputes + warnings).times(100).div(transactions);
    return {
      object: 'dispute_rate',
      count: disputes + warnings,
      disputes,
      early_fraud_warnings: warnings,
      livemode,
      month,
      network: program.network,
      program: program.program,
      rate: rate === null ? null : rate.toFormat(4, BigNumber.ROUND_HALF_UP, { decimalSeparator: '.' }),
      status: statusOf(program, disputes + warnings, rate),
      threshold: { count: program.count, percent: program.percent },
      transactions,
      transactions_of: program.transactionsOf,
    };
  });
}

/** Without payments to divide by, the count alone decides. */
function statusOf({ count, percent }: Program, counted: number, rate: BigNumber | null): DisputeRate['status'] {
  const isAt = (share: string): boolean =>
    counted > 0 &&
    new BigNumber(count).times(share).isLessThanOrEqualTo(counted) &&
    (rate === null || new BigNumber(percent).times(share).isLessThanOrEqualTo(rate));
  if (isAt('1')) return 'reached';
  return isAt(NEAR) ? 'approaching' : 'below';
}

/** After a dispute has begun: a warning for each program, once in a month at each level. */
export function warnOfRates(changes: ChangeSet, { subject }: StepInput): void {
  const dispute = changes.rows.get('dispute', subject);
  const { disputeMonth: month } = changes.rows;
  if (month === null) return;
  const { disputes } = settingsOf(changes.rows.get('account', dispute.account), dispute);
  for (const rate of disputeRates(month, disputes, dispute.livemode)) {
    const warning = `${rate.program}/${rate.status}`;
    const isKnown = [warning, `${rate.program}/reached`].some((each) => month.warned.includes(each));
    if (rate.status === 'below' || isKnown) continue;
    const { rateWarnings } = changes.rows.get('dispute', dispute.id);
    changes.patch('dispute', dispute.id, { rateWarnings: [...rateWarnings, warning] });
    changes.emitAbout(`dunlin.dispute_rate.${rate.status}`, { kind: 'dispute', key: dispute.id, object: { ...rate } });
  }
}
