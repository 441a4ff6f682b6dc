/** Pages of the console with examples. */
import type { ReactNode } from 'react';
import { movementsChart } from '../server/console/chart';
import { ChecklistPage } from '../web/console/checklist-page';
import { HomePage } from '../web/console/home-page';
import { ListPage } from '../web/console/list-page';
import type { ActionModel, Frame, ListModel, ObjectModel, Table } from '../web/console/model';
import { ObjectPage } from '../web/console/object-page';
import { ReportPage } from '../web/console/report-page';
import { SearchPage } from '../web/console/search-page';

const frame: Frame = {
  title: 'Invoices',
  seller: 'Northwind Analytics',
  user: 'Ada',
  role: 'owner',
  livemode: false,
  csrf: 'csrf',
  groups: [
    { title: '', items: [{ title: 'Overview', href: '/console', isCurrent: false }] },
    {
      title: 'Customers',
      items: [
        { title: 'Customers', href: '/console/customers', isCurrent: false },
        { title: 'Invoices', href: '/console/invoices', isCurrent: true },
      ],
    },
  ],
  query: '',
  notice: null,
};

const columns = [
  { label: 'Number', isNumber: false },
  { label: 'Customer', isNumber: false },
  { label: 'Status', isNumber: false },
  { label: 'Total', isNumber: true },
  { label: 'Created', isNumber: false },
];
const table: Table = {
  caption: 'Invoices',
  columns,
  rows: [
    [
      { text: 'A1B2C3D4-0007', href: '/console/invoices/in_1' },
      { text: 'Berg Travel', href: '/console/customers/cus_1' },
      { text: 'paid', tone: 'good' },
      { text: '$19.00', isNumber: true, sort: 1900 },
      { text: '2026-04-01', isTime: true, sort: 1 },
    ],
    [
      { text: 'in_9PKxJ16XygAwyQepx2MTf7o8', href: '/console/invoices/in_2' },
      { text: 'cus_2UnHbFZDfy2zIn', href: '/console/customers/cus_2', isCode: true },
      { text: 'uncollectible', tone: 'bad' },
      { text: '$1,249.00', isNumber: true, sort: 124_900 },
      { text: '2026-03-01', isTime: true, sort: 0 },
    ],
  ],
  empty: 'No invoices yet.',
};

const action: ActionModel = {
  name: 'void',
  label: 'Void',
  help: 'As if it had never been billed. It keeps its number.',
  isDangerous: true,
  fields: [
    { name: 'p.reason', label: 'Reason', type: 'select', value: '', options: [{ value: '', label: '–' }] },
    { name: 'p.memo', label: 'Text', type: 'textarea', value: '' },
    { name: 'p.now', label: 'Now', type: 'checkbox', value: '' },
  ],
  submission: 'one',
  href: '/console/invoices/in_1/void',
  isOpen: true,
};

const list: ListModel = {
  frame,
  heading: 'Invoices',
  about: 'What was billed. Each line can be explained to the last minor unit.',
  filters: [
    {
      ...{ name: 'status', label: 'Status', type: 'text', value: '', suggestions: [] },
      options: ['', 'draft', 'open'].map((value) => ({ value, label: value === '' ? 'any' : value })),
    },
    {
      name: 'customer',
      label: 'Customer',
      type: 'text',
      value: '',
      options: null,
      suggestions: [{ value: 'cus_1', label: 'Berg Travel' }],
    },
    { name: 'created[gte]', label: 'From', type: 'date', value: '', options: null, suggestions: [] },
  ],
  table,
  isSorted: false,
  newer: null,
  older: '/console/invoices?after=in_2',
  csv: '/console/invoices.csv',
  actions: [],
};

