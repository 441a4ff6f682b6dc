import type { ReactNode } from 'react';
import type { Declaration } from '../../domain/rows/customer-request';
import { Document } from '../components/document';
import { Field } from '../components/field';
import { ProblemNote } from '../components/problem-note';
import { Seller } from '../components/seller';
import { CONTRACT } from '../words/contract';
import { LANGUAGES } from '../words/languages';
import { outcomeOf, receivedOf } from './confirmation';
import type { ContractFrame, ContractView } from './model';

interface ContractPageProps {
  frame: ContractFrame;
  view: ContractView;
}

/** A page without a login on which a customer ends a contract. Plain forms, so it works without script. */
export function ContractPage({ frame, view }: ContractPageProps): ReactNode {
  const { locale, branding, isTest, type } = frame;
  const title = CONTRACT[locale.language].titles[type];
  return (
    <Document lang={locale.tag} title={`${title} – ${branding.display_name}`} branding={branding}>
      <main className="portal">
        <Seller branding={branding} mark={isTest ? LANGUAGES[locale.language].testMode : undefined} />
        {view.name === 'form' && <Form frame={frame} entries={view.entries} isWrong={view.isWrong} />}
        {view.name === 'review' && <Review frame={frame} declaration={view.declaration} />}
        {view.name === 'confirmed' && <Confirmed frame={frame} view={view} />}
      </main>
    </Document>
  );
}

interface FormProps {
  frame: ContractFrame;
  entries: Readonly<Record<string, string>>;
  isWrong: boolean;
}

/** Only what identifies the customer and the contract is asked for. */
function Form({ frame: { locale, type, submission }, entries, isWrong }: FormProps): ReactNode {
  const words = CONTRACT[locale.language];
  const optional = LANGUAGES[locale.language].optional;
  return (
    <section className="card" aria-labelledby="contract">
      <h2 id="contract">{words.titles[type]}</h2>
      <ProblemNote>{isWrong ? words.wrong : null}</ProblemNote>
      <p className="note">{words.hints[type]}</p>
      <form method="post" className="fields" aria-labelledby="contract">
        <input type="hidden" name="submission" value={submission} />
        <Field name="name" label={words.name} autoComplete="name" required maxLength={250} defaultValue={entries['name']} />
        <Field
          name="email"
          label={words.email}
          type="email"
          autoComplete="email"
          required
          maxLength={320}
          defaultValue={entries['email']}
        />
        <Field name="contract" label={words.contractHint} required maxLength={255} defaultValue={entries['contract']} />
        {type === 'cancellation' && <Ending locale={locale} entries={entries} />}
        <Field name="statement" label={optional(words.statement)} maxLength={500} defaultValue={entries['statement']} />
        <button className="primary">{words.buttons[type]}</button>
      </form>
    </section>
  );
}

/** How and when a contract is canceled. */
function Ending({ locale, entries }: Pick<ContractFrame, 'locale'> & Pick<FormProps, 'entries'>): ReactNode {
  const words = CONTRACT[locale.language];
  return (
    <>
      <fieldset>
        <legend>{words.kind}</legend>
        {(['ordinary', 'extraordinary'] as const).map((kind) => (
          <label className="option" key={kind}>
            <input type="radio" name="kind" value={kind} defaultChecked={kind === (entries['kind'] ?? 'ordinary')} />
            <span>{words.kinds[kind]}</span>
          </label>
        ))}
      </fieldset>
      <Field name="date" type="date" label={LANGUAGES[locale.language].optional(words.dateHint)} defaultValue={entries['date']} />
    </>
  );
}

/** What is sent, once more, with the button that sends it. */
function Review({ frame: { locale, type, submission }, declaration }: { frame: ContractFrame; declaration: Declaration }): ReactNode {
  const words = CONTRACT[locale.language];
  const { name, email, contract, statement } = declaration;
  const entries = { name, email, contract, statement: statement ?? '' };
  const shown = [
    [words.name, name],
    [words.email, email],
    [words.contract, contract],
    [words.statement, statement ?? ''],
  ].filter(([, value]) => value !== '');
  return (
    <section className="card" aria-labelledby="contract">
      <h2 id="contract">{words.titles[type]}</h2>
      <p>{words.declares[type]}</p>
      <List rows={shown as [string, string][]} />
      <form method="post" className="fields" aria-labelledby="contract">
        <input type="hidden" name="submission" value={submission} />
        {Object.entries(entries).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <button className="primary" name="step" value="confirm">
          {type === 'withdrawal' ? words.confirmWithdrawal : words.buttons[type]}
        </button>
        {type === 'withdrawal' && (
          <button name="step" value="form">
            {words.correct}
          </button>
        )}
      </form>
    </section>
  );
}

function Confirmed({
  frame: { locale },
  view: { request },
}: {
  frame: ContractFrame;
  view: Extract<ContractView, { name: 'confirmed' }>;
}): ReactNode {
  const words = CONTRACT[locale.language];
  return (
    <section className="card" aria-labelledby="contract">
      <h2 id="contract">{words.received[request.type]}</h2>
      {outcomeOf(request).map((line) => (
        <p key={line} role="status">
          {line}
        </p>
      ))}
      <List rows={receivedOf(request)} />
      <p>
        <a href={`${new URL(request.url).pathname}/text`}>{words.download}</a>
      </p>
    </section>
  );
}

function List({ rows }: { rows: readonly (readonly [string, string])[] }): ReactNode {
  return (
    <dl className="stacked">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
