/** Recurring revenue, tax, closed months and repairs. */
import { FORMS } from '../../../domain/tax/returns';
import { newRegistration } from '../registrations';
import type { Section } from '../section';
import { created, customer, status } from './columns';
import { forecasts } from './forecasts';

const movements: Section = {
  ...{ name: 'movements', title: 'Revenue movements', group: 'Insight', prefixes: [], list: '/v1/insight/mrr_movements', item: null },
  about: 'Each change of the monthly recurring revenue, and the subscription that it comes from.',
  empty: 'Nothing has moved yet.',
  columns: [
    { label: 'When', path: 'created' },
    { label: 'Type', path: 'type' },
    { label: 'Amount', path: 'amount' },
    customer,
    { label: 'Subscription', path: 'subscription' },
    { label: 'Customer’s total', path: 'customer_mrr' },
  ],
  filters: ['type', 'currency', 'customer', 'subscription', 'test_clock'],
  actions: [],
};

const registrations: Section = {
  ...{ name: 'tax-registrations', title: 'Tax registrations', group: 'Books', prefixes: ['taxreg'], list: '/v1/tax/registrations' },
  about: 'Where you collect tax.',
  empty: 'You collect no tax yet. Thresholds say where you may have to.',
  columns: [
    { label: 'Country', path: 'country' },
    status,
    { label: 'From', path: 'active_from' },
    { label: 'Until', path: 'expires_at' },
    created,
  ],
  filters: ['status'],
  createAction: {
    ...{ name: 'create', label: 'Add a registration', call: 'POST /v1/tax/registrations', fixed: { active_from: 'now' } },
    help: 'From its first day tax is collected there. A forecast shows before who is billed more by it.',
    fields: [newRegistration('', 'Registration', true), { name: 'active_from', label: 'From, now unless you say', type: 'date' }],
  },
  actions: [],
};

const thresholds: Section = {
  ...{ name: 'tax-thresholds', title: 'Tax thresholds', group: 'Books', prefixes: [], list: '/v1/tax/thresholds', item: null },
  about: 'How near you are to having to register, place by place.',
  empty: 'Nothing was sold yet that counts toward a threshold.',
  columns: [
    { label: 'Place', path: 'area' },
    status,
    { label: 'Percent of it', path: 'percent', as: 'bar' },
    { label: 'Limit', path: 'limit' },
    { label: 'Currency', path: 'currency' },
    { label: 'Reached', path: 'amount' },
  ],
  filters: ['status', 'test_clock'],
  actions: [],
};

const closes: Section = {
  ...{ name: 'closes', title: 'Closed months', group: 'Books', prefixes: [], list: '/v1/ledger/closes', item: null },
  about: 'Months of the ledger that can no longer change.',
  empty: 'No month is closed yet.',
  columns: [{ label: 'Month', path: 'period' }, created],
  createAction: {
    ...{
      name: 'create',
      label: 'Close a month',
      call: 'POST /v1/ledger/closes',
      help: 'Later corrections land in the open month. This cannot be undone.',
      isDangerous: true,
    },
    fields: [{ name: 'period', label: 'Month, like 2026-01', type: 'text', isRequired: true }],
  },
  actions: [],
};

const returns: Section = {
  ...{ name: 'closed-returns', title: 'Closed tax returns', group: 'Books', prefixes: [], list: '/v1/tax_returns', item: null },
  about: 'Returns as they were filed. A return that is not closed yet is a report: Tax returns.',
  empty: 'No return is closed yet.',
  columns: [
    { label: 'Form', path: 'form' },
    { label: 'Period', path: 'period' },
    { label: 'Currency', path: 'currency' },
    { label: 'Closed', path: 'closed_at' },
  ],
  createAction: {
    ...{ name: 'close', label: 'Close a tax return', call: 'POST /v1/tax_returns/:form/close', inPath: 'form', isDangerous: true },
    help: 'It stays as it is, and the months of its period close, too. Look at the report first. This cannot be undone.',
    fields: [
      { name: 'form', label: 'Form', type: 'select', isRequired: true, options: FORMS },
      { name: 'period', label: 'Period, like 2026-09, 2026-Q3 or 2026', type: 'text', isRequired: true },
    ],
  },
  actions: [],
};

