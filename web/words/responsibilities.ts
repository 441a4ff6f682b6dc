/** The words for who is responsible for what. */
import type { Task } from '../../domain/rows/account';
import type { Language } from './languages';

export interface ResponsibilityWords {
  responsible: string;
  tasks: Record<Task, string>;
  merchantOfRecord: string;
  processor: string;
}

export const RESPONSIBILITIES: Record<Language, ResponsibilityWords> = {
  en: {
    responsible: 'Who is responsible for what',
    tasks: {
      sale: 'The sale',
      payments: 'Payments',
      refunds: 'Refunds',
      chargebacks: 'Disputed payments',
      invoices: 'Invoices',
      tax: 'Taxes',
      support: 'Questions',
      personal_data: 'Personal data',
    },
    merchantOfRecord: 'The merchant of record',
    processor: 'The payment processor',
  },
  de: {
    responsible: 'Wer wofür verantwortlich ist',
    tasks: {
      sale: 'Der Verkauf',
      payments: 'Zahlungen',
      refunds: 'Erstattungen',
      chargebacks: 'Angefochtene Zahlungen',
      invoices: 'Rechnungen',
      tax: 'Steuern',
      support: 'Fragen',
      personal_data: 'Personenbezogene Daten',
    },
    merchantOfRecord: 'Der Merchant of Record',
    processor: 'Der Zahlungsdienstleister',
  },
  fr: {
    responsible: 'Qui est responsable de quoi',
    tasks: {
      sale: 'La vente',
      payments: 'Les paiements',
      refunds: 'Les remboursements',
      chargebacks: 'Les paiements contestés',
      invoices: 'Les factures',
      tax: 'Les taxes',
      support: 'Les questions',
      personal_data: 'Les données personnelles',
    },
    merchantOfRecord: 'Le vendeur officiel',
    processor: 'Le prestataire de paiement',
  },
  es: {
    responsible: 'Quién es responsable de qué',
    tasks: {
      sale: 'La venta',
      payments: 'Los pagos',
      refunds: 'Los reembolsos',
      chargebacks: 'Los pagos disputados',
      invoices: 'Las facturas',
      tax: 'Los impuestos',
      support: 'Las preguntas',
      personal_data: 'Los datos personales',
    },
    merchantOfRecord: 'El vendedor registrado',
    processor: 'El procesador de pagos',
  },
  it: {
    responsible: 'Chi è responsabile di che cosa',
    tasks: {
      sale: 'La vendita',
      payments: 'I pagamenti',
      refunds: 'I rimborsi',
      chargebacks: 'I pagamenti contestati',
      invoices: 'Le fatture',
      tax: 'Le imposte',
      support: 'Le domande',
      personal_data: 'I dati personali',
    },
    merchantOfRecord: 'Il venditore ufficiale',
    processor: 'Il fornitore di pagamenti',
  },
  nl: {
    responsible: 'Wie waarvoor verantwoordelijk is',
    tasks: {
      sale: 'De verkoop',
      payments: 'Betalingen',
      refunds: 'Terugbetalingen',
      chargebacks: 'Betwiste betalingen',
      invoices: 'Facturen',
      tax: 'Belastingen',
      support: 'Vragen',
      personal_data: 'Persoonsgegevens',
    },
    merchantOfRecord: 'De merchant of record',
    processor: 'De betaaldienst',
  },
  pl: {
    responsible: 'Kto za co odpowiada',
    tasks: {
      sale: 'Sprzedaż',
      payments: 'Płatności',
      refunds: 'Zwroty',
      chargebacks: 'Płatności sporne',
      invoices: 'Faktury',
      tax: 'Podatki',
      support: 'Pytania',
      personal_data: 'Dane osobowe',
    },
    merchantOfRecord: 'Oficjalny sprzedawca',
    processor: 'Operator płatności',
  },
  pt: {
    responsible: 'Quem é responsável pelo quê',
    tasks: {
      sale: 'A venda',
      payments: 'Os pagamentos',
      refunds: 'Os reembolsos',
      chargebacks: 'Os pagamentos contestados',
      invoices: 'As faturas',
      tax: 'Os impostos',
      support: 'As perguntas',
      personal_data: 'Os dados pessoais',
    },
    merchantOfRecord: 'O vendedor registado',
    processor: 'O processador de pagamentos',
  },
  sv: {
    responsible: 'Vem ansvarar för vad',
    tasks: {
      sale: 'Försäljningen',
      payments: 'Betalningar',
      refunds: 'Återbetalningar',
      chargebacks: 'Bestridda betalningar',
      invoices: 'Fakturor',
      tax: 'Skatter',
      support: 'Frågor',
      personal_data: 'Personuppgifter',
    },
    merchantOfRecord: 'Den officiella säljaren',
    processor: 'Betaltjänsten',
  },
  ja: {
    responsible: '責任の所在',
    tasks: {
      sale: '販売',
      payments: 'お支払い',
      refunds: '返金',
      chargebacks: '異議のあるお支払い',
      invoices: '請求書',
      tax: '税',
      support: 'お問い合わせ',
      personal_data: '個人情報',
    },
    merchantOfRecord: '販売責任者',
    processor: '決済代行会社',
  },
};
