import type { MailWords } from './words';

export const de: MailWords = {
  kinds: {
    action_required: {
      subject: 'Bestätigen Sie Ihre Zahlung von {amount} an {seller}',
      text: 'Ihre Bank bittet Sie, die Zahlung von {amount} für die Rechnung {number} zu bestätigen.',
      button: 'Zahlung bestätigen',
    },
    answer_overdue: {
      subject: 'Kundenanliegen {number} ist überfällig',
      text: 'Das Kundenanliegen {number} musste bis {date} beantwortet werden. Noch hat es niemand beantwortet.',
      button: 'Anliegen öffnen',
    },
    cancellation: {
      subject: 'Ihre Kündigung ist eingegangen',
      text: '{seller} hat Ihre Kündigung am {instant} erhalten.',
      button: 'Bestätigung ansehen',
    },
    cancellation_scheduled: {
      subject: 'Ihr Abonnement {product} endet am {date}',
      text: 'Sie können {product} bis zum {date} nutzen. Ihr Abonnement verlängert sich nicht.',
      button: 'Abonnement verwalten',
    },
    card_expiring: {
      subject: 'Ihre Karte bei {seller} läuft bald ab',
      text: 'Ihre Karte {card} läuft Ende {expiry} ab. Hinterlegen Sie eine neue Karte, damit Ihre Zahlungen weiterlaufen.',
      button: 'Karte aktualisieren',
    },
    credit_low: {
      subject: 'Ihr Guthaben bei {seller} geht zur Neige',
      text: 'Von Ihrem vorausbezahlten Guthaben sind weniger als {amount} übrig, und zurzeit wird nicht automatisch nachgekauft.',
      button: 'Guthaben verwalten',
    },
    credit_note: {
      subject: 'Gutschrift {number} von {seller}',
      text: '{seller} hat eine Gutschrift über {amount} zur Rechnung {invoice} ausgestellt.',
      button: 'Gutschrift ansehen',
    },
    dispute: {
      subject: 'Ihre Bank hat eine Zahlung von {amount} angefochten',
      text: 'Ihre Bank hat {seller} mitgeteilt, dass Sie der Zahlung von {amount} vom {date} widersprechen. Falls das ein Irrtum ist, sagen Sie Ihrer Bank, dass Sie die Zahlung anerkennen.',
      button: 'Zahlungen verwalten',
    },
    invoice: {
      subject: 'Rechnung {number} von {seller}',
      text: 'Bitte zahlen Sie {amount} bis zum {date}.',
      button: 'Rechnung ansehen und bezahlen',
    },
    invoice_due: {
      subject: 'Rechnung {number} ist am {date} fällig',
      text: 'Bitte denken Sie daran, bis zum {date} {amount} an {seller} zu zahlen. Falls Sie schon bezahlt haben, ignorieren Sie diese E-Mail.',
      button: 'Rechnung ansehen und bezahlen',
    },
    invoice_overdue: {
      subject: 'Rechnung {number} ist überfällig',
      text: 'Die Rechnung {number} war am {date} fällig, und davon sind noch {amount} offen. Falls Sie schon bezahlt haben, ignorieren Sie diese E-Mail.',
      button: 'Rechnung ansehen und bezahlen',
    },
    license: {
      subject: 'Ihr Lizenzschlüssel für {product}',
      text: 'Hier ist Ihr Lizenzschlüssel für {product}. Bewahren Sie diese E-Mail auf.',
      button: 'Öffnen',
    },
    password_reset: {
      subject: 'Neues Passwort für die Konsole von {seller}',
      text: 'Mit diesem Link legen Sie ein neues Passwort fest. Er gilt einmal, innerhalb von {minutes} Minuten, und meldet Sie überall ab. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail: Ihr Passwort bleibt unverändert.',
      button: 'Neues Passwort festlegen',
    },
    payment_failed: {
      subject: 'Ihre Zahlung von {amount} an {seller} ist fehlgeschlagen',
      text: 'Die Zahlung von {amount} für die Rechnung {number} wurde nicht ausgeführt.',
      button: 'Jetzt bezahlen',
    },
    plan_changed: {
      subject: 'Ihr Abonnement bei {seller} wurde geändert',
      text: 'Seit dem {date} lautet Ihr Abonnement: {product}.',
      button: 'Abonnement verwalten',
    },
    portal_login: {
      subject: 'Anmelden bei {seller}',
      text: 'Mit diesem Link melden Sie sich in Ihrem Konto an. Er gilt einmal, innerhalb von {minutes} Minuten. Wenn Sie ihn nicht angefordert haben, ignorieren Sie diese E-Mail.',
      button: 'Anmelden',
    },
    quote: {
      subject: 'Angebot {number} von {seller}',
      text: '{seller} macht Ihnen ein Angebot über {amount}. Es gilt bis zum {date}.',
      button: 'Angebot ansehen',
    },
    receipt: {
      subject: 'Ihre Zahlung von {amount} an {seller}',
      text: '{seller} hat Ihre Zahlung von {amount} erhalten. Vielen Dank.',
      button: 'Rechnung und Beleg ansehen',
    },
    refund: {
      subject: 'Ihre Erstattung von {amount} von {seller}',
      text: '{seller} hat {amount} erstattet. Es kann einige Tage dauern, bis Sie den Betrag bei Ihrer Bank sehen.',
      button: 'Zahlungen ansehen',
    },
    renewal: {
      subject: '{product} verlängert sich am {date}',
      text: 'Ihr Abonnement {product} verlängert sich am {date}. Dann werden {amount} abgebucht. Wenn Sie das nicht möchten, kündigen Sie vorher.',
      button: 'Verwalten oder kündigen',
    },
    request_answered: {
      subject: 'Ihr Anliegen an {seller} wurde beantwortet',
      text: '{seller} hat über Ihr Anliegen vom {instant} entschieden.',
      button: 'Bestätigung ansehen',
    },
    subscription_canceled: {
      subject: 'Ihr Abonnement {product} ist beendet',
      text: 'Ihr Abonnement {product} endete am {date}. Es verlängert sich nicht.',
      button: 'Konto ansehen',
    },
    subscription_started: {
      subject: 'Ihr Abonnement {product}',
      text: 'Vielen Dank für Ihr Abonnement {product}. Es verlängert sich, bis Sie kündigen; das können Sie jederzeit. Der nächste Zeitraum beginnt am {date}.',
      button: 'Verwalten oder kündigen',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} hat Ihre Frage beantwortet:',
      button: 'Konto ansehen',
    },
    trial_ending: {
      subject: 'Ihr kostenloser Test von {product} endet am {date}',
      text: 'Ihr kostenloser Test von {product} endet am {date}. Dann werden {amount} abgebucht. Wenn Sie das nicht möchten, kündigen Sie vorher.',
      button: 'Verwalten oder kündigen',
    },
    withdrawal: {
      subject: 'Ihr Widerruf ist eingegangen',
      text: '{seller} hat Ihren Widerruf am {instant} erhalten.',
      button: 'Bestätigung ansehen',
    },
  },
  reasons: {
    authentication: 'Ihre Bank möchte, dass Sie sie bestätigen.',
    card_data: 'Die Daten Ihrer Karte sind nicht mehr aktuell. Verwenden Sie eine andere Karte.',
    declined: 'Ihre Bank hat sie abgelehnt. Fragen Sie Ihre Bank oder verwenden Sie eine andere Karte.',
    insufficient_funds: 'Das Konto Ihrer Karte war nicht ausreichend gedeckt.',
  },
  creditReasons: {
    duplicate: 'Doppelt berechnet',
    fraudulent: 'Betrug',
    order_change: 'Geänderte Bestellung',
    product_unsatisfactory: 'Mangelhafte Leistung',
  },
  retry: 'Die Zahlung wird am {date} erneut versucht.',
  labels: {
    amount: 'Betrag',
    balance: 'Ihrem Konto gutgeschrieben',
    card: 'Karte',
    date: 'Datum',
    elsewhere: 'Anderweitig erstattet',
    key: 'Lizenzschlüssel',
    number: 'Nummer',
    price: 'Preis',
    product: 'Produkt',
    reason: 'Grund',
    refunded: 'Erstattet',
    takenOff: 'Vom fälligen Betrag abgezogen',
  },
  manage: 'Ihr Konto: Abonnements, Karten und Rechnungen',
  because: 'Sie erhalten diese E-Mail, weil Sie Kunde von {seller} sind.',
  becauseNamed: 'Sie erhalten diese E-Mail, weil diese Adresse in einer Nachricht an {seller} angegeben wurde.',
  becauseSeller: 'Sie erhalten diese E-Mail, weil Sie die Anliegen von Kunden von {seller} beantworten.',
  cancel: 'Ohne Anmeldung kündigen',
};