const repairs: Section = {
  ...{ name: 'repairs', title: 'Repairs', group: 'Books', prefixes: ['repair'], list: '/v1/repairs' },
  about: 'Corrections of many invoices that a wrong price or tax has billed. Nothing is corrected before a person has approved it.',
  empty: 'Nothing was repaired yet.',
  columns: [
    { label: 'Repair', path: 'id' },
    status,
    { label: 'What for', path: 'description' },
    { label: 'Invoices', path: 'progress.total' },
    { label: 'Corrected', path: 'progress.corrected' },
    { label: 'Blocked', path: 'progress.blocked' },
    { label: 'Failed', path: 'progress.failed' },
    { label: 'Made by', path: 'created_by' },
    { label: 'Approved by', path: 'approved_by' },
    { label: 'Because', path: 'reason' },
    created,
  ],
  filters: ['status'],
  progress: { of: 'progress.total', open: { preparing: 'progress.selected', running: 'progress.planned', paused: 'progress.planned' } },
  tables: [
    {
      heading: 'What it comes to',
      path: 'amounts',
      columns: [
        { label: 'Currency', path: 'currency' },
        { label: 'They say', path: 'says' },
        { label: 'They would say', path: 'would_say' },
        { label: 'Difference', path: 'difference' },
        { label: 'Credit notes', path: 'credit_notes' },
        { label: 'New invoices', path: 'new_invoices' },
      ],
    },
  ],
  related: [
    { title: 'Failed', section: 'repair-items', by: 'repair', with: { status: 'failed' } },
    { title: 'Changed since the dry run', section: 'repair-items', by: 'repair', with: { status: 'changed' } },
    { title: 'Invoices', section: 'repair-items', by: 'repair' },
  ],
  underWay: { status: ['preparing', 'running'] },
  createAction: {
    ...{ name: 'create', label: 'Prepare a repair', call: 'POST /v1/repairs' },
    help: 'Which open and paid invoices, and what is wrong with them. You see each one before anything is corrected.',
    fields: [
      { name: 'description', label: 'What for', type: 'text' },
      { name: 'select[price]', label: 'Billed by this price', type: 'text', offers: 'price' },
      { name: 'select[tax_rate]', label: 'Billed with this tax rate', type: 'text', offers: 'tax_rate' },
      { name: 'select[product]', label: 'With this product', type: 'text', offers: 'product' },
      { name: 'select[customer]', label: 'Of this customer', type: 'text', offers: 'customer' },
      { name: 'select[currency]', label: 'In this currency', type: 'text' },
      { name: 'select[country]', label: 'To this country, like DE', type: 'text' },
      { name: 'select[created][gte]', label: 'From this day', type: 'date' },
      { name: 'select[created][lt]', label: 'Before this day', type: 'date' },
      { name: 'correction[unit_amount_decimal]', label: 'Right: this unit amount, in minor units', type: 'text' },
      { name: 'correction[price]', label: 'Or right: this price', type: 'text', offers: 'price' },
      { name: 'correction[tax_rate]', label: 'Or right: this tax rate', type: 'text', offers: 'tax_rate' },
      { name: 'correction[tax_exempt]', label: 'Or right: no tax', type: 'select', options: ['', 'exempt', 'reverse'] },
      { name: 'correction[tax]', label: 'Or right: automatic tax of that day', type: 'select', options: ['', 'recalculate'] },
      {
        name: 'give_back',
        label: 'What was paid too much goes back',
        type: 'select',
        options: ['customer_balance', 'refund', 'out_of_band'],
      },
    ],
  },
  actions: [
    {
      ...{ name: 'approve', label: 'Approve', call: 'POST /v1/repairs/:repair/approve', isDangerous: true, when: { status: ['draft'] } },
      help: 'Each planned invoice gets its credit note, and where it is needed a new invoice, from now on. Your name and the reason are kept.',
      fields: [{ name: 'reason', label: 'Reason', type: 'text', isRequired: true }],
    },
    {
      ...{ name: 'pause', label: 'Pause', call: 'POST /v1/repairs/:repair/pause', when: { status: ['running'] } },
      ...{ help: 'It stops before the next invoice.', fields: [] },
    },
    {
      ...{ name: 'resume', label: 'Resume', call: 'POST /v1/repairs/:repair/resume', when: { status: ['paused'] } },
      ...{ help: 'It goes on with the next invoice.', fields: [] },
    },
    {
      ...{ name: 'retry', label: 'Try again', call: 'POST /v1/repairs/:repair/retry', when: { status: ['completed'] } },
      ...{ help: 'The invoices that have failed, if they are as they were.', fields: [] },
    },
    {
      ...{ name: 'cancel', label: 'Cancel', call: 'POST /v1/repairs/:repair/cancel', isDangerous: true },
      ...{ help: 'It ends before the next invoice. What is corrected stays so.', fields: [] },
      when: { status: ['preparing', 'draft', 'running', 'paused'] },
    },
  ],
};

const repairItems: Section = {
  ...{ name: 'repair-items', title: 'Repaired invoices', group: 'Books', prefixes: [], list: '/v1/repair_items', item: null },
  about: 'What each invoice of a repair says, what it would say, and what came of it.',
  empty: 'No invoices.',
  columns: [
    { label: 'Invoice', path: 'invoice' },
    customer,
    status,
    { label: 'Says', path: 'says' },
    { label: 'Would say', path: 'would_say' },
    { label: 'Difference', path: 'difference' },
    { label: 'Credit note', path: 'credit_note' },
    { label: 'New invoice', path: 'new_invoice' },
    { label: 'Reason', path: 'reason' },
    { label: 'Repair', path: 'repair' },
  ],
  filters: ['repair', 'status', 'customer', 'invoice'],
  actions: [],
};

export const BOOKS: readonly Section[] = [forecasts, movements, registrations, thresholds, returns, closes, repairs, repairItems];
