import type { Metadata, Resource } from './resource';

/** Texts that invoices of some customers show. Nothing changes them, so a template has one version. */
export interface InvoiceRenderingTemplate extends Resource {
  nickname: string | null;
  /** An archived one stays on the invoices that have it, and new ones cannot get it. */
  status: 'active' | 'archived';
  version: number;
  memo: string | null;
  footer: string | null;
  customFields: { name: string; value: string }[] | null;
  metadata: Metadata;
}
