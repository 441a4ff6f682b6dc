import type { MailWords } from './words';

export const en: MailWords = {
  kinds: {
    action_required: {
      subject: 'Approve your payment of {amount} to {seller}',
      text: 'Your bank asks you to approve the payment of {amount} for invoice {number}.',
      button: 'Approve the payment',
    },
    answer_overdue: {
      subject: 'Customer request {number} is overdue',
      text: 'The customer request {number} had to be answered by {date}. Nobody has answered it yet.',
      button: 'Open the request',
    },
    cancellation: {
      subject: 'Your cancellation has been received',
      text: '{seller} received your cancellation on {instant}.',
      button: 'View the confirmation',
    },
    cancellation_scheduled: {
      subject: 'Your subscription to {product} ends on {date}',
      text: 'You can use {product} until {date}. Your subscription does not renew.',
      button: 'Manage subscription',
    },
    card_expiring: {
      subject: 'Your card at {seller} expires soon',
      text: 'Your card {card} expires at the end of {expiry}. Add a new card so that your payments continue.',
      button: 'Update your card',
    },
    credit_low: {
      subject: 'Your credit at {seller} is running low',
      text: 'Less than {amount} of your prepaid credit is left, and no more is bought automatically at the moment.',
      button: 'Manage credit',
    },
    credit_note: {
      subject: 'Credit note {number} from {seller}',
      text: '{seller} has issued a credit note of {amount} for invoice {invoice}.',
      button: 'View the credit note',
    },
    dispute: {
      subject: 'Your bank has disputed a payment of {amount}',
      text: 'Your bank told {seller} that you dispute the payment of {amount} made on {date}. If this is a mistake, tell your bank that you recognize the payment.',
      button: 'Manage payments',
    },
    invoice: {
      subject: 'Invoice {number} from {seller}',
      text: 'Please pay {amount} by {date}.',
      button: 'View and pay the invoice',
    },
    invoice_due: {
      subject: 'Invoice {number} is due on {date}',
      text: 'Please remember to pay {amount} to {seller} by {date}. If you have paid already, ignore this mail.',
      button: 'View and pay the invoice',
    },
    invoice_overdue: {
      subject: 'Invoice {number} is overdue',
      text: 'Invoice {number} was due on {date}, and {amount} of it is not paid yet. If you have paid already, ignore this mail.',
      button: 'View and pay the invoice',
    },
    license: {
      subject: 'Your license key for {product}',
      text: 'Here is your license key for {product}. Keep this mail.',
      button: 'Open',
    },
    password_reset: {
      subject: 'Set a new password for the console of {seller}',
      text: 'With this link you set a new password. It works once, within {minutes} minutes, and logs you out everywhere. If you did not ask for it, ignore this mail: your password stays as it is.',
      button: 'Set a new password',
    },
    payment_failed: {
      subject: 'Your payment of {amount} to {seller} failed',
      text: 'The payment of {amount} for invoice {number} was not made.',
      button: 'Pay now',
    },
    plan_changed: {
      subject: 'Your subscription at {seller} has changed',
      text: 'Since {date} your subscription is: {product}.',
      button: 'Manage subscription',
    },
    portal_login: {
      subject: 'Log in at {seller}',
      text: 'With this link you log in to your account. It works once, within {minutes} minutes. If you did not ask for it, ignore this mail.',
      button: 'Log in',
    },
    quote: {
      subject: 'Quote {number} from {seller}',
      text: '{seller} makes you an offer of {amount}. It is valid until {date}.',
      button: 'View the quote',
    },
    receipt: {
      subject: 'Your payment of {amount} to {seller}',
      text: '{seller} has received your payment of {amount}. Thank you.',
      button: 'View the invoice and receipt',
    },
    refund: {
      subject: 'Your refund of {amount} from {seller}',
      text: '{seller} has refunded {amount}. It can take some days until you see it at your bank.',
      button: 'View payments',
    },
    renewal: {
      subject: '{product} renews on {date}',
      text: 'Your subscription to {product} renews on {date}. You will be charged {amount} then. If you do not want this, cancel before.',
      button: 'Manage or cancel',
    },
    request_answered: {
      subject: 'Your request to {seller} has been answered',
      text: '{seller} has decided on your request of {instant}.',
      button: 'View the confirmation',
    },
    subscription_canceled: {
      subject: 'Your subscription to {product} has ended',
      text: 'Your subscription to {product} ended on {date}. It does not renew.',
      button: 'View account',
    },
    subscription_started: {
      subject: 'Your subscription to {product}',
      text: 'Thank you for subscribing to {product}. It renews until you cancel, and you can cancel at any time. The next period begins on {date}.',
      button: 'Manage or cancel',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} has answered your question:',
      button: 'View account',
    },
    trial_ending: {
      subject: 'Your free trial of {product} ends on {date}',
      text: 'Your free trial of {product} ends on {date}. You will be charged {amount} then. If you do not want this, cancel before.',
      button: 'Manage or cancel',
    },
    withdrawal: {
      subject: 'Your withdrawal has been received',
      text: '{seller} received your withdrawal on {instant}.',
      button: 'View the confirmation',
    },
  },
  reasons: {
    authentication: 'Your bank wants you to approve it.',
    card_data: 'The details of your card are out of date. Use another card.',
    declined: 'Your bank declined it. Ask your bank, or use another card.',
    insufficient_funds: 'There was not enough money in your card’s account.',
  },
  creditReasons: {
    duplicate: 'Charged twice',
    fraudulent: 'Fraud',
    order_change: 'The order was changed',
    product_unsatisfactory: 'The product was not as expected',
  },
  retry: 'The payment will be tried again on {date}.',
  labels: {
    amount: 'Amount',
    balance: 'Credited to your balance',
    card: 'Card',
    date: 'Date',
    elsewhere: 'Refunded by other means',
    key: 'License key',
    number: 'Number',
    price: 'Price',
    product: 'Product',
    reason: 'Reason',
    refunded: 'Refunded',
    takenOff: 'Taken off the amount due',
  },
  manage: 'Your account: subscriptions, cards and invoices',
  because: 'You get this mail because you are a customer of {seller}.',
  becauseNamed: 'You get this mail because a message to {seller} named this address.',
  becauseSeller: 'You get this mail because you answer the requests of customers of {seller}.',
  cancel: 'Cancel without logging in',
};
