import type { ReactNode } from 'react';
import { labeled } from '../../domain/core/labeled';
import { Document } from '../components/document';
import { MethodFields } from '../components/method-fields';
import { ProblemNote } from '../components/problem-note';
import { WalletButtons } from '../components/wallet-buttons';
import { Voucher } from '../components/voucher';
import { Seller } from '../components/seller';
import { money } from '../money';
import { LANGUAGES } from '../words/languages';
import type { InvoiceModel } from './model';
import { Questions } from './questions';

/** The page of an invoice: what it says, its documents, and a form that pays while something is due. It works as a plain form. */
export function InvoicePage(model: InvoiceModel): ReactNode {
  const { locale, branding, state, title, number } = model;
  return (
    <Document
      lang={locale.tag}
      title={`${title} ${number} – ${branding.display_name}`}
      branding={branding}
      isLookingAgain={state === 'processing'}
    >
      <main>
        <Content {...model} />
        <section className="card" aria-live="polite">
          {state === 'processing' && <Processing {...model} />}
          {state === 'collecting' && <Collecting {...model} />}
          {state === 'due' && <Payment {...model} />}
          <Links {...model} />
          <Questions {...model} />
        </section>
      </main>
    </Document>
  );
}

function Content({ branding, isTest, locale, title, number, stamp, headline, memo, facts, lines, sums, notes }: InvoiceModel): ReactNode {
  return (
    <section aria-labelledby="seller">
      <Seller branding={branding} mark={isTest ? LANGUAGES[locale.language].testMode : undefined} />
      <p className="total">{stamp ?? headline ?? title}</p>
      {stamp !== null && headline !== null && <p className="note">{headline}</p>}
      {memo !== null && <p>{memo}</p>}
      <p className="note">
        {title} {number}
      </p>
      {facts.map(({ label, value }) => (
        <p className="note" key={label}>
          {labeled(locale.language, label, value)}
        </p>
      ))}
      <ul className="lines">
        {lines.map(({ text, details, amount }, index) => (
          <li className="line" key={index}>
            <b>{text}</b>
            <span className="amount">{amount}</span>
            {details.map((detail) => (
              <small key={detail}>{detail}</small>
            ))}
          </li>
        ))}
      </ul>
      <dl>
        {sums.map(({ label, amount, strong }, index) => (
          <Sum key={index} label={label} amount={amount} isSum={strong === true} />
        ))}
      </dl>
      {notes.map((note) => (
        <p className="note" key={note}>
          {note}
        </p>
      ))}
    </section>
  );
}

function Sum({ label, amount, isSum }: { label: string; amount: string; isSum: boolean }): ReactNode {
  return (
    <>
      <dt className={isSum ? 'sum' : undefined}>{label}</dt>
      <dd className={isSum ? 'amount sum' : 'amount'}>{amount}</dd>
    </>
  );
}

function Processing({ locale }: InvoiceModel): ReactNode {
  const words = LANGUAGES[locale.language];
  return (
    <>
      <h2>{words.processing}</h2>
      <p className="note">{words.processingNote}</p>
    </>
  );
}

function Collecting({ locale, voucher }: InvoiceModel): ReactNode {
  const words = LANGUAGES[locale.language];
  if (voucher !== null) {
    return (
      <>
        <h2>{words.voucherReady}</h2>
        <Voucher voucher={voucher} locale={locale} />
      </>
    );
  }
  return (
    <>
      <h2>{words.collecting}</h2>
      <p className="note">{words.collectingNote}</p>
    </>
  );
}

function Payment({ locale, branding, methods, wallets, paysLater, problem, attempt, due, currency, bank }: InvoiceModel): ReactNode {
  const words = LANGUAGES[locale.language];
  const label = words.payButton(money(due, currency, locale.tag));
  return (
    <>
      <h2 id="pay">{words.payment}</h2>
      <ProblemNote>{problem && words[problem]}</ProblemNote>
      {bank !== null && (
        <p>
          <a href={bank}>{words.approveAtBank}</a>
        </p>
      )}
      <form method="post" className="fields" aria-labelledby="pay">
        <input type="hidden" name="attempt" value={attempt} />
        <input type="hidden" name="amount" value={due} />
        <MethodFields methods={methods} words={words} name="" seller={branding.display_name} />
        {paysLater && <p className="note">{words.paysLater}</p>}
        <button className="primary">{label}</button>
        <WalletButtons wallets={wallets} words={words} />
      </form>
    </>
  );
}

function Links({ locale, links }: InvoiceModel): ReactNode {
  const words = LANGUAGES[locale.language];
  return (
    <p>
      <a href={links.pdf}>{words.invoicePdf}</a>
      {' · '}
      <a href={links.xml}>{words.invoiceXml}</a>
      {links.receipts.map((receipt, index) => (
        <span key={receipt}>
          {' · '}
          <a href={receipt}>{links.receipts.length === 1 ? words.receipt : `${words.receipt} ${String(index + 1)}`}</a>
        </span>
      ))}
    </p>
  );
}
