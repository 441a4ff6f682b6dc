import type { MailWords } from './words';

export const it: MailWords = {
  kinds: {
    action_required: {
      subject: 'Confermi il suo pagamento di {amount} a {seller}',
      text: 'La sua banca le chiede di confermare il pagamento di {amount} per la fattura {number}.',
      button: 'Confermare il pagamento',
    },
    answer_overdue: {
      subject: 'La richiesta {number} è scaduta',
      text: 'La richiesta del cliente {number} doveva ricevere risposta entro il {date}. Nessuno ha ancora risposto.',
      button: 'Apri la richiesta',
    },
    cancellation: {
      subject: 'La sua disdetta è stata ricevuta',
      text: '{seller} ha ricevuto la sua disdetta il {instant}.',
      button: 'Vedere la conferma',
    },
    cancellation_scheduled: {
      subject: 'Il suo abbonamento a {product} termina il {date}',
      text: 'Può usare {product} fino al {date}. Il suo abbonamento non si rinnova.',
      button: 'Gestire l’abbonamento',
    },
    card_expiring: {
      subject: 'La sua carta presso {seller} sta per scadere',
      text: 'La sua carta {card} scade alla fine di {expiry}. Aggiunga una nuova carta perché i suoi pagamenti continuino.',
      button: 'Aggiornare la carta',
    },
    credit_low: {
      subject: 'Il suo credito presso {seller} sta per esaurirsi',
      text: 'Restano meno di {amount} del suo credito prepagato e al momento non ne viene acquistato altro automaticamente.',
      button: 'Gestire il credito',
    },
    credit_note: {
      subject: 'Nota di credito {number} di {seller}',
      text: '{seller} ha emesso una nota di credito di {amount} per la fattura {invoice}.',
      button: 'Vedere la nota di credito',
    },
    dispute: {
      subject: 'La sua banca ha contestato un pagamento di {amount}',
      text: 'La sua banca ha comunicato a {seller} che lei contesta il pagamento di {amount} del {date}. Se è un errore, dica alla sua banca che riconosce il pagamento.',
      button: 'Gestire i pagamenti',
    },
    invoice: {
      subject: 'Fattura {number} di {seller}',
      text: 'La preghiamo di pagare {amount} entro il {date}.',
      button: 'Vedere e pagare la fattura',
    },
    invoice_due: {
      subject: 'La fattura {number} scade il {date}',
      text: 'Le ricordiamo di pagare {amount} a {seller} entro il {date}. Se ha già pagato, ignori questa e-mail.',
      button: 'Vedere e pagare la fattura',
    },
    invoice_overdue: {
      subject: 'La fattura {number} è scaduta',
      text: 'La fattura {number} è scaduta il {date} e restano da pagare {amount}. Se ha già pagato, ignori questa e-mail.',
      button: 'Vedere e pagare la fattura',
    },
    license: {
      subject: 'La sua chiave di licenza per {product}',
      text: 'Ecco la sua chiave di licenza per {product}. Conservi questa e-mail.',
      button: 'Aprire',
    },
    password_reset: {
      subject: 'Nuova password per la console di {seller}',
      text: 'Con questo link imposta una nuova password. Funziona una sola volta, entro {minutes} minuti, e la disconnette ovunque. Se non l’ha richiesto, ignori questa e-mail: la sua password resta invariata.',
      button: 'Impostare una nuova password',
    },
    payment_failed: {
      subject: 'Il suo pagamento di {amount} a {seller} non è riuscito',
      text: 'Il pagamento di {amount} per la fattura {number} non è stato eseguito.',
      button: 'Pagare ora',
    },
    plan_changed: {
      subject: 'Il suo abbonamento presso {seller} è cambiato',
      text: 'Dal {date} il suo abbonamento è: {product}.',
      button: 'Gestire l’abbonamento',
    },
    portal_login: {
      subject: 'Accesso presso {seller}',
      text: 'Con questo link accede al suo account. Funziona una sola volta, entro {minutes} minuti. Se non l’ha richiesto, ignori questa e-mail.',
      button: 'Accedere',
    },
    quote: {
      subject: 'Preventivo {number} di {seller}',
      text: '{seller} le fa un’offerta di {amount}. È valida fino al {date}.',
      button: 'Vedere il preventivo',
    },
    receipt: {
      subject: 'Il suo pagamento di {amount} a {seller}',
      text: '{seller} ha ricevuto il suo pagamento di {amount}. Grazie.',
      button: 'Vedere la fattura e la ricevuta',
    },
    refund: {
      subject: 'Il suo rimborso di {amount} da {seller}',
      text: '{seller} ha rimborsato {amount}. Possono passare alcuni giorni prima che lo veda presso la sua banca.',
      button: 'Vedere i pagamenti',
    },
    renewal: {
      subject: '{product} si rinnova il {date}',
      text: 'Il suo abbonamento a {product} si rinnova il {date}. Le saranno addebitati {amount}. Se non lo desidera, disdica prima.',
      button: 'Gestire o disdire',
    },
    request_answered: {
      subject: 'La Sua richiesta a {seller} ha ricevuto risposta',
      text: '{seller} ha deciso sulla Sua richiesta del {instant}.',
      button: 'Vedi la conferma',
    },
    subscription_canceled: {
      subject: 'Il suo abbonamento a {product} è terminato',
      text: 'Il suo abbonamento a {product} è terminato il {date}. Non si rinnova.',
      button: 'Vedere l’account',
    },
    subscription_started: {
      subject: 'Il suo abbonamento a {product}',
      text: 'Grazie per l’abbonamento a {product}. Si rinnova finché non lo disdice, e può disdirlo in qualsiasi momento. Il prossimo periodo inizia il {date}.',
      button: 'Gestire o disdire',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} ha risposto alla sua domanda:',
      button: 'Vedere l’account',
    },
    trial_ending: {
      subject: 'La sua prova gratuita di {product} termina il {date}',
      text: 'La sua prova gratuita di {product} termina il {date}. Le saranno addebitati {amount}. Se non lo desidera, disdica prima.',
      button: 'Gestire o disdire',
    },
    withdrawal: {
      subject: 'Il suo recesso è stato ricevuto',
      text: '{seller} ha ricevuto il suo recesso il {instant}.',
      button: 'Vedere la conferma',
    },
  },
  reasons: {
    authentication: 'La sua banca chiede che lei lo confermi.',
    card_data: 'I dati della sua carta non sono più aggiornati. Usi un’altra carta.',
    declined: 'La sua banca lo ha rifiutato. Chieda alla sua banca o usi un’altra carta.',
    insufficient_funds: 'Sul conto della sua carta non c’erano fondi sufficienti.',
  },
  creditReasons: {
    duplicate: 'Addebitato due volte',
    fraudulent: 'Frode',
    order_change: 'Ordine modificato',
    product_unsatisfactory: 'Prodotto insoddisfacente',
  },
  retry: 'Il pagamento sarà tentato di nuovo il {date}.',
  labels: {
    amount: 'Importo',
    balance: 'Accreditato sul suo saldo',
    card: 'Carta',
    date: 'Data',
    elsewhere: 'Rimborsato con altri mezzi',
    key: 'Chiave di licenza',
    number: 'Numero',
    price: 'Prezzo',
    product: 'Prodotto',
    reason: 'Motivo',
    refunded: 'Rimborsato',
    takenOff: 'Detratto dall’importo dovuto',
  },
  manage: 'Il suo account: abbonamenti, carte e fatture',
  because: 'Riceve questa e-mail perché è cliente di {seller}.',
  becauseNamed: 'Riceve questa e-mail perché questo indirizzo è stato indicato in un messaggio a {seller}.',
  becauseSeller: 'Riceve questa e-mail perché risponde alle richieste dei clienti di {seller}.',
  cancel: 'Disdici senza accedere',
};
