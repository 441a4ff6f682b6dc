import type { Metadata, Resource } from './resource';

export const FILE_PURPOSES = [
  'account_requirement',
  'additional_verification',
  'business_icon',
  'business_logo',
  'customer_signature',
  'dispute_evidence',
  'identity_document',
  'issuing_regulatory_reporting',
  'pci_document',
  'platform_terms_of_service',
  'product_download',
  'tax_document_user_upload',
  'terminal_android_apk',
  'terminal_reader_splashscreen',
  'terminal_wifi_certificate',
  'terminal_wifi_private_key',
] as const;
/** Those of Stripe that can be uploaded, and `product_download`, which is Dunlin's own: what customers download. */
export type FilePurpose = (typeof FILE_PURPOSES)[number];

/** An uploaded file. Its bytes are in `file_contents`, by their digest. */
export interface StoredFile extends Resource {
  filename: string | null;
  purpose: FilePurpose;
  /** Bytes. */
  size: number;
  /** `pdf`, `png`, …: read from the bytes, otherwise from the name. */
  type: string | null;
  /** Of the bytes, in hexadecimal. */
  sha256: string;
  /** Epoch seconds; null: it stays. */
  expiresAt: number | null;
}

/** An address at which a file can be read without a key. */
export interface FileLink extends Resource {
  file: string;
  /** Epoch seconds; null: until it is set. */
  expiresAt: number | null;
  metadata: Metadata;
}

/** Whether the time of a file or a link is over. */
export const isOver = ({ expiresAt }: Pick<FileLink, 'expiresAt'>, now: number): boolean => expiresAt !== null && expiresAt <= now;
