import type { Recovered } from './recovered';

/** What decides which assumptions a forecast makes. */
export interface Assumed {
  hasUsage: boolean;
  hasSent: boolean;
  hasRealCards: boolean;
  /** Unpaid invoices whose recovery has ended in the last year, and how many of them were paid. */
  recoveries: Recovered;
  inRecovery: number;
  remoteTax: string | null;
}

/** What a forecast cannot know, and what it takes instead, in sentences. */
export function assumptionsOf({ hasUsage, hasSent, hasRealCards, recoveries, inRecovery, remoteTax }: Assumed): string[] {
  return [
    'Nobody subscribes, cancels or changes a subscription. Ends, trials, phases and discounts that are planned take place.',
    'The settings, prices, tax rates and tax registrations of now stay. Taxes change when the dated table of rates says so.',
    ...(hasUsage
      ? ['The usage of each period is the average of the last three periods. A period that runs adds its remaining share of that.']
      : []),
    ...(hasRealCards ? ['Cards and bank accounts that pay now go on paying.'] : []),
    ...(inRecovery > 0 ? [inRecoverySentence(inRecovery, recoveries)] : []),
    ...(hasSent ? ['An invoice that is sent is paid when it is due. One that is overdue now stays unpaid.'] : []),
    ...(remoteTax === null ? [] : [`Tax is computed by the built-in engine, and not by ${remoteTax}.`]),
  ];
}

function inRecoverySentence(inRecovery: number, { ended, recovered }: Recovered): string {
  const past =
    ended === 0
      ? 'No recovery has ended in the last year.'
      : `In the last year, ${String(recovered)} of ${String(ended)} recoveries were paid.`;
  return `Cards that have failed go on failing, so ${String(inRecovery)} invoices in recovery stay unpaid and end as their program says. ${past}`;
}
