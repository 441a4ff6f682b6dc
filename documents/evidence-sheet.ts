import { dayOf } from '../domain/core/chart-of-accounts';
import { formatAmount } from '../domain/money/currency';
import type { Dispute, EvidenceSource } from '../domain/rows/dispute';
import type { Rows } from '../domain/rows/rows';
import { partyOf, sellerOf } from './parties';
import type { Sheet, SheetTable } from './sheet';
import { languageOf } from './words';

/** What is known of a disputed charge, with the row that says it, for the bank: in English, as banks and networks ask. */
export function evidenceSheet(dispute: Dispute, rows: Rows): Sheet {
  const account = rows.get('account', dispute.account);
  const charge = rows.get('charge', dispute.charge);
  const customer = rows.find('customer', dispute.customer);
  const language = languageOf(['en'], account.country);
  return {
    title: 'Evidence',
    language: language.tag,
    pageSize: 'A4',
    madeAt: dispute.draftedAt ?? dispute.created,
    stamp: null,
    number: dispute.id,
    facts: [
      { label: 'Reason', value: wordsOf(dispute.reason) },
      { label: 'Charge', value: `${charge.id}, ${dayOf(charge.created)}` },
    ],
    seller: partyOf('Seller', sellerOf(account, rows.all('taxSettings')[0]?.headOffice ?? null, []), language),
    parties: [
      partyOf('Customer', { ...charge.billingDetails, name: charge.billingDetails.name ?? customer?.name ?? null, taxIds: [] }, language),
    ],
    headline: null,
    memo: null,
    columns: ['Evidence', 'Text'],
    lines: Object.entries(dispute.evidence)
      .filter(([field, text]) => text !== null && !isFile(text) && !isAsDrafted(dispute, field))
      .map(([field, text]) => ({ text: wordsOf(field), details: [], cells: [text ?? ''] })),
    sums: [{ label: 'Disputed', amount: formatAmount(dispute.amount, dispute.currency), strong: true }],
    tables: [...new Set(dispute.sources.map(({ field }) => field))]
      .filter((field) => isAsDrafted(dispute, field))
      .map((field) => tableOf(field, dispute.sources)),
    notes: dispute.livemode ? [] : ['Test mode'],
    footer: null,
    facturX: null,
    pageNumber: language.words.page,
  };
}

const tableOf = (field: string, sources: readonly EvidenceSource[]): SheetTable => ({
  heading: wordsOf(field),
  columns: ['What is known', 'Record'],
  rows: sources.filter((each) => each.field === field).map(({ text, object }) => [text, object ?? '']),
});

/** Whether nobody has changed the draft: then each of its lines has a record. */
const isAsDrafted = ({ evidence, sources }: Dispute, field: string): boolean =>
  evidence[field] ===
  sources
    .filter((each) => each.field === field)
    .map(({ text }) => text)
    .join('\n');

const isFile = (text: string): boolean => /^file_\w+$/.test(text);

function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
