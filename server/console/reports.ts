/** Reports of the API, with a form for their parameters. Only data. */
import { dayOf, monthOf } from './dates';
import type { Report } from './report';

const DAY = 86_400;
const monthsAgo = (count: number): string => {
  const now = new Date();
  return monthOf(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count) / 1000);
};
const firstDayOf = (month: string): string => `${month}-01`;
const tomorrow = (): string => dayOf(Date.now() / 1000 + DAY);

/** `2026-Q3`: the last quarter that is over. */
function lastQuarter(): string {
  const now = new Date();
  const quarter = Math.floor(now.getUTCMonth() / 3);
  return quarter === 0 ? `${String(now.getUTCFullYear() - 1)}-Q4` : `${String(now.getUTCFullYear())}-Q${String(quarter)}`;
}

const currency = { name: 'currency', label: 'Currency', type: 'text' } as const;
const clock = { name: 'test_clock', label: 'Test clock', type: 'text', offers: 'test_clock' } as const;

export const REPORTS: readonly Report[] = [
  {
    ...{ name: 'mrr', title: 'Recurring revenue', group: 'Insight', call: 'GET /v1/insight/mrr', hasCsv: true, hasChart: true },
    about: 'What each month begins with, what moves it, and what it ends with.',
    fields: [
      { name: 'from', label: 'From', type: 'date', isRequired: true, value: () => firstDayOf(monthsAgo(11)) },
      { name: 'to', label: 'To', type: 'date', isRequired: true, value: tomorrow },
      { name: 'interval', label: 'By', type: 'select', options: ['month', 'week', 'day'], value: () => 'month' },
      currency,
      clock,
    ],
    tables: [
      {
        ...{ heading: 'By period', path: 'periods' },
        columns: [
          { label: 'From', path: 'start' },
          { label: 'Opening', path: 'opening_mrr' },
          { label: 'New', path: 'movements.new.amount' },
          { label: 'Expansion', path: 'movements.expansion.amount' },
          { label: 'Contraction', path: 'movements.contraction.amount' },
          { label: 'Churn', path: 'movements.churn.amount' },
          { label: 'Back', path: 'movements.reactivation.amount' },
          { label: 'Closing', path: 'closing_mrr' },
          { label: 'Customers', path: 'closing_customers' },
          { label: 'Net retention %', path: 'rates.net_retention' },
        ],
      },
    ],
  },
  {
    ...{ name: 'cohorts', title: 'Cohorts', group: 'Insight', call: 'GET /v1/insight/cohorts', hasCsv: true },
    about: 'Customers by the month of their first revenue, and how many of them are still there.',
    fields: [{ name: 'months', label: 'Months', type: 'number', value: () => '12' }, currency, clock],
    tables: [
      {
        ...{ heading: 'Customers still there, in percent, by months later', path: 'cohorts' },
        columns: [
          { label: 'Joined in', path: 'month' },
          { label: 'Customers', path: 'customers' },
        ],
        across: { path: 'months', label: 'age', value: 'retention', as: 'heat' },
      },
    ],
  },
  {
    ...{ name: 'margins', title: 'Margins', group: 'Insight', call: 'GET /v1/billing/margins', hasCsv: false },
    about: 'What customers have brought and cost, by product: as many rows as you say. The file has all.',
    fields: [
      { name: 'start_time', label: 'From', type: 'date', isRequired: true, value: () => firstDayOf(monthsAgo(2)) },
      { name: 'end_time', label: 'To', type: 'date', isRequired: true, value: tomorrow },
      { name: 'limit', label: 'Rows', type: 'number', value: () => '100' },
      currency,
    ],
    tables: [
      {
        ...{ heading: 'By customer and product', path: 'data' },
        columns: [
          { label: 'Customer', path: 'customer' },
          { label: 'Product', path: 'product' },
          { label: 'Revenue', path: 'revenue' },
          { label: 'Cost in minor units', path: 'cost' },
          { label: 'Margin %', path: 'margin_percent', as: 'bar' },
        ],
      },
    ],
  },
  {
    ...{ name: 'trial-balance', title: 'Trial balance', group: 'Books', call: 'GET /v1/ledger/trial_balance', hasCsv: true },
    about: 'Each account of the ledger, before and after. Every column of a currency sums to zero.',
    fields: [{ name: 'period', label: 'Month', type: 'text', value: () => monthsAgo(0) }],
    tables: [
      {
        ...{ heading: 'Accounts', path: 'rows' },
        columns: [
          { label: 'Account', path: 'name' },
          { label: 'Code', path: 'code' },
          { label: 'Currency', path: 'currency' },
          { label: 'Opening', path: 'opening_balance' },
          { label: 'Change', path: 'net_change' },
          { label: 'Closing', path: 'closing_balance' },
        ],
      },
    ],
  },
  {
    ...{ name: 'revenue', title: 'Revenue', group: 'Books', call: 'GET /v1/ledger/revenue', hasCsv: true },
    about: 'What each month earns, and what is billed but not yet earned at its end.',
    fields: [
      { name: 'from', label: 'From month', type: 'text', isRequired: true, value: () => monthsAgo(5) },
      { name: 'to', label: 'To month', type: 'text', isRequired: true, value: () => monthsAgo(-6) },
    ],
    tables: [
      {
        ...{ heading: 'By month', path: 'months' },
        columns: [
          { label: 'Month', path: 'period' },
          { label: 'Currency', path: 'currency' },
          { label: 'Earned', path: 'recognized' },
          { label: 'Deferred at its end', path: 'deferred' },
        ],
      },
    ],
  },
  {
    ...{ name: 'tax-returns', title: 'Tax returns', group: 'Books', call: 'GET /v1/tax_returns/:form', hasCsv: true, id: 'form' },
    about: 'What is to be filed for a month (2026-09), a quarter (2026-Q3) or a year: as it was closed, or by the ledger of now.',
    fields: [
      {
        ...{ name: 'form', label: 'Form', type: 'select', isRequired: true, value: () => 'summary' },
        options: ['summary', 'oss_union', 'gb_vat', 'us_sales_tax', 'ec_sales_list'],
      },
      { name: 'period', label: 'Period', type: 'text', isRequired: true, value: lastQuarter },
    ],
    tables: [
      {
        ...{ heading: 'Lines', path: 'lines' },
        columns: [
          { label: 'Country', path: 'country' },
          { label: 'State', path: 'state' },
          { label: 'Rate %', path: 'rate' },
          { label: 'Part', path: 'part' },
          { label: 'Because', path: 'reason' },
          { label: 'Tax id', path: 'tax_id' },
          { label: 'Of the period', path: 'original_period' },
          { label: 'Currency', path: 'currency' },
          { label: 'Sales', path: 'taxable_amount' },
          { label: 'Tax', path: 'tax_amount' },
        ],
      },
      {
        ...{ heading: 'Totals', path: 'totals' },
        columns: [
          { label: 'Country', path: 'country' },
          { label: 'Currency', path: 'currency' },
          { label: 'Sales', path: 'taxable_amount' },
          { label: 'Tax', path: 'tax_amount' },
        ],
      },
      {
        ...{ heading: 'Exchange rates that it waits for', path: 'missing_exchange_rates' },
        columns: [
          { label: 'Day', path: 'date' },
          { label: 'From', path: 'from' },
          { label: 'To', path: 'to' },
        ],
      },
    ],
  },
  {
    ...{ name: 'answers', title: 'Answer times', group: 'Support', call: 'GET /v1/support_report', hasCsv: false },
    about: 'How soon questions were first answered.',
    fields: [
      { name: 'from', label: 'From', type: 'date', isRequired: true, value: () => firstDayOf(monthsAgo(1)) },
      { name: 'to', label: 'To', type: 'date', isRequired: true, value: tomorrow },
    ],
    tables: [
      {
        ...{ heading: 'By route', path: 'routes' },
        columns: [
          { label: 'Route', path: 'route' },
          { label: 'Questions', path: 'tickets' },
          { label: 'In time', path: 'met' },
          { label: 'Late', path: 'missed' },
          { label: 'Waiting', path: 'waiting' },
        ],
      },
    ],
  },
  {
    ...{ name: 'disputes', title: 'Disputes by reason', group: 'Fraud', call: 'GET /v1/dispute_report', hasCsv: true },
    about: 'Disputes that were opened in a time, and how they ended.',
    fields: [
      { name: 'from', label: 'From', type: 'date', isRequired: true, value: () => firstDayOf(monthsAgo(11)) },
      { name: 'to', label: 'To', type: 'date', isRequired: true, value: tomorrow },
      { name: 'group_by', label: 'By', type: 'select', options: ['reason', 'product', 'country'], value: () => 'reason' },
    ],
    tables: [
      {
        ...{ heading: 'By group', path: 'groups' },
        columns: [
          { label: 'Group', path: 'group' },
          { label: 'Disputes', path: 'disputes' },
          { label: 'Open', path: 'open' },
          { label: 'Won', path: 'won' },
          { label: 'Lost', path: 'lost' },
          { label: 'Amount', path: 'amount' },
          { label: 'Lost amount', path: 'amount_lost' },
          { label: 'Fees', path: 'fees' },
          { label: 'Win rate %', path: 'win_rate', as: 'bar' },
        ],
      },
    ],
  },
  {
    ...{ name: 'dispute-rates', title: 'Dispute rates', group: 'Fraud', call: 'GET /v1/dispute_rates', hasCsv: true },
    about: 'How many payments of a month were disputed, as each network counts them. A full bar has reached the threshold.',
    fields: [{ name: 'month', label: 'Month', type: 'text', value: () => monthsAgo(0) }],
    tables: [
      {
        ...{ heading: 'By program', path: 'data' },
        columns: [
          { label: 'Program', path: 'program' },
          { label: 'Status', path: 'status' },
          { label: 'Rate %', path: 'rate', as: 'bar', whole: 'threshold.percent' },
          { label: 'Threshold %', path: 'threshold.percent' },
          { label: 'Count', path: 'count', as: 'bar', whole: 'threshold.count' },
          { label: 'Threshold', path: 'threshold.count' },
          { label: 'Payments', path: 'transactions' },
        ],
      },
    ],
  },
  {
    ...{ name: 'rules', title: 'What rules did', group: 'Fraud', call: 'GET /v1/radar/report', hasCsv: true },
    about: 'How often each rule matched, and what became of those payments.',
    fields: [
      { name: 'from', label: 'From', type: 'date', isRequired: true, value: () => firstDayOf(monthsAgo(2)) },
      { name: 'to', label: 'To', type: 'date', isRequired: true, value: tomorrow },
    ],
    tables: [
      {
        ...{ heading: 'By rule', path: 'rules' },
        columns: [
          { label: 'Rule', path: 'rule' },
          { label: 'Matched', path: 'matched' },
          { label: 'Blocked', path: 'blocked' },
          { label: 'Reviewed', path: 'reviewed' },
          { label: 'False positives', path: 'false_positives' },
          { label: 'Succeeded', path: 'succeeded' },
          { label: 'Disputed', path: 'disputed' },
        ],
      },
    ],
  },
  {
    ...{ name: 'recovery', title: 'Recovery', group: 'Money', call: 'GET /v1/recovery_report', hasCsv: true },
    about: 'What became of invoices whose payment failed.',
    fields: [
      { name: 'from', label: 'From', type: 'date', value: () => firstDayOf(monthsAgo(2)) },
      { name: 'to', label: 'To', type: 'date', value: tomorrow },
      {
        name: 'group_by',
        label: 'By',
        type: 'select',
        options: ['program', 'version', 'arm', 'step', 'decline_code'],
        value: () => 'program',
      },
    ],
    tables: [
      {
        ...{ heading: 'By group', path: 'groups' },
        columns: [
          { label: 'Group', path: 'group' },
          { label: 'Invoices', path: 'invoices' },
          { label: 'Recovered', path: 'recovered' },
          { label: 'Running', path: 'running' },
          { label: 'Amount', path: 'amount' },
          { label: 'Recovered amount', path: 'amount_recovered' },
          { label: 'Lost amount', path: 'amount_lost' },
          { label: 'Rate %', path: 'recovery_rate', as: 'bar' },
          { label: 'Rate of the amount %', path: 'recovery_rate_of_amount', as: 'bar' },
        ],
      },
    ],
  },
];
