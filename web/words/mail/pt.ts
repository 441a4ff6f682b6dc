import type { MailWords } from './words';

export const pt: MailWords = {
  kinds: {
    action_required: {
      subject: 'Confirme o seu pagamento de {amount} a {seller}',
      text: 'O seu banco pede que confirme o pagamento de {amount} da fatura {number}.',
      button: 'Confirmar o pagamento',
    },
    answer_overdue: {
      subject: 'O pedido {number} está em atraso',
      text: 'O pedido de cliente {number} tinha de ser respondido até {date}. Ainda ninguém respondeu.',
      button: 'Abrir o pedido',
    },
    cancellation: {
      subject: 'Recebemos o seu cancelamento',
      text: '{seller} recebeu o seu cancelamento em {instant}.',
      button: 'Ver a confirmação',
    },
    cancellation_scheduled: {
      subject: 'A sua assinatura de {product} termina em {date}',
      text: 'Pode usar {product} até {date}. A sua assinatura não é renovada.',
      button: 'Gerir a assinatura',
    },
    card_expiring: {
      subject: 'O seu cartão em {seller} expira em breve',
      text: 'O seu cartão {card} expira no fim de {expiry}. Adicione um novo cartão para que os seus pagamentos continuem.',
      button: 'Atualizar o cartão',
    },
    credit_low: {
      subject: 'O seu crédito em {seller} está a acabar',
      text: 'Restam menos de {amount} do seu crédito pré-pago e, de momento, não é comprado mais automaticamente.',
      button: 'Gerir o crédito',
    },
    credit_note: {
      subject: 'Nota de crédito {number} de {seller}',
      text: '{seller} emitiu uma nota de crédito de {amount} relativa à fatura {invoice}.',
      button: 'Ver a nota de crédito',
    },
    dispute: {
      subject: 'O seu banco contestou um pagamento de {amount}',
      text: 'O seu banco informou {seller} de que contesta o pagamento de {amount} de {date}. Se for um engano, diga ao seu banco que reconhece o pagamento.',
      button: 'Gerir os pagamentos',
    },
    invoice: {
      subject: 'Fatura {number} de {seller}',
      text: 'Pague {amount} até {date}, por favor.',
      button: 'Ver e pagar a fatura',
    },
    invoice_due: {
      subject: 'A fatura {number} vence em {date}',
      text: 'Lembre-se de pagar {amount} a {seller} até {date}. Se já pagou, ignore este e-mail.',
      button: 'Ver e pagar a fatura',
    },
    invoice_overdue: {
      subject: 'A fatura {number} está em atraso',
      text: 'A fatura {number} venceu em {date} e falta pagar {amount}. Se já pagou, ignore este e-mail.',
      button: 'Ver e pagar a fatura',
    },
    license: {
      subject: 'A sua chave de licença de {product}',
      text: 'Esta é a sua chave de licença de {product}. Guarde este e-mail.',
      button: 'Abrir',
    },
    password_reset: {
      subject: 'Nova palavra-passe para a consola de {seller}',
      text: 'Com este link define uma nova palavra-passe. Funciona uma vez, durante {minutes} minutos, e termina todas as suas sessões. Se não o pediu, ignore este e-mail: a sua palavra-passe não muda.',
      button: 'Definir uma nova palavra-passe',
    },
    payment_failed: {
      subject: 'O seu pagamento de {amount} a {seller} falhou',
      text: 'O pagamento de {amount} da fatura {number} não foi feito.',
      button: 'Pagar agora',
    },
    plan_changed: {
      subject: 'A sua assinatura em {seller} mudou',
      text: 'Desde {date} a sua assinatura é: {product}.',
      button: 'Gerir a assinatura',
    },
    portal_login: {
      subject: 'Entrar em {seller}',
      text: 'Com este link entra na sua conta. Funciona uma vez, durante {minutes} minutos. Se não o pediu, ignore este e-mail.',
      button: 'Entrar',
    },
    quote: {
      subject: 'Orçamento {number} de {seller}',
      text: '{seller} faz-lhe uma proposta de {amount}. É válida até {date}.',
      button: 'Ver o orçamento',
    },
    receipt: {
      subject: 'O seu pagamento de {amount} a {seller}',
      text: '{seller} recebeu o seu pagamento de {amount}. Obrigado.',
      button: 'Ver a fatura e o recibo',
    },
    refund: {
      subject: 'O seu reembolso de {amount} de {seller}',
      text: '{seller} reembolsou {amount}. Pode demorar alguns dias até o ver no seu banco.',
      button: 'Ver os pagamentos',
    },
    renewal: {
      subject: '{product} é renovado em {date}',
      text: 'A sua assinatura de {product} é renovada em {date}. Nesse dia são cobrados {amount}. Se não quiser, cancele antes.',
      button: 'Gerir ou cancelar',
    },
    request_answered: {
      subject: 'O seu pedido a {seller} foi respondido',
      text: '{seller} decidiu sobre o seu pedido de {instant}.',
      button: 'Ver a confirmação',
    },
    subscription_canceled: {
      subject: 'A sua assinatura de {product} terminou',
      text: 'A sua assinatura de {product} terminou em {date}. Não é renovada.',
      button: 'Ver a conta',
    },
    subscription_started: {
      subject: 'A sua assinatura de {product}',
      text: 'Obrigado por assinar {product}. É renovada até que a cancele, e pode cancelá-la a qualquer momento. O próximo período começa em {date}.',
      button: 'Gerir ou cancelar',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} respondeu à sua pergunta:',
      button: 'Ver a conta',
    },
    trial_ending: {
      subject: 'O seu teste gratuito de {product} termina em {date}',
      text: 'O seu teste gratuito de {product} termina em {date}. Nesse dia são cobrados {amount}. Se não quiser, cancele antes.',
      button: 'Gerir ou cancelar',
    },
    withdrawal: {
      subject: 'Recebemos a sua livre resolução',
      text: '{seller} recebeu a sua livre resolução em {instant}.',
      button: 'Ver a confirmação',
    },
  },
  reasons: {
    authentication: 'O seu banco quer que o confirme.',
    card_data: 'Os dados do seu cartão estão desatualizados. Use outro cartão.',
    declined: 'O seu banco recusou-o. Fale com o seu banco ou use outro cartão.',
    insufficient_funds: 'Não havia saldo suficiente na conta do seu cartão.',
  },
  creditReasons: {
    duplicate: 'Cobrado duas vezes',
    fraudulent: 'Fraude',
    order_change: 'Encomenda alterada',
    product_unsatisfactory: 'Produto insatisfatório',
  },
  retry: 'O pagamento será tentado de novo em {date}.',
  labels: {
    amount: 'Montante',
    balance: 'Creditado no seu saldo',
    card: 'Cartão',
    date: 'Data',
    elsewhere: 'Reembolsado por outro meio',
    key: 'Chave de licença',
    number: 'Número',
    price: 'Preço',
    product: 'Produto',
    reason: 'Motivo',
    refunded: 'Reembolsado',
    takenOff: 'Deduzido do valor a pagar',
  },
  manage: 'A sua conta: assinaturas, cartões e faturas',
  because: 'Recebe este e-mail porque é cliente de {seller}.',
  becauseNamed: 'Recebe este e-mail porque este endereço foi indicado numa mensagem a {seller}.',
  becauseSeller: 'Recebe este e-mail porque responde aos pedidos dos clientes de {seller}.',
  cancel: 'Cancelar sem iniciar sessão',
};
