import type { ReactNode } from 'react';
import {
  DEBIT_NAMES,
  isDebit,
  isVoucher,
  onceNameOf,
  paysOnce,
  VOUCHER_NAMES,
  WALLET_NAMES,
  type DebitType,
  type MethodType,
  type VoucherType,
} from '../../domain/rows/payment-method';
import type { Words } from '../words/words';
import { CardFields } from './card-fields';
import { Field } from './field';

interface Props {
  /** What can be paid with; at least one. */
  methods: readonly MethodType[];
  words: Words;
  /** Known of the payer. */
  name: string;
  /** Who debits a bank account. */
  seller: string;
  /** When a Canadian account is debited, in the seller's words. */
  interval?: string | null;
  /** False if the buyer may choose something else. */
  isRequired?: boolean;
}

/** A card, a bank account, where the payer is sent, or whom a voucher names. With a choice, the fields of the chosen one are shown, by the style sheet alone. */
export function MethodFields({ methods, isRequired = true, ...of }: Props): ReactNode {
  const [only] = methods;
  if (methods.length === 1 && only !== undefined) {
    return (
      <>
        <input type="hidden" name="method" value={only} />
        <Fields method={only} isRequired={isRequired} {...of} />
      </>
    );
  }
  return (
    <fieldset className="fields">
      <legend>{of.words.payBy}</legend>
      {methods.map((method, index) => (
        <div className="method" key={method}>
          <label className="check">
            <input type="radio" name="method" value={method} defaultChecked={index === 0} />
            <span>{nameOf(method, of.words)}</span>
          </label>
          <div className="fields inside">
            <Fields method={method} isRequired={false} {...of} />
          </div>
        </div>
      ))}
    </fieldset>
  );
}

function nameOf(method: MethodType, words: Words): string {
  if (method === 'link') return WALLET_NAMES.link;
  if (paysOnce(method)) return onceNameOf(method);
  return isDebit(method) ? DEBIT_NAMES[method] : words.card;
}

type FieldsProps = Omit<Props, 'methods'> & { isRequired: boolean };

function Fields({ method, words, name, seller, isRequired, interval = null }: FieldsProps & { method: MethodType }): ReactNode {
  if (isVoucher(method)) return <VoucherFields method={method} words={words} name={name} seller={seller} isRequired={isRequired} />;
  if (method === 'link' || paysOnce(method)) return <p className="note">{words.redirects(nameOf(method, words))}</p>;
  if (!isDebit(method)) return <CardFields words={words} name={name} isRequired={isRequired} />;
  return <AccountFields method={method} words={words} name={name} seller={seller} isRequired={isRequired} interval={interval} />;
}

/** Whom the voucher names. */
function VoucherFields({ method, words, name, isRequired }: FieldsProps & { method: VoucherType }): ReactNode {
  return (
    <>
      {method !== 'multibanco' && (
        <Field
          name={`${method}_holder`}
          label={words.individualName}
          autoComplete="name"
          required={isRequired}
          defaultValue={name}
          maxLength={250}
        />
      )}
      {method === 'boleto' && <Field name="boleto_tax_id" label="CPF/CNPJ" autoComplete="off" required={isRequired} maxLength={20} />}
      <p className="note">{words.vouchers(VOUCHER_NAMES[method])}</p>
    </>
  );
}

/** What names the bank, in the words of its country. */
const CODES: Record<Exclude<DebitType, 'sepa_debit'>, readonly (readonly [string, string])[]> = {
  acss_debit: [
    ['institution_number', 'Institution number'],
    ['transit_number', 'Transit number'],
  ],
  au_becs_debit: [['bsb_number', 'BSB']],
  bacs_debit: [['sort_code', 'Sort code']],
  us_bank_account: [['routing_number', 'Routing number']],
};

/** The account, and the mandate that its holder gives by sending the form. */
function AccountFields({ method, words, name, seller, isRequired, interval = null }: FieldsProps & { method: DebitType }): ReactNode {
  const of = (field: string): string => `${method}_${field}`;
  return (
    <>
      {method === 'sepa_debit' ? (
        <Field name={of('iban')} label="IBAN" autoComplete="off" required={isRequired} maxLength={42} />
      ) : (
        <>
          {CODES[method].map(([field, label]) => (
            <Field key={field} name={of(field)} label={label} inputMode="numeric" autoComplete="off" required={isRequired} maxLength={12} />
          ))}
          <Field
            name={of('account_number')}
            label={words.accountNumber}
            inputMode="numeric"
            autoComplete="off"
            required={isRequired}
            maxLength={20}
          />
        </>
      )}
      <Field
        name={of('holder')}
        label={words.accountHolder}
        autoComplete="name"
        required={isRequired}
        defaultValue={name}
        maxLength={250}
      />
      <p className="terms">{method === 'sepa_debit' ? words.sepaMandate(seller) : words.debitMandate(seller, DEBIT_NAMES[method])}</p>
      {method === 'acss_debit' && interval !== null && <p className="terms">{words.debitedWhen(interval)}</p>}
    </>
  );
}
