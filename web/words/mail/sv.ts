import type { MailWords } from './words';

export const sv: MailWords = {
  kinds: {
    action_required: {
      subject: 'Godkänn din betalning på {amount} till {seller}',
      text: 'Din bank ber dig godkänna betalningen på {amount} för faktura {number}.',
      button: 'Godkänn betalningen',
    },
    answer_overdue: {
      subject: 'Kundförfrågan {number} är försenad',
      text: 'Kundförfrågan {number} skulle besvaras senast {date}. Ingen har besvarat den ännu.',
      button: 'Öppna förfrågan',
    },
    cancellation: {
      subject: 'Din uppsägning har tagits emot',
      text: '{seller} tog emot din uppsägning den {instant}.',
      button: 'Visa bekräftelsen',
    },
    cancellation_scheduled: {
      subject: 'Din prenumeration på {product} upphör den {date}',
      text: 'Du kan använda {product} till den {date}. Din prenumeration förnyas inte.',
      button: 'Hantera prenumerationen',
    },
    card_expiring: {
      subject: 'Ditt kort hos {seller} går snart ut',
      text: 'Ditt kort {card} går ut i slutet av {expiry}. Lägg till ett nytt kort så att dina betalningar fortsätter.',
      button: 'Uppdatera kortet',
    },
    credit_low: {
      subject: 'Ditt tillgodohavande hos {seller} håller på att ta slut',
      text: 'Mindre än {amount} av ditt förbetalda tillgodohavande finns kvar, och just nu köps inget mer automatiskt.',
      button: 'Hantera tillgodohavandet',
    },
    credit_note: {
      subject: 'Kreditfaktura {number} från {seller}',
      text: '{seller} har utfärdat en kreditfaktura på {amount} för faktura {invoice}.',
      button: 'Visa kreditfakturan',
    },
    dispute: {
      subject: 'Din bank har bestridit en betalning på {amount}',
      text: 'Din bank har meddelat {seller} att du bestrider betalningen på {amount} från den {date}. Om det är ett misstag, säg till din bank att du känner igen betalningen.',
      button: 'Hantera betalningar',
    },
    invoice: {
      subject: 'Faktura {number} från {seller}',
      text: 'Betala {amount} senast den {date}.',
      button: 'Visa och betala fakturan',
    },
    invoice_due: {
      subject: 'Faktura {number} förfaller den {date}',
      text: 'Kom ihåg att betala {amount} till {seller} senast den {date}. Om du redan har betalat kan du bortse från det här mejlet.',
      button: 'Visa och betala fakturan',
    },
    invoice_overdue: {
      subject: 'Faktura {number} är försenad',
      text: 'Faktura {number} förföll den {date}, och {amount} är ännu inte betalt. Om du redan har betalat kan du bortse från det här mejlet.',
      button: 'Visa och betala fakturan',
    },
    license: {
      subject: 'Din licensnyckel till {product}',
      text: 'Här är din licensnyckel till {product}. Spara det här mejlet.',
      button: 'Öppna',
    },
    password_reset: {
      subject: 'Nytt lösenord till konsolen för {seller}',
      text: 'Med den här länken väljer du ett nytt lösenord. Den fungerar en gång, inom {minutes} minuter, och loggar ut dig överallt. Om du inte har bett om den kan du bortse från mejlet: ditt lösenord ändras inte.',
      button: 'Välj ett nytt lösenord',
    },
    payment_failed: {
      subject: 'Din betalning på {amount} till {seller} misslyckades',
      text: 'Betalningen på {amount} för faktura {number} genomfördes inte.',
      button: 'Betala nu',
    },
    plan_changed: {
      subject: 'Din prenumeration hos {seller} har ändrats',
      text: 'Sedan den {date} är din prenumeration: {product}.',
      button: 'Hantera prenumerationen',
    },
    portal_login: {
      subject: 'Logga in hos {seller}',
      text: 'Med den här länken loggar du in på ditt konto. Den fungerar en gång, inom {minutes} minuter. Om du inte har bett om den kan du bortse från mejlet.',
      button: 'Logga in',
    },
    quote: {
      subject: 'Offert {number} från {seller}',
      text: '{seller} ger dig ett erbjudande på {amount}. Det gäller till den {date}.',
      button: 'Visa offerten',
    },
    receipt: {
      subject: 'Din betalning på {amount} till {seller}',
      text: '{seller} har tagit emot din betalning på {amount}. Tack.',
      button: 'Visa fakturan och kvittot',
    },
    refund: {
      subject: 'Din återbetalning på {amount} från {seller}',
      text: '{seller} har återbetalat {amount}. Det kan ta några dagar innan du ser det hos din bank.',
      button: 'Visa betalningar',
    },
    renewal: {
      subject: '{product} förnyas den {date}',
      text: 'Din prenumeration på {product} förnyas den {date}. Då dras {amount}. Om du inte vill det, säg upp den innan dess.',
      button: 'Hantera eller säg upp',
    },
    request_answered: {
      subject: 'Din förfrågan till {seller} har besvarats',
      text: '{seller} har fattat beslut om din förfrågan från {instant}.',
      button: 'Visa bekräftelsen',
    },
    subscription_canceled: {
      subject: 'Din prenumeration på {product} har upphört',
      text: 'Din prenumeration på {product} upphörde den {date}. Den förnyas inte.',
      button: 'Visa kontot',
    },
    subscription_started: {
      subject: 'Din prenumeration på {product}',
      text: 'Tack för att du prenumererar på {product}. Den förnyas tills du säger upp den, och det kan du göra när som helst. Nästa period börjar den {date}.',
      button: 'Hantera eller säg upp',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} har svarat på din fråga:',
      button: 'Visa kontot',
    },
    trial_ending: {
      subject: 'Din kostnadsfria provperiod för {product} upphör den {date}',
      text: 'Din kostnadsfria provperiod för {product} upphör den {date}. Då dras {amount}. Om du inte vill det, säg upp den innan dess.',
      button: 'Hantera eller säg upp',
    },
    withdrawal: {
      subject: 'Din ångeranmälan har tagits emot',
      text: '{seller} tog emot din ångeranmälan den {instant}.',
      button: 'Visa bekräftelsen',
    },
  },
  reasons: {
    authentication: 'Din bank vill att du godkänner den.',
    card_data: 'Uppgifterna om ditt kort är inaktuella. Använd ett annat kort.',
    declined: 'Din bank nekade den. Fråga din bank eller använd ett annat kort.',
    insufficient_funds: 'Det fanns inte tillräckligt med pengar på kortets konto.',
  },
  creditReasons: {
    duplicate: 'Debiterat två gånger',
    fraudulent: 'Bedrägeri',
    order_change: 'Ändrad beställning',
    product_unsatisfactory: 'Otillfredsställande produkt',
  },
  retry: 'Ett nytt betalningsförsök görs den {date}.',
  labels: {
    amount: 'Belopp',
    balance: 'Krediterat ditt saldo',
    card: 'Kort',
    date: 'Datum',
    elsewhere: 'Återbetalt på annat sätt',
    key: 'Licensnyckel',
    number: 'Nummer',
    price: 'Pris',
    product: 'Produkt',
    reason: 'Orsak',
    refunded: 'Återbetalt',
    takenOff: 'Avdraget från beloppet att betala',
  },
  manage: 'Ditt konto: prenumerationer, kort och fakturor',
  because: 'Du får det här mejlet eftersom du är kund hos {seller}.',
  becauseNamed: 'Du får det här mejlet eftersom den här adressen angavs i ett meddelande till {seller}.',
  becauseSeller: 'Du får det här mejlet eftersom du besvarar förfrågningar från kunder hos {seller}.',
  cancel: 'Säg upp utan att logga in',
};
