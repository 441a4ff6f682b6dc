/** The words of the portal for what was bought without an invoice. */
import type { Language } from './languages';

interface OrderWords {
  title: string;
  older: string;
  pending: string;
  refunded: string;
  partlyRefunded: (amount: string) => string;
}

export const ORDERS: Record<Language, OrderWords> = {
  en: {
    title: 'Orders',
    older: 'Older orders',
    pending: 'Payment pending',
    refunded: 'Refunded',
    partlyRefunded: (amount) => `${amount} refunded`,
  },
  de: {
    title: 'Bestellungen',
    older: 'Ältere Bestellungen',
    pending: 'Zahlung ausstehend',
    refunded: 'Erstattet',
    partlyRefunded: (amount) => `${amount} erstattet`,
  },
  fr: {
    title: 'Commandes',
    older: 'Commandes plus anciennes',
    pending: 'Paiement en attente',
    refunded: 'Remboursée',
    partlyRefunded: (amount) => `Remboursé\u00a0: ${amount}`,
  },
  es: {
    title: 'Pedidos',
    older: 'Pedidos anteriores',
    pending: 'Pago pendiente',
    refunded: 'Reembolsado',
    partlyRefunded: (amount) => `Reembolsado: ${amount}`,
  },
  it: {
    title: 'Ordini',
    older: 'Ordini precedenti',
    pending: 'Pagamento in attesa',
    refunded: 'Rimborsato',
    partlyRefunded: (amount) => `Rimborsato: ${amount}`,
  },
  nl: {
    title: 'Bestellingen',
    older: 'Oudere bestellingen',
    pending: 'Betaling in behandeling',
    refunded: 'Terugbetaald',
    partlyRefunded: (amount) => `${amount} terugbetaald`,
  },
  pl: {
    title: 'Zamówienia',
    older: 'Starsze zamówienia',
    pending: 'Oczekuje na płatność',
    refunded: 'Zwrócone',
    partlyRefunded: (amount) => `Zwrócono: ${amount}`,
  },
  pt: {
    title: 'Encomendas',
    older: 'Encomendas mais antigas',
    pending: 'Pagamento pendente',
    refunded: 'Reembolsada',
    partlyRefunded: (amount) => `Reembolsado: ${amount}`,
  },
  sv: {
    title: 'Beställningar',
    older: 'Äldre beställningar',
    pending: 'Betalningen väntar',
    refunded: 'Återbetald',
    partlyRefunded: (amount) => `${amount} har betalats tillbaka`,
  },
  ja: {
    title: 'ご注文',
    older: '以前のご注文',
    pending: '入金待ち',
    refunded: '返金済み',
    partlyRefunded: (amount) => `返金額：${amount}`,
  },
};
