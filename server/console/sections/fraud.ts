/** What rules decide, and what people have to. */
import type { WireBacktest } from '../../../objects/shapes/radar-reports';
import { money } from '../../../web/money';
import type { Section } from '../section';
import { active, created } from './columns';

const reviews: Section = {
  ...{ name: 'reviews', title: 'Review queue', group: 'Fraud', prefixes: ['prv'], list: '/v1/reviews' },
  about: 'Payments that a rule wants a person to see. Each has an owner, a deadline, and what happens without a decision.',
  empty: 'Nothing to review.',
  columns: [
    { label: 'Review', path: 'id' },
    { label: 'Payment', path: 'payment_intent' },
    { label: 'Opened by', path: 'opened_reason' },
    { label: 'Owner', path: 'owner' },
    { label: 'Decide by', path: 'decide_by' },
    { label: 'Otherwise', path: 'default_decision' },
    created,
  ],
  filters: ['owner'],
  actions: [
    {
      ...{ name: 'approve', label: 'Approve', call: 'POST /v1/reviews/:review/approve', help: 'The payment is fine.', fields: [] },
      when: { open: [true] },
    },
    {
      ...{
        name: 'owner',
        label: 'Give it an owner',
        call: 'POST /v1/reviews/:review',
        help: 'Who decides.',
        fields: [{ name: 'owner', label: 'Owner', type: 'text', isRequired: true }],
      },
      when: { open: [true] },
    },
  ],
};

const fraudRules: Section = {
  ...{ name: 'fraud-rules', title: 'Fraud rules', group: 'Fraud', prefixes: ['rrl'], list: '/v1/radar/rules' },
  about: 'Rules in Radar’s syntax decide before each charge.',
  empty: 'No rules yet.',
  columns: [
    { label: 'Rule', path: 'predicate' },
    { label: 'Action', path: 'action' },
    active,
    { label: 'Version', path: 'version' },
    created,
  ],
  filters: ['action', 'active'],
  createAction: {
    ...{
      name: 'create',
      label: 'Add a rule',
      call: 'POST /v1/radar/rules',
      help: "For example: block if :card_country: = 'XX'. An error points at the character.",
    },
    fields: [{ name: 'rule', label: 'Rule', type: 'textarea', isRequired: true }],
  },
  listActions: [
    {
      ...{ name: 'backtest', label: 'Test a rule on past payments', call: 'POST /v1/radar/backtests' },
      help: 'Which payments of a time it matches, and what came of them. Nothing changes.',
      fields: [
        { name: 'rule', label: 'Rule', type: 'textarea', isRequired: true },
        { name: 'from', label: 'From', type: 'date', isRequired: true },
        { name: 'to', label: 'To', type: 'date', isRequired: true },
      ],
      tells: (answer) => testInWords(answer as unknown as WireBacktest),
    },
  ],
  actions: [
    {
      ...{
        name: 'off',
        label: 'Switch off',
        call: 'POST /v1/radar/rules/:rule',
        help: 'The rule stays, and decides nothing.',
        fixed: { active: 'false' },
        fields: [],
      },
      when: { active: [true] },
    },
    {
      ...{
        name: 'on',
        label: 'Switch on',
        call: 'POST /v1/radar/rules/:rule',
        help: 'The rule decides again.',
        fixed: { active: 'true' },
        fields: [],
      },
      when: { active: [false] },
    },
  ],
};

const fraudDecisions: Section = {
  ...{ name: 'fraud-decisions', title: 'Decisions', group: 'Fraud', prefixes: [], list: '/v1/radar/decisions', item: null },
  about:
    'What was decided on each charge, and on each card that was set up: by rules, with the values at which they looked, or by the settings alone.',
  empty: 'Nothing was charged yet.',
  columns: [
    { label: 'Payment', path: 'payment_intent' },
    { label: 'Setup', path: 'setup_intent' },
    { label: 'Decision', path: 'decision' },
    { label: 'Rule', path: 'rule' },
    { label: 'Risk', path: 'risk_score' },
    created,
  ],
  filters: ['decision', 'payment_intent', 'rule', 'setup_intent'],
  actions: [],
};

const warnings: Section = {
  ...{ name: 'early-fraud-warnings', title: 'Fraud warnings', group: 'Fraud', prefixes: ['issfr'], list: '/v1/radar/early_fraud_warnings' },
  about: 'Banks report a charge as fraud, often before it is disputed. A refund in time avoids the dispute.',
  empty: 'No warnings.',
  columns: [
    { label: 'Charge', path: 'charge' },
    { label: 'Type', path: 'fraud_type' },
    { label: 'Can still act', path: 'actionable' },
    created,
  ],
  filters: ['charge', 'payment_intent'],
  actions: [],
};

const valueLists: Section = {
  ...{ name: 'value-lists', title: 'Value lists', group: 'Fraud', prefixes: ['rsl'], list: '/v1/radar/value_lists' },
  about: 'Cards, addresses and countries that rules name.',
  empty: 'No lists yet.',
  columns: [{ label: 'Name', path: 'name' }, { label: 'Alias', path: 'alias' }, { label: 'Of', path: 'item_type' }, created],
  filters: ['alias', 'contains'],
  createAction: {
    ...{ name: 'create', label: 'Add a list', call: 'POST /v1/radar/value_lists', help: 'Rules name it by its alias: @alias.' },
    fields: [
      { name: 'name', label: 'Name', type: 'text', isRequired: true },
      { name: 'alias', label: 'Alias', type: 'text', isRequired: true },
      {
        name: 'item_type',
        label: 'Of',
        type: 'select',
        options: ['string', 'case_sensitive_string', 'card_bin', 'card_fingerprint', 'country', 'customer_id', 'email', 'ip_address'],
      },
    ],
  },
  actions: [],
};

function testInWords({ matched, payments, complete, outcomes }: WireBacktest): string {
  const seen = outcomes
    .filter((each) => each.payments > 0)
    .map((each) => {
      const sums = Object.entries(each.amounts).map(([currency, amount]) => money(amount, currency, 'en'));
      return `${each.outcome} ${String(each.payments)} (${sums.join(', ')})`;
    });
  const share = `It matches ${String(matched)} of ${String(payments)} payments${complete ? '' : ', the newest of that time'}`;
  return seen.length === 0 ? `${share}.` : `${share}: ${seen.join(', ')}.`;
}

export const FRAUD: readonly Section[] = [reviews, fraudRules, fraudDecisions, warnings, valueLists];
