/** Questions, requests and mails. */
import type { Section } from '../section';
import { created, customer, status } from './columns';

const tickets: Section = {
  ...{ name: 'support', title: 'Support queue', group: 'Support', prefixes: ['supt'], list: '/v1/support_tickets' },
  about: 'Questions of customers, with owner and deadline.',
  empty: 'Nobody has asked anything.',
  columns: [
    { label: 'Subject', path: 'subject' },
    customer,
    status,
    { label: 'Route', path: 'route' },
    { label: 'Owner', path: 'owner' },
    { label: 'Answer by', path: 'answer_by' },
    created,
  ],
  filters: ['status', 'customer', 'owner', 'route'],
  subTable: {
    heading: 'Messages',
    list: '/v1/support_tickets/:ticket/messages',
    columns: [
      { label: 'When', path: 'created' },
      { label: 'From', path: 'author' },
      { label: 'Text', path: 'message' },
    ],
  },
  actions: [
    {
      ...{ name: 'answer', label: 'Answer', call: 'POST /v1/support_tickets/:ticket/messages', help: 'Mailed to the customer.' },
      fixed: { author: 'seller' },
      fields: [{ name: 'message', label: 'Text', type: 'textarea', isRequired: true }],
    },
    {
      ...{ name: 'owner', label: 'Give it an owner', call: 'POST /v1/support_tickets/:ticket', help: 'Who answers.' },
      fields: [{ name: 'owner', label: 'Owner', type: 'text', isRequired: true }],
    },
    {
      ...{
        name: 'close',
        label: 'Close',
        call: 'POST /v1/support_tickets/:ticket/close',
        help: 'A new message opens it again.',
        fields: [],
      },
      when: { status: ['open', 'answered'] },
    },
  ],
};

const requests: Section = {
  ...{ name: 'requests', title: 'Customer requests', group: 'Support', prefixes: ['creq'], list: '/v1/customer_requests' },
  about: 'Declarations that were made without a login: cancellations, withdrawals, requests for data.',
  empty: 'No requests.',
  columns: [
    { label: 'Type', path: 'type' },
    customer,
    status,
    { label: 'Owner', path: 'owner' },
    { label: 'Due', path: 'due_at' },
    { label: 'Missed', path: 'missed_at' },
    created,
  ],
  filters: ['status', 'type', 'owner', 'customer'],
  actions: [
    {
      ...{
        name: 'fulfill',
        label: 'Fulfil',
        call: 'POST /v1/customer_requests/:customer_request/fulfill',
        help: 'Does what the plan says.',
        fields: [],
      },
      when: { status: ['open'] },
    },
    {
      ...{
        name: 'refuse',
        label: 'Refuse',
        call: 'POST /v1/customer_requests/:customer_request/refuse',
        help: 'Nothing is done. Say why.',
        isDangerous: true,
        fields: [{ name: 'note', label: 'Why', type: 'text' }],
      },
      when: { status: ['open'] },
    },
  ],
};

const mails: Section = {
  ...{ name: 'mails', title: 'Mails', group: 'Support', prefixes: ['mail'], list: '/v1/mails' },
  about: 'What was written to customers, and whether it arrived.',
  empty: 'No mails yet.',
  columns: [
    { label: 'Kind', path: 'kind' },
    { label: 'To', path: 'recipient' },
    status,
    { label: 'About', path: 'about' },
    { label: 'Problem', path: 'problem' },
    created,
  ],
  filters: ['customer', 'status', 'kind', 'test_clock'],
  actions: [],
};

export const SUPPORT: readonly Section[] = [tickets, requests, mails];