const object: ObjectModel = {
  frame: { ...frame, notice: { kind: 'problem', text: 'This invoice is paid and cannot be voided.' } },
  heading: 'A1B2C3D4-0007',
  chart: null,
  parent: { title: 'Invoices', href: '/console/invoices' },
  id: 'in_9PKxJ16XygAwyQepx2MTf7o8',
  state: { text: 'past due', tone: 'bad' },
  progress: null,
  facts: [
    { label: 'Customer', cell: { text: 'Berg Travel', href: '/console/customers/cus_1' } },
    { label: 'Total', cell: { text: '$19.00', isNumber: true } },
  ],
  links: [{ label: 'PDF', href: '/i/token/pdf' }],
  actions: [action],
  tables: [{ heading: 'Credit notes', table: { ...table, rows: [], empty: 'None.' }, more: null, csv: null }],
  timeline: [
    { at: '2026-06-01', text: 'The period ends: the next invoice is drafted.', isPlanned: true, workflow: null },
    {
      at: '2026-05-01',
      text: 'Invoice in_1 drafted, 19.00 usd.',
      isPlanned: false,
      workflow: { text: 'in_1', href: '/console/invoices/in_1' },
    },
  ],
  fields: [
    { label: 'id', depth: 0, cell: { text: 'in_1' } },
    { label: 'automatic_tax', depth: 0, cell: null },
    { label: 'enabled', depth: 1, cell: { text: 'no' } },
  ],
  json: '{ "id": "in_1" }',
  isUnderWay: false,
};

const moved = (amounts: Record<string, number>) =>
  Object.fromEntries(
    ['new', 'expansion', 'reactivation', 'contraction', 'churn'].map((type) => [type, { amount: amounts[type] ?? 0, count: 1 }]),
  );
const chart = movementsChart({
  currency: 'usd',
  periods: [
    { start: 1_767_225_600, closing_mrr: 209_083, movements: moved({ new: 209_083 }) },
    { start: 1_769_904_000, closing_mrr: 220_483, movements: moved({ new: 16_300, churn: -4900 }) },
    { start: 1_772_323_200, closing_mrr: 180_000, movements: moved({ expansion: 4000, contraction: -44_483 }) },
  ],
});

export const CONSOLE_PAGES: Record<string, () => ReactNode> = {
  'console-first-run': () => HomePage({ frame, clocks: [], currencies: [], firstRun: [action], tiles: [], chart: null, waiting: [] }),
  'console-home': () =>
    HomePage({
      frame,
      clocks: [
        { label: 'No clock', href: '/console', isCurrent: false },
        { label: 'A year', href: '/console?clock=clock_1', isCurrent: true },
      ],
      currencies: [
        { label: 'EUR', href: '/console?clock=clock_1&currency=eur', isCurrent: false },
        { label: 'USD', href: '/console?clock=clock_1&currency=usd', isCurrent: true },
      ],
      firstRun: null,
      tiles: [{ label: 'Monthly recurring revenue', value: '$1,800.00', note: '$21,600.00 a year', href: '/console/reports/mrr' }],
      chart,
      waiting: [
        { label: 'Held workflows', count: '0', help: 'A step failed again and again.', href: '/console/held', tone: 'good' },
        { label: 'Disputes without evidence', count: '100+', help: 'Evidence has a deadline.', href: '/console/disputes', tone: 'bad' },
        { label: 'Questions', count: '2', help: 'Customers wait for an answer.', href: '/console/support', tone: 'waiting' },
      ],
    }),
  'console-list': () => ListPage(list),
  'console-empty': () => ListPage({ ...list, filters: [], table: { ...table, rows: [] }, older: null, actions: [action] }),
  'console-object': () => ObjectPage(object),
  'console-report': () =>
    ReportPage({
      ...{
        frame,
        heading: 'Recurring revenue',
        about: 'What moves it.',
        problem: 'to must be after from.',
        hint: null,
        csv: '/console/reports/mrr.csv',
        chart,
      },
      fields: [{ name: 'p.from', label: 'From', type: 'date', value: '2026-01-01', isRequired: true }],
      tables: [{ heading: 'By period', table }],
    }),
  'console-go-live': () =>
    ChecklistPage({
      ...{ frame, done: 1, of: 2 },
      groups: [
        {
          title: 'Price',
          items: [
            { title: 'Have a price that can be sold', help: 'A product with a price.', href: '/console/products', isDone: true },
            { title: 'Sell once', help: 'In test mode.', href: '/console/subscriptions', isDone: false },
          ],
        },
      ],
    }),
  'console-search': () =>
    SearchPage({
      frame,
      query: 'berg',
      results: [{ group: 'Customers', items: [{ title: 'Berg Travel', note: 'berg@example.com', href: '/console/customers/cus_1' }] }],
    }),
};
