import type { MailWords } from './words';

export const es: MailWords = {
  kinds: {
    action_required: {
      subject: 'Confirme su pago de {amount} a {seller}',
      text: 'Su banco le pide que confirme el pago de {amount} de la factura {number}.',
      button: 'Confirmar el pago',
    },
    answer_overdue: {
      subject: 'La solicitud {number} está vencida',
      text: 'La solicitud de cliente {number} debía responderse a más tardar el {date}. Nadie la ha respondido todavía.',
      button: 'Abrir la solicitud',
    },
    cancellation: {
      subject: 'Hemos recibido su cancelación',
      text: '{seller} recibió su cancelación el {instant}.',
      button: 'Ver la confirmación',
    },
    cancellation_scheduled: {
      subject: 'Su suscripción a {product} termina el {date}',
      text: 'Puede usar {product} hasta el {date}. Su suscripción no se renueva.',
      button: 'Gestionar la suscripción',
    },
    card_expiring: {
      subject: 'Su tarjeta en {seller} caduca pronto',
      text: 'Su tarjeta {card} caduca a finales de {expiry}. Añada una tarjeta nueva para que sus pagos continúen.',
      button: 'Actualizar la tarjeta',
    },
    credit_low: {
      subject: 'Su crédito en {seller} se está agotando',
      text: 'Queda menos de {amount} de su crédito prepagado y por ahora no se compra más automáticamente.',
      button: 'Gestionar el crédito',
    },
    credit_note: {
      subject: 'Factura rectificativa {number} de {seller}',
      text: '{seller} ha emitido una factura rectificativa de {amount} por la factura {invoice}.',
      button: 'Ver la factura rectificativa',
    },
    dispute: {
      subject: 'Su banco ha disputado un pago de {amount}',
      text: 'Su banco ha comunicado a {seller} que usted disputa el pago de {amount} del {date}. Si es un error, diga a su banco que reconoce el pago.',
      button: 'Gestionar los pagos',
    },
    invoice: {
      subject: 'Factura {number} de {seller}',
      text: 'Por favor, pague {amount} a más tardar el {date}.',
      button: 'Ver y pagar la factura',
    },
    invoice_due: {
      subject: 'La factura {number} vence el {date}',
      text: 'Recuerde pagar {amount} a {seller} a más tardar el {date}. Si ya ha pagado, ignore este correo.',
      button: 'Ver y pagar la factura',
    },
    invoice_overdue: {
      subject: 'La factura {number} está vencida',
      text: 'La factura {number} venció el {date} y quedan {amount} por pagar. Si ya ha pagado, ignore este correo.',
      button: 'Ver y pagar la factura',
    },
    license: {
      subject: 'Su clave de licencia de {product}',
      text: 'Esta es su clave de licencia de {product}. Conserve este correo.',
      button: 'Abrir',
    },
    password_reset: {
      subject: 'Nueva contraseña para la consola de {seller}',
      text: 'Con este enlace establece una nueva contraseña. Funciona una sola vez, durante {minutes} minutos, y cierra todas sus sesiones. Si no lo ha pedido, ignore este correo: su contraseña no cambia.',
      button: 'Establecer una nueva contraseña',
    },
    payment_failed: {
      subject: 'Su pago de {amount} a {seller} ha fallado',
      text: 'El pago de {amount} de la factura {number} no se ha realizado.',
      button: 'Pagar ahora',
    },
    plan_changed: {
      subject: 'Su suscripción en {seller} ha cambiado',
      text: 'Desde el {date} su suscripción es: {product}.',
      button: 'Gestionar la suscripción',
    },
    portal_login: {
      subject: 'Iniciar sesión en {seller}',
      text: 'Con este enlace inicia sesión en su cuenta. Funciona una sola vez, durante {minutes} minutos. Si no lo ha pedido, ignore este correo.',
      button: 'Iniciar sesión',
    },
    quote: {
      subject: 'Presupuesto {number} de {seller}',
      text: '{seller} le hace una oferta de {amount}. Es válida hasta el {date}.',
      button: 'Ver el presupuesto',
    },
    receipt: {
      subject: 'Su pago de {amount} a {seller}',
      text: '{seller} ha recibido su pago de {amount}. Gracias.',
      button: 'Ver la factura y el recibo',
    },
    refund: {
      subject: 'Su reembolso de {amount} de {seller}',
      text: '{seller} ha reembolsado {amount}. Puede tardar algunos días en aparecer en su banco.',
      button: 'Ver los pagos',
    },
    renewal: {
      subject: '{product} se renueva el {date}',
      text: 'Su suscripción a {product} se renueva el {date}. Entonces se le cobrarán {amount}. Si no lo desea, cancele antes.',
      button: 'Gestionar o cancelar',
    },
    request_answered: {
      subject: 'Su solicitud a {seller} ha sido respondida',
      text: '{seller} ha decidido sobre su solicitud del {instant}.',
      button: 'Ver la confirmación',
    },
    subscription_canceled: {
      subject: 'Su suscripción a {product} ha terminado',
      text: 'Su suscripción a {product} terminó el {date}. No se renueva.',
      button: 'Ver la cuenta',
    },
    subscription_started: {
      subject: 'Su suscripción a {product}',
      text: 'Gracias por suscribirse a {product}. Se renueva hasta que la cancele, y puede cancelarla en cualquier momento. El próximo período comienza el {date}.',
      button: 'Gestionar o cancelar',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} ha respondido a su pregunta:',
      button: 'Ver la cuenta',
    },
    trial_ending: {
      subject: 'Su prueba gratuita de {product} termina el {date}',
      text: 'Su prueba gratuita de {product} termina el {date}. Entonces se le cobrarán {amount}. Si no lo desea, cancele antes.',
      button: 'Gestionar o cancelar',
    },
    withdrawal: {
      subject: 'Hemos recibido su desistimiento',
      text: '{seller} recibió su desistimiento el {instant}.',
      button: 'Ver la confirmación',
    },
  },
  reasons: {
    authentication: 'Su banco quiere que lo confirme.',
    card_data: 'Los datos de su tarjeta ya no son válidos. Use otra tarjeta.',
    declined: 'Su banco lo ha rechazado. Consulte a su banco o use otra tarjeta.',
    insufficient_funds: 'No había fondos suficientes en la cuenta de su tarjeta.',
  },
  creditReasons: {
    duplicate: 'Cobrado dos veces',
    fraudulent: 'Fraude',
    order_change: 'Cambio de pedido',
    product_unsatisfactory: 'Producto insatisfactorio',
  },
  retry: 'El pago se intentará de nuevo el {date}.',
  labels: {
    amount: 'Importe',
    balance: 'Abonado a su saldo',
    card: 'Tarjeta',
    date: 'Fecha',
    elsewhere: 'Reembolsado por otro medio',
    key: 'Clave de licencia',
    number: 'Número',
    price: 'Precio',
    product: 'Producto',
    reason: 'Motivo',
    refunded: 'Reembolsado',
    takenOff: 'Descontado del importe pendiente',
  },
  manage: 'Su cuenta: suscripciones, tarjetas y facturas',
  because: 'Recibe este correo porque es cliente de {seller}.',
  becauseNamed: 'Recibe este correo porque en un mensaje a {seller} se indicó esta dirección.',
  becauseSeller: 'Recibe este correo porque responde a las solicitudes de los clientes de {seller}.',
  cancel: 'Cancelar sin iniciar sesión',
};
