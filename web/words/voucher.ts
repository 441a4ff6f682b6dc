/** The words of the sandbox's page of a voucher. */
import type { Language } from './languages';

interface VoucherWords {
  title: (name: string) => string;
  intro: (amount: string, until: string) => string;
  number: string;
  entity: string;
  pay: string;
  expire: string;
  paid: string;
  over: string;
}

export const VOUCHER: Record<Language, VoucherWords> = {
  en: {
    title: (name) => `${name} test voucher`,
    intro: (amount, until) => `A payer would pay ${amount} with these numbers until ${until}:`,
    number: 'Number',
    entity: 'Entity',
    pay: 'Pay',
    expire: 'Let it expire',
    paid: 'The voucher is paid.',
    over: 'The voucher cannot be paid any more.',
  },
  de: {
    title: (name) => `${name}: Zahlschein zum Testen`,
    intro: (amount, until) => `Mit diesen Nummern würde der Zahler bis zum ${until} ${amount} bezahlen:`,
    number: 'Nummer',
    entity: 'Empfängernummer',
    pay: 'Bezahlen',
    expire: 'Ablaufen lassen',
    paid: 'Der Zahlschein ist bezahlt.',
    over: 'Der Zahlschein kann nicht mehr bezahlt werden.',
  },
  fr: {
    title: (name) => `Bon de paiement ${name} de test`,
    intro: (amount, until) => `Un payeur réglerait ${amount} avec ces numéros jusqu’au ${until}\u00a0:`,
    number: 'Numéro',
    entity: 'Entité',
    pay: 'Payer',
    expire: 'Laisser expirer',
    paid: 'Le bon de paiement est payé.',
    over: 'Le bon de paiement ne peut plus être payé.',
  },
  es: {
    title: (name) => `Comprobante de prueba de ${name}`,
    intro: (amount, until) => `Un pagador abonaría ${amount} con estos números hasta el ${until}:`,
    number: 'Número',
    entity: 'Entidad',
    pay: 'Pagar',
    expire: 'Dejar que caduque',
    paid: 'El comprobante está pagado.',
    over: 'El comprobante ya no se puede pagar.',
  },
  it: {
    title: (name) => `Bollettino di prova ${name}`,
    intro: (amount, until) => `Un pagante verserebbe ${amount} con questi numeri entro il ${until}:`,
    number: 'Numero',
    entity: 'Ente',
    pay: 'Paga',
    expire: 'Lascia scadere',
    paid: 'Il bollettino è pagato.',
    over: 'Il bollettino non si può più pagare.',
  },
  nl: {
    title: (name) => `Testvoucher van ${name}`,
    intro: (amount, until) => `Een betaler zou met deze nummers tot en met ${until} ${amount} betalen:`,
    number: 'Nummer',
    entity: 'Entiteit',
    pay: 'Betalen',
    expire: 'Laten verlopen',
    paid: 'De voucher is betaald.',
    over: 'De voucher kan niet meer worden betaald.',
  },
  pl: {
    title: (name) => `Voucher testowy ${name}`,
    intro: (amount, until) => `Płatnik zapłaciłby tymi numerami ${amount} do ${until}:`,
    number: 'Numer',
    entity: 'Numer odbiorcy',
    pay: 'Zapłać',
    expire: 'Pozwól wygasnąć',
    paid: 'Voucher jest opłacony.',
    over: 'Vouchera nie można już opłacić.',
  },
  pt: {
    title: (name) => `Comprovativo de teste ${name}`,
    intro: (amount, until) => `Um pagador pagaria ${amount} com estes números até ${until}:`,
    number: 'Número',
    entity: 'Entidade',
    pay: 'Pagar',
    expire: 'Deixar expirar',
    paid: 'O comprovativo está pago.',
    over: 'O comprovativo já não pode ser pago.',
  },
  sv: {
    title: (name) => `Testkupong för ${name}`,
    intro: (amount, until) => `En betalare skulle betala ${amount} med dessa nummer senast ${until}:`,
    number: 'Nummer',
    entity: 'Mottagarnummer',
    pay: 'Betala',
    expire: 'Låt den löpa ut',
    paid: 'Kupongen är betald.',
    over: 'Kupongen kan inte längre betalas.',
  },
  ja: {
    title: (name) => `${name} テスト払込票`,
    intro: (amount, until) => `支払者は ${until} までに、次の番号で ${amount} を支払います。`,
    number: '番号',
    entity: '収納機関番号',
    pay: '支払う',
    expire: '期限切れにする',
    paid: '払込票は支払い済みです。',
    over: 'この払込票ではもう支払えません。',
  },
};
