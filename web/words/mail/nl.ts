import type { MailWords } from './words';

export const nl: MailWords = {
  kinds: {
    action_required: {
      subject: 'Bevestig uw betaling van {amount} aan {seller}',
      text: 'Uw bank vraagt u de betaling van {amount} voor factuur {number} te bevestigen.',
      button: 'Betaling bevestigen',
    },
    answer_overdue: {
      subject: 'Klantverzoek {number} is te laat',
      text: 'Het klantverzoek {number} moest uiterlijk op {date} worden beantwoord. Niemand heeft het nog beantwoord.',
      button: 'Verzoek openen',
    },
    cancellation: {
      subject: 'Uw opzegging is ontvangen',
      text: '{seller} heeft uw opzegging ontvangen op {instant}.',
      button: 'Bevestiging bekijken',
    },
    cancellation_scheduled: {
      subject: 'Uw abonnement op {product} eindigt op {date}',
      text: 'U kunt {product} gebruiken tot {date}. Uw abonnement wordt niet verlengd.',
      button: 'Abonnement beheren',
    },
    card_expiring: {
      subject: 'Uw kaart bij {seller} verloopt binnenkort',
      text: 'Uw kaart {card} verloopt eind {expiry}. Voeg een nieuwe kaart toe zodat uw betalingen doorgaan.',
      button: 'Kaart bijwerken',
    },
    credit_low: {
      subject: 'Uw tegoed bij {seller} raakt op',
      text: 'Er is minder dan {amount} van uw vooraf betaalde tegoed over en er wordt nu niet automatisch bijgekocht.',
      button: 'Tegoed beheren',
    },
    credit_note: {
      subject: 'Creditfactuur {number} van {seller}',
      text: '{seller} heeft een creditfactuur van {amount} gemaakt voor factuur {invoice}.',
      button: 'Creditfactuur bekijken',
    },
    dispute: {
      subject: 'Uw bank heeft een betaling van {amount} betwist',
      text: 'Uw bank heeft {seller} laten weten dat u de betaling van {amount} van {date} betwist. Als dit een vergissing is, zeg dan tegen uw bank dat u de betaling herkent.',
      button: 'Betalingen beheren',
    },
    invoice: {
      subject: 'Factuur {number} van {seller}',
      text: 'Betaal {amount} uiterlijk op {date}.',
      button: 'Factuur bekijken en betalen',
    },
    invoice_due: {
      subject: 'Factuur {number} moet uiterlijk op {date} worden betaald',
      text: 'Denk eraan om uiterlijk op {date} {amount} aan {seller} te betalen. Als u al hebt betaald, negeer dan deze e-mail.',
      button: 'Factuur bekijken en betalen',
    },
    invoice_overdue: {
      subject: 'Factuur {number} is te laat',
      text: 'Factuur {number} moest uiterlijk op {date} worden betaald, en {amount} daarvan staat nog open. Als u al hebt betaald, negeer dan deze e-mail.',
      button: 'Factuur bekijken en betalen',
    },
    license: {
      subject: 'Uw licentiesleutel voor {product}',
      text: 'Dit is uw licentiesleutel voor {product}. Bewaar deze e-mail.',
      button: 'Openen',
    },
    password_reset: {
      subject: 'Nieuw wachtwoord voor de console van {seller}',
      text: 'Met deze link stelt u een nieuw wachtwoord in. Hij werkt één keer, binnen {minutes} minuten, en logt u overal uit. Hebt u er niet om gevraagd, negeer deze e-mail dan: uw wachtwoord blijft zoals het is.',
      button: 'Nieuw wachtwoord instellen',
    },
    payment_failed: {
      subject: 'Uw betaling van {amount} aan {seller} is mislukt',
      text: 'De betaling van {amount} voor factuur {number} is niet gedaan.',
      button: 'Nu betalen',
    },
    plan_changed: {
      subject: 'Uw abonnement bij {seller} is gewijzigd',
      text: 'Sinds {date} is uw abonnement: {product}.',
      button: 'Abonnement beheren',
    },
    portal_login: {
      subject: 'Inloggen bij {seller}',
      text: 'Met deze link logt u in op uw account. Hij werkt één keer, binnen {minutes} minuten. Hebt u er niet om gevraagd, negeer deze e-mail dan.',
      button: 'Inloggen',
    },
    quote: {
      subject: 'Offerte {number} van {seller}',
      text: '{seller} doet u een aanbod van {amount}. Het is geldig tot {date}.',
      button: 'Offerte bekijken',
    },
    receipt: {
      subject: 'Uw betaling van {amount} aan {seller}',
      text: '{seller} heeft uw betaling van {amount} ontvangen. Bedankt.',
      button: 'Factuur en betaalbewijs bekijken',
    },
    refund: {
      subject: 'Uw terugbetaling van {amount} van {seller}',
      text: '{seller} heeft {amount} terugbetaald. Het kan enkele dagen duren voordat u het bij uw bank ziet.',
      button: 'Betalingen bekijken',
    },
    renewal: {
      subject: '{product} wordt verlengd op {date}',
      text: 'Uw abonnement op {product} wordt verlengd op {date}. Dan wordt {amount} afgeschreven. Wilt u dat niet, zeg dan eerder op.',
      button: 'Beheren of opzeggen',
    },
    request_answered: {
      subject: 'Uw verzoek aan {seller} is beantwoord',
      text: '{seller} heeft een besluit genomen over uw verzoek van {instant}.',
      button: 'Bevestiging bekijken',
    },
    subscription_canceled: {
      subject: 'Uw abonnement op {product} is beëindigd',
      text: 'Uw abonnement op {product} eindigde op {date}. Het wordt niet verlengd.',
      button: 'Account bekijken',
    },
    subscription_started: {
      subject: 'Uw abonnement op {product}',
      text: 'Bedankt voor uw abonnement op {product}. Het wordt verlengd tot u opzegt, en dat kan op elk moment. De volgende periode begint op {date}.',
      button: 'Beheren of opzeggen',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} heeft uw vraag beantwoord:',
      button: 'Account bekijken',
    },
    trial_ending: {
      subject: 'Uw gratis proefperiode van {product} eindigt op {date}',
      text: 'Uw gratis proefperiode van {product} eindigt op {date}. Dan wordt {amount} afgeschreven. Wilt u dat niet, zeg dan eerder op.',
      button: 'Beheren of opzeggen',
    },
    withdrawal: {
      subject: 'Uw herroeping is ontvangen',
      text: '{seller} heeft uw herroeping ontvangen op {instant}.',
      button: 'Bevestiging bekijken',
    },
  },
  reasons: {
    authentication: 'Uw bank wil dat u haar bevestigt.',
    card_data: 'De gegevens van uw kaart zijn verouderd. Gebruik een andere kaart.',
    declined: 'Uw bank heeft haar geweigerd. Vraag het uw bank of gebruik een andere kaart.',
    insufficient_funds: 'Er stond niet genoeg geld op de rekening van uw kaart.',
  },
  creditReasons: {
    duplicate: 'Dubbel in rekening gebracht',
    fraudulent: 'Fraude',
    order_change: 'Bestelling gewijzigd',
    product_unsatisfactory: 'Product voldoet niet',
  },
  retry: 'De betaling wordt opnieuw geprobeerd op {date}.',
  labels: {
    amount: 'Bedrag',
    balance: 'Bijgeschreven op uw tegoed',
    card: 'Kaart',
    date: 'Datum',
    elsewhere: 'Op andere wijze terugbetaald',
    key: 'Licentiesleutel',
    number: 'Nummer',
    price: 'Prijs',
    product: 'Product',
    reason: 'Reden',
    refunded: 'Terugbetaald',
    takenOff: 'Afgetrokken van het te betalen bedrag',
  },
  manage: 'Uw account: abonnementen, kaarten en facturen',
  because: 'U krijgt deze e-mail omdat u klant bent van {seller}.',
  becauseNamed: 'U krijgt deze e-mail omdat dit adres in een bericht aan {seller} is opgegeven.',
  becauseSeller: 'U krijgt deze e-mail omdat u verzoeken van klanten van {seller} beantwoordt.',
  cancel: 'Opzeggen zonder in te loggen',
};
