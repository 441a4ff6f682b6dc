import type { MailWords } from './words';

export const pl: MailWords = {
  kinds: {
    action_required: {
      subject: 'Potwierdź płatność {amount} dla {seller}',
      text: 'Twój bank prosi o potwierdzenie płatności {amount} za fakturę {number}.',
      button: 'Potwierdź płatność',
    },
    answer_overdue: {
      subject: 'Minął termin odpowiedzi na żądanie {number}',
      text: 'Na żądanie klienta {number} trzeba było odpowiedzieć do {date}. Nikt jeszcze nie odpowiedział.',
      button: 'Otwórz żądanie',
    },
    cancellation: {
      subject: 'Otrzymaliśmy Twoje wypowiedzenie umowy',
      text: '{seller} otrzymał Twoje wypowiedzenie umowy w dniu {instant}.',
      button: 'Zobacz potwierdzenie',
    },
    cancellation_scheduled: {
      subject: 'Twoja subskrypcja {product} kończy się {date}',
      text: 'Możesz korzystać z {product} do {date}. Subskrypcja nie odnowi się.',
      button: 'Zarządzaj subskrypcją',
    },
    card_expiring: {
      subject: 'Twoja karta w {seller} wkrótce wygaśnie',
      text: 'Karta {card} traci ważność z końcem miesiąca: {expiry}. Dodaj nową kartę, aby płatności były kontynuowane.',
      button: 'Zaktualizuj kartę',
    },
    credit_low: {
      subject: 'Twoje środki w {seller} się kończą',
      text: 'Zostało mniej niż {amount} przedpłaconych środków, a obecnie nie są one automatycznie uzupełniane.',
      button: 'Zarządzaj środkami',
    },
    credit_note: {
      subject: 'Faktura korygująca {number} od {seller}',
      text: '{seller} wystawił fakturę korygującą na {amount} do faktury {invoice}.',
      button: 'Zobacz fakturę korygującą',
    },
    dispute: {
      subject: 'Twój bank zakwestionował płatność {amount}',
      text: 'Twój bank poinformował {seller}, że kwestionujesz płatność {amount} z dnia {date}. Jeśli to pomyłka, powiedz bankowi, że rozpoznajesz tę płatność.',
      button: 'Zarządzaj płatnościami',
    },
    invoice: {
      subject: 'Faktura {number} od {seller}',
      text: 'Prosimy o zapłatę {amount} do {date}.',
      button: 'Zobacz i zapłać fakturę',
    },
    invoice_due: {
      subject: 'Termin płatności faktury {number}: {date}',
      text: 'Przypominamy o zapłacie {amount} dla {seller} do {date}. Jeśli płatność została już dokonana, zignoruj tę wiadomość.',
      button: 'Zobacz i zapłać fakturę',
    },
    invoice_overdue: {
      subject: 'Minął termin płatności faktury {number}',
      text: 'Termin płatności faktury {number} minął {date}, a do zapłaty pozostało {amount}. Jeśli płatność została już dokonana, zignoruj tę wiadomość.',
      button: 'Zobacz i zapłać fakturę',
    },
    license: {
      subject: 'Twój klucz licencyjny do {product}',
      text: 'Oto Twój klucz licencyjny do {product}. Zachowaj tę wiadomość.',
      button: 'Otwórz',
    },
    password_reset: {
      subject: 'Nowe hasło do konsoli {seller}',
      text: 'Ten link pozwala ustawić nowe hasło. Działa raz, w ciągu {minutes} minut, i wylogowuje Cię wszędzie. Jeśli to nie Twoja prośba, zignoruj tę wiadomość: hasło pozostanie bez zmian.',
      button: 'Ustaw nowe hasło',
    },
    payment_failed: {
      subject: 'Płatność {amount} dla {seller} nie powiodła się',
      text: 'Płatność {amount} za fakturę {number} nie została wykonana.',
      button: 'Zapłać teraz',
    },
    plan_changed: {
      subject: 'Twoja subskrypcja w {seller} została zmieniona',
      text: 'Od {date} Twoja subskrypcja to: {product}.',
      button: 'Zarządzaj subskrypcją',
    },
    portal_login: {
      subject: 'Logowanie w {seller}',
      text: 'Ten link loguje Cię na Twoje konto. Działa raz, w ciągu {minutes} minut. Jeśli to nie Twoja prośba, zignoruj tę wiadomość.',
      button: 'Zaloguj się',
    },
    quote: {
      subject: 'Oferta {number} od {seller}',
      text: '{seller} składa Ci ofertę na kwotę {amount}. Jest ważna do {date}.',
      button: 'Zobacz ofertę',
    },
    receipt: {
      subject: 'Twoja płatność {amount} dla {seller}',
      text: '{seller} otrzymał Twoją płatność {amount}. Dziękujemy.',
      button: 'Zobacz fakturę i potwierdzenie',
    },
    refund: {
      subject: 'Zwrot {amount} od {seller}',
      text: '{seller} zwrócił {amount}. Może minąć kilka dni, zanim zobaczysz zwrot w swoim banku.',
      button: 'Zobacz płatności',
    },
    renewal: {
      subject: '{product} odnawia się {date}',
      text: 'Twoja subskrypcja {product} odnawia się {date}. Zostanie wtedy pobrane {amount}. Jeśli tego nie chcesz, anuluj ją wcześniej.',
      button: 'Zarządzaj lub anuluj',
    },
    request_answered: {
      subject: 'Odpowiedź na Twoje żądanie do {seller}',
      text: '{seller} podjął decyzję w sprawie Twojego żądania z {instant}.',
      button: 'Zobacz potwierdzenie',
    },
    subscription_canceled: {
      subject: 'Twoja subskrypcja {product} zakończyła się',
      text: 'Twoja subskrypcja {product} zakończyła się {date}. Nie odnowi się.',
      button: 'Zobacz konto',
    },
    subscription_started: {
      subject: 'Twoja subskrypcja {product}',
      text: 'Dziękujemy za subskrypcję {product}. Odnawia się, dopóki jej nie anulujesz, a możesz to zrobić w każdej chwili. Następny okres zaczyna się {date}.',
      button: 'Zarządzaj lub anuluj',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} odpowiedział na Twoje pytanie:',
      button: 'Zobacz konto',
    },
    trial_ending: {
      subject: 'Twój bezpłatny okres próbny {product} kończy się {date}',
      text: 'Twój bezpłatny okres próbny {product} kończy się {date}. Zostanie wtedy pobrane {amount}. Jeśli tego nie chcesz, anuluj subskrypcję wcześniej.',
      button: 'Zarządzaj lub anuluj',
    },
    withdrawal: {
      subject: 'Otrzymaliśmy Twoje odstąpienie od umowy',
      text: '{seller} otrzymał Twoje odstąpienie od umowy w dniu {instant}.',
      button: 'Zobacz potwierdzenie',
    },
  },
  reasons: {
    authentication: 'Twój bank prosi o jej potwierdzenie.',
    card_data: 'Dane Twojej karty są nieaktualne. Użyj innej karty.',
    declined: 'Twój bank ją odrzucił. Zapytaj w banku lub użyj innej karty.',
    insufficient_funds: 'Na koncie karty nie było wystarczających środków.',
  },
  creditReasons: {
    duplicate: 'Naliczono dwa razy',
    fraudulent: 'Oszustwo',
    order_change: 'Zmiana zamówienia',
    product_unsatisfactory: 'Niezadowalający produkt',
  },
  retry: 'Płatność zostanie ponowiona {date}.',
  labels: {
    amount: 'Kwota',
    balance: 'Zapisano na Twoim saldzie',
    card: 'Karta',
    date: 'Data',
    elsewhere: 'Zwrócono w inny sposób',
    key: 'Klucz licencyjny',
    number: 'Numer',
    price: 'Cena',
    product: 'Produkt',
    reason: 'Powód',
    refunded: 'Zwrócono',
    takenOff: 'Odjęto od kwoty do zapłaty',
  },
  manage: 'Twoje konto: subskrypcje, karty i faktury',
  because: 'Otrzymujesz tę wiadomość, ponieważ korzystasz z usług {seller}.',
  becauseNamed: 'Otrzymujesz tę wiadomość, ponieważ ten adres podano w wiadomości do {seller}.',
  becauseSeller: 'Otrzymujesz tę wiadomość, ponieważ odpowiadasz na żądania klientów {seller}.',
  cancel: 'Wypowiedz bez logowania',
};
