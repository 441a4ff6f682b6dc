/** Charts of the last weeks or months, each asked of the API once for every span. Only data. */
import type { Chart } from '../../web/console/model';
import type { Json } from './ask';
import { monthOf } from './dates';
import type { FieldOf } from './section';

export interface Span {
  start: number;
  /** Not within the span any more. */
  end: number;
}

/** What one span shows, in minor units or as a number. */
export interface Point {
  parts: readonly { name: string; value: number; as?: 'down' | 'rest' }[];
  line: number;
  /** Further columns of the table. */
  more?: readonly { name: string; text: string }[];
}

export interface Series {
  name: string;
  title: string;
  group: string;
  about: string;
  call: string;
  unit: 'month' | 'week';
  fields: readonly FieldOf[];
  /** The field that names the object of the call's path. */
  id?: string;
  /** The call's parameters of a span. */
  spanOf: (span: Span) => Record<string, string>;
  /** Whether the values are amounts of the currency that is asked for. */
  isMoney: boolean;
  key: Chart['key'];
  pointOf: (answer: Json, currency: string) => Point;
}

const currency: FieldOf = { name: 'currency', label: 'Currency', type: 'text' };
const clock: FieldOf = { name: 'test_clock', label: 'Test clock', type: 'text', offers: 'test_clock' };
const LAST_SECOND = 1;

const rowsOf = (answer: Json, name: string, of: string): Json[] => ((answer[name] ?? []) as Json[]).filter((row) => row['currency'] === of);
const numberIn = (row: Json | undefined, name: string): number => Number(row?.[name] ?? 0);
const fromTo = ({ start, end }: Span): Record<string, string> => ({ from: String(start), to: String(end) });

export const SERIES: readonly Series[] = [
  {
    ...{ name: 'trials', title: 'Trial conversion', group: 'Insight', call: 'GET /v1/insight/summary', unit: 'month', isMoney: false },
    about: 'Trials that ended in the 30 days before the end of each month, and how many customers have paid an invoice since.',
    fields: [currency, clock],
    spanOf: ({ end }) => ({ as_of: String(end - LAST_SECOND) }),
    key: [
      { as: 'line', label: 'Converted' },
      { as: 'rest', label: 'Ended' },
    ],
    pointOf: (answer: Json): Point => {
      const { converted, ended, conversion } = answer['trials'] as { converted: number; ended: number; conversion: string | null };
      return {
        parts: [{ name: 'Ended', value: ended, as: 'rest' }],
        line: converted,
        more: [{ name: 'Conversion', text: conversion === null ? '–' : `${conversion} %` }],
      };
    },
  },
  {
    ...{
      name: 'recovery-by-week',
      title: 'Recovery by week',
      group: 'Insight',
      call: 'GET /v1/recovery_report',
      unit: 'week',
      isMoney: true,
    },
    about: 'Invoices whose payment failed, by the week in which that was: what they came to, and what of it was paid until now.',
    fields: [currency],
    spanOf: fromTo,
    key: [
      { as: 'line', label: 'Recovered' },
      { as: 'up', label: 'Recovered' },
      { as: 'rest', label: 'Credited, still open' },
      { as: 'down', label: 'Lost' },
    ],
    pointOf: (answer: Json, of: string): Point => {
      const [row] = rowsOf(answer, 'totals', of);
      return {
        parts: [
          { name: 'Recovered', value: numberIn(row, 'amount_recovered') },
          { name: 'Credited', value: numberIn(row, 'amount_credited'), as: 'rest' },
          { name: 'Open', value: numberIn(row, 'amount_open'), as: 'rest' },
          { name: 'Lost', value: numberIn(row, 'amount_lost'), as: 'down' },
        ],
        line: numberIn(row, 'amount_recovered'),
        more: [{ name: 'Invoices', text: String(numberIn(row, 'invoices')) }],
      };
    },
  },
  {
    ...{ name: 'cash', title: 'Cash', group: 'Insight', call: 'GET /v1/ledger/trial_balance', unit: 'month', isMoney: true },
    about: 'What came to the processor in each month and what left it, with fees, refunds and disputes, and what was there at its end.',
    fields: [currency],
    spanOf: ({ start }) => ({ period: monthOf(start) }),
    key: [
      { as: 'line', label: 'There at the end' },
      { as: 'up', label: 'More came than left' },
      { as: 'down', label: 'More left than came' },
    ],
    pointOf: (answer: Json, of: string): Point => {
      const row = rowsOf(answer, 'rows', of).find(({ account }) => account === 'cash_clearing');
      return { parts: [{ name: 'Change', value: numberIn(row, 'net_change') }], line: numberIn(row, 'closing_balance') };
    },
  },
  {
    ...{ name: 'usage', title: 'Usage by week', group: 'Insight', call: 'GET /v1/billing/meters/:meter/event_summaries', unit: 'week' },
    ...{ isMoney: false, id: 'meter' },
    about: 'What a meter has counted of one customer.',
    fields: [
      { name: 'meter', label: 'Meter', type: 'text', isRequired: true, offers: 'meter' },
      { name: 'customer', label: 'Customer', type: 'text', isRequired: true, offers: 'customer' },
    ],
    spanOf: ({ start, end }) => ({ start_time: String(start), end_time: String(end) }),
    key: [{ as: 'line', label: 'Counted' }],
    pointOf: (answer: Json): Point => {
      const counted = ((answer['data'] ?? []) as Json[]).reduce((sum, row) => sum + numberIn(row, 'aggregated_value'), 0);
      return { parts: [{ name: 'Counted', value: counted, as: 'rest' }], line: counted };
    },
  },
];
