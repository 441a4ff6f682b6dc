/** Pages on which contracts are ended, with examples. */
import type { ReactNode } from 'react';
import { brandingOf } from '../domain/checkout/branding';
import type { CustomerRequest, Declaration } from '../domain/rows/customer-request';
import { ContractPage } from '../web/contract/contract-page';
import type { ContractFrame, ContractView } from '../web/contract/model';
import type { Locale } from '../web/words/languages';

const frame: ContractFrame = {
  locale: { language: 'en', tag: 'en-GB' },
  branding: brandingOf({ name: 'Northwind Analytics' }, undefined),
  isTest: true,
  submission: '',
  type: 'withdrawal',
};

const declaration: Declaration = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  contract: 'NW-0012',
  kind: 'ordinary',
  date: null,
  statement: 'It does not fit us.',
  locale: 'en-GB',
};

const request: CustomerRequest = {
  id: 'creq_8sKq1PzNw3V5xY7bT9dR2mHc',
  account: 'acct_1',
  livemode: false,
  created: 1_796_083_200,
  type: 'withdrawal',
  status: 'done',
  customer: 'cus_1',
  subscription: 'sub_1',
  declaration,
  owner: 'billing',
  dueAt: 1_797_292_800,
  openReason: null,
  plan: { effect: 'immediately', endsAt: 1_796_083_200, refunds: [{ charge: 'ch_1', invoice: 'in_1', amount: 8_700, currency: 'eur' }] },
  note: null,
  resolvedAt: 1_796_083_200,
  acceptedAt: null,
  missedAt: null,
  url: 'https://pay.example.com/contract/creq_1_secret_1',
};

const page =
  (type: ContractFrame['type'], view: ContractView) =>
  (locale: Locale = frame.locale): ReactNode =>
    ContractPage({ frame: { ...frame, type, locale }, view });

export const CONTRACT_PAGES: Record<string, (locale?: Locale) => ReactNode> = {
  'contract-cancel': page('cancellation', { name: 'form', entries: {}, isWrong: true }),
  'contract-withdraw': page('withdrawal', { name: 'form', entries: {}, isWrong: false }),
  'contract-review': page('withdrawal', { name: 'review', declaration }),
  'contract-confirmed': page('withdrawal', { name: 'confirmed', request }),
  'contract-waits': page('cancellation', {
    name: 'confirmed',
    request: { ...request, type: 'cancellation', status: 'open', plan: null, openReason: 'no_contract', resolvedAt: null },
  }),
};
