/** Files: which a purpose takes, how long they stay, and links to them. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { isOver, type FilePurpose } from '../rows/file';
import type { ChangeSet } from '../core/change-set';
import type { Metadata } from '../rows/resource';

interface Rule {
  types: readonly string[] | null;
  bytes: number;
  days: number | null;
}

const MIB = 1_048_576;
const DOCUMENTS: Rule = { types: ['pdf', 'jpg', 'png'], bytes: 16 * MIB, days: null };
const IMAGES: Rule = { types: ['jpg', 'png', 'gif'], bytes: MIB / 2, days: null };
const ANY: Rule = { types: null, bytes: 16 * MIB, days: null };

/** Stripe's types and sizes. */
const RULES: Record<FilePurpose, Rule> = {
  account_requirement: DOCUMENTS,
  additional_verification: DOCUMENTS,
  business_icon: IMAGES,
  business_logo: IMAGES,
  customer_signature: { types: ['jpg', 'png', 'svg'], bytes: 4 * MIB, days: 7 },
  dispute_evidence: { types: ['pdf', 'jpg', 'png'], bytes: 5 * MIB, days: 270 },
  identity_document: DOCUMENTS,
  issuing_regulatory_reporting: ANY,
  pci_document: { types: ['pdf'], bytes: 16 * MIB, days: null },
  platform_terms_of_service: { types: ['pdf'], bytes: 16 * MIB, days: null },
  product_download: ANY,
  tax_document_user_upload: { types: ['pdf', 'jpg', 'png', 'csv', 'xls', 'xlsx', 'docx', 'txt'], bytes: 16 * MIB, days: null },
  terminal_android_apk: ANY,
  terminal_reader_splashscreen: { types: ['jpg', 'png', 'gif'], bytes: 2 * MIB, days: null },
  terminal_wifi_certificate: ANY,
  terminal_wifi_private_key: ANY,
};

/** The types that their first bytes tell. */
const BEGINNINGS: readonly (readonly [type: string, bytes: readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
];

/** What a file is. A name that claims one of the types above for other bytes is not believed. */
export function fileTypeOf(bytes: Uint8Array, filename: string | null): string | null {
  const told = BEGINNINGS.find(([, beginning]) => beginning.every((byte, index) => bytes[index] === byte));
  if (told) return told[0];
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(filename ?? '')?.[1]?.toLowerCase() ?? null;
  const type = extension === 'jpeg' ? 'jpg' : extension;
  return BEGINNINGS.some(([each]) => each === type) ? null : type;
}

export interface Upload {
  filename: string | null;
  size: number;
  type: string | null;
  sha256: string;
}

interface LinkTerms {
  expires_at?: number | undefined;
  metadata?: Metadata | null | undefined;
}

const DAY = 86_400;

/** @throws BillingError parameter_invalid if the purpose takes no such file */
export function createFile(changes: ChangeSet, upload: Upload, of: { purpose: FilePurpose; link: LinkTerms | null }): void {
  const { types, bytes, days } = RULES[of.purpose];
  const param = 'file';
  if (upload.size === 0) throw new BillingError('parameter_invalid', 'The uploaded file is empty.', { param });
  if (upload.size > bytes) {
    const most = `${String(bytes)} bytes`;
    throw new BillingError('parameter_invalid', `The uploaded file is too large. A file for ${of.purpose} has at most ${most}.`, { param });
  }
  if (types !== null && (upload.type === null || !types.includes(upload.type))) {
    throw new BillingError('parameter_invalid', `The uploaded file must be one of: ${types.join(', ')}.`, { param });
  }
  const expiresAt = days === null ? null : changes.now + days * DAY;
  const { id } = changes.put('file', { ...changes.resource('file'), ...upload, purpose: of.purpose, expiresAt });
  if (of.link !== null) createFileLink(changes, id, of.link, 'file_link_data[expires_at]');
}

/** @throws BillingError parameter_invalid if the time or the file is over */
export function createFileLink(changes: ChangeSet, file: string, terms: LinkTerms, param = 'expires_at'): void {
  refusePast(changes, terms.expires_at, param);
  if (isOver(changes.rows.get('file', file), changes.now)) {
    throw new BillingError('parameter_invalid', `The file '${file}' has expired.`, { param: 'file' });
  }
  changes.put('fileLink', {
    ...changes.resource('link'),
    file,
    expiresAt: terms.expires_at ?? null,
    metadata: mergeMetadata({}, terms.metadata),
  });
}

interface LinkChange {
  expires_at?: number | 'now' | null | undefined;
  metadata?: Metadata | null | undefined;
}

/**
 * Changes when a link ends. One that has ended stays so.
 *
 * @throws BillingError parameter_invalid
 */
export function updateFileLink(changes: ChangeSet, id: string, { expires_at: at, metadata }: LinkChange): void {
  const link = changes.rows.get('fileLink', id);
  if (at !== undefined && isOver(link, changes.now)) {
    throw new BillingError('parameter_invalid', 'This file link has expired. Create another one.', { param: 'expires_at' });
  }
  if (typeof at === 'number') refusePast(changes, at, 'expires_at');
  changes.patch('fileLink', id, {
    expiresAt: at === undefined ? link.expiresAt : at === 'now' ? changes.now : at,
    metadata: mergeMetadata(link.metadata, metadata),
  });
}

function refusePast({ now }: ChangeSet, at: number | undefined, param: string): void {
  if (at === undefined || at > now) return;
  throw new BillingError('parameter_invalid', 'The time must be in the future.', { param });
}
