/** The words of the portal for what was bought without an invoice. */
import type { Language } from './languages';

interface OrderWords {
  title: string;
  pending: string;
  refunded: string;
  partlyRefunded: (amount: string) => string;
}

export const ORDERS: Record<Language, OrderWords> = {
  en: {
    title: 'Orders',
    pending: 'Payment pending',
    refunded: 'Refunded',
    partlyRefunded: (amount) => `${amount} refunded`,
  },
  de: {
    title: 'Bestellungen',
    pending: 'Zahlung ausstehend',
    refunded: 'Erstattet',
    partlyRefunded: (amount) => `${amount} erstattet`,
  },
  fr: {
    title: 'Commandes',
    pending: 'Paiement en attente',
    refunded: 'Remboursée',
    partlyRefunded: (amount) => `Remboursé\u00a0: ${amount}`,
  },
  es: {
    title: 'Pedidos',
    pending: 'Pago pendiente',
    refunded: 'Reembolsado',
    partlyRefunded: (amount) => `Reembolsado: ${amount}`,
  },
  it: {
    title: 'Ordini',
    pending: 'Pagamento in attesa',
    refunded: 'Rimborsato',
    partlyRefunded: (amount) => `Rimborsato: ${amount}`,
  },
  nl: {
    title: 'Bestellingen',
    pending: 'Betaling in behandeling',
    refunded: 'Terugbetaald',
    partlyRefunded: (amount) => `${amount} terugbetaald`,
  },
  pl: {
    title: 'Zamówienia',
    pending: 'Oczekuje na płatność',
    refunded: 'Zwrócone',
    partlyRefunded: (amount) => `Zwrócono: ${amount}`,
  },
  pt: {
    title: 'Encomendas',
    pending: 'Pagamento pendente',
    refunded: 'Reembolsada',
    partlyRefunded: (amount) => `Reembolsado: ${amount}`,
  },
  sv: {
    title: 'Beställningar',
    pending: 'Betalningen väntar',
    refunded: 'Återbetald',
    partlyRefunded: (amount) => `${amount} har betalats tillbaka`,
  },
  ja: {
    title: 'ご注文',
    pending: '入金待ち',
    refunded: '返金済み',
    partlyRefunded: (amount) => `返金額：${amount}`,
  },
};
