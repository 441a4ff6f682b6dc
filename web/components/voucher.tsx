import type { ReactNode } from 'react';
import { date } from '../money';
import { LANGUAGES, type Locale } from '../words/languages';

export interface ShownVoucher {
  /** The processor's page that shows its numbers. */
  url: string;
  /** Midnight of its last day, in UTC. */
  lastDay: number;
}

/** What is left to do for a payer who has a voucher. */
export function Voucher({ voucher: { url, lastDay }, locale }: { voucher: ShownVoucher; locale: Locale }): ReactNode {
  const words = LANGUAGES[locale.language];
  return (
    <>
      <p className="note">{words.voucherNote(date(lastDay, locale.tag))}</p>
      <p>
        <a href={url} target="_top">
          {words.showVoucher}
        </a>
      </p>
    </>
  );
}
