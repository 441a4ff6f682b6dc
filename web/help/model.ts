/** What a help page shows: plain data. */
import type { Responsibilities } from '../../domain/rows/account';
import type { Branding } from '../../domain/rows/branding-settings';
import type { Locale } from '../words/languages';

export interface HelpModel {
  locale: Locale;
  branding: Branding;
  /** Null: the page is no seller's. */
  responsibilities: Responsibilities | null;
  /** Whose pages they are, as their addresses say. */
  of: Record<string, string>;
  query: string;
  /** Null: nothing is searched for. */
  results: { guide: string; anchor: string; heading: string; excerpt: string }[] | null;
  /** Null: the first page. `html` is made from a guide of this release. */
  guide: { title: string; html: string } | null;
  guides: readonly { name: string; title: string }[];
}
