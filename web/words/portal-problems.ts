/** What the portal says of a form that has changed nothing. */
import type { Language } from './languages';

export type PortalProblem =
  | 'amountChanged'
  | 'declined'
  | 'expiredCard'
  | 'failed'
  | 'insufficientFunds'
  | 'missing'
  | 'submittedElsewhere'
  | 'unknownCode'
  | 'wrongAccount'
  | 'wrongCard'
  | 'wrongTaxId';

export const PORTAL_PROBLEMS: Record<Language, Record<PortalProblem, string>> = {
  en: {
    amountChanged: 'The amount has changed. Nothing was changed or charged. Please look at it again.',
    declined: 'Your bank declined the card. Nothing was changed. Try another card.',
    expiredCard: 'The card has expired. Nothing was changed. Try another card.',
    failed: 'This did not work. Nothing was changed. Please try again.',
    insufficientFunds: 'Your bank declined the card. Nothing was changed. Ask your bank, or try another card.',
    missing: 'Something is missing or not valid. Nothing was changed.',
    submittedElsewhere: 'This is already being changed. Please wait a moment and look again.',
    unknownCode: 'This code is not valid for this subscription. Nothing was changed.',
    wrongAccount: 'The account number is not right. Nothing was changed.',
    wrongCard: 'The card’s number, date or security code is wrong. Nothing was changed.',
    wrongTaxId: 'This tax ID cannot be one of this country. Nothing was changed.',
  },
  de: {
    amountChanged: 'Der Betrag hat sich geändert. Es wurde nichts geändert und nichts abgebucht. Bitte prüfen Sie ihn noch einmal.',
    declined: 'Ihre Bank hat die Karte abgelehnt. Es wurde nichts geändert. Versuchen Sie eine andere Karte.',
    expiredCard: 'Die Karte ist abgelaufen. Es wurde nichts geändert. Versuchen Sie eine andere Karte.',
    failed: 'Das hat nicht funktioniert. Es wurde nichts geändert. Bitte versuchen Sie es noch einmal.',
    insufficientFunds:
      'Ihre Bank hat die Karte abgelehnt. Es wurde nichts geändert. Fragen Sie Ihre Bank, oder versuchen Sie eine andere Karte.',
    missing: 'Eine Angabe fehlt oder ist ungültig. Es wurde nichts geändert.',
    submittedElsewhere: 'Dies wird gerade schon geändert. Bitte warten Sie einen Moment und sehen Sie noch einmal nach.',
    unknownCode: 'Dieser Code gilt nicht für dieses Abonnement. Es wurde nichts geändert.',
    wrongAccount: 'Die Kontonummer stimmt nicht. Es wurde nichts geändert.',
    wrongCard: 'Nummer, Datum oder Prüfziffer der Karte ist falsch. Es wurde nichts geändert.',
    wrongTaxId: 'Diese Steuernummer kann keine dieses Landes sein. Es wurde nichts geändert.',
  },
  fr: {
    amountChanged: 'Le montant a changé. Rien n’a été modifié ni débité. Veuillez le vérifier à nouveau.',
    declined: 'Votre banque a refusé la carte. Rien n’a été modifié. Essayez une autre carte.',
    expiredCard: 'La carte a expiré. Rien n’a été modifié. Essayez une autre carte.',
    failed: 'Cela n’a pas fonctionné. Rien n’a été modifié. Veuillez réessayer.',
    insufficientFunds: 'Votre banque a refusé la carte. Rien n’a été modifié. Contactez votre banque ou essayez une autre carte.',
    missing: 'Une information manque ou n’est pas valide. Rien n’a été modifié.',
    submittedElsewhere: 'Une modification est déjà en cours. Patientez un instant, puis vérifiez à nouveau.',
    unknownCode: 'Ce code n’est pas valable pour cet abonnement. Rien n’a été modifié.',
    wrongAccount: 'Le numéro de compte n’est pas correct. Rien n’a été modifié.',
    wrongCard: 'Le numéro, la date ou le code de sécurité de la carte est incorrect. Rien n’a été modifié.',
    wrongTaxId: 'Ce numéro fiscal ne peut pas être de ce pays. Rien n’a été modifié.',
  },
  es: {
    amountChanged: 'El importe ha cambiado. No se ha modificado ni cobrado nada. Revíselo de nuevo.',
    declined: 'Su banco ha rechazado la tarjeta. No se ha cambiado nada. Pruebe con otra tarjeta.',
    expiredCard: 'La tarjeta ha caducado. No se ha cambiado nada. Pruebe con otra tarjeta.',
    failed: 'No ha funcionado. No se ha cambiado nada. Inténtelo de nuevo.',
    insufficientFunds: 'Su banco ha rechazado la tarjeta. No se ha cambiado nada. Consulte a su banco o pruebe con otra tarjeta.',
    missing: 'Falta un dato o no es válido. No se ha cambiado nada.',
    submittedElsewhere: 'Ya se está haciendo un cambio. Espere un momento y vuelva a mirar.',
    unknownCode: 'Este código no es válido para esta suscripción. No se ha cambiado nada.',
    wrongAccount: 'El número de cuenta no es correcto. No se ha cambiado nada.',
    wrongCard: 'El número, la fecha o el código de seguridad de la tarjeta no es correcto. No se ha cambiado nada.',
    wrongTaxId: 'Este número fiscal no puede ser de este país. No se ha cambiado nada.',
  },
  it: {
    amountChanged: 'L’importo è cambiato. Non è stato modificato né addebitato nulla. Lo controlli di nuovo.',
    declined: 'La banca ha rifiutato la carta. Non è stato modificato nulla. Provi un’altra carta.',
    expiredCard: 'La carta è scaduta. Non è stato modificato nulla. Provi un’altra carta.',
    failed: 'Non ha funzionato. Non è stato modificato nulla. Riprovi.',
    insufficientFunds: 'La banca ha rifiutato la carta. Non è stato modificato nulla. Chieda alla banca o provi un’altra carta.',
    missing: 'Un dato manca o non è valido. Non è stato modificato nulla.',
    submittedElsewhere: 'Una modifica è già in corso. Attenda un momento e controlli di nuovo.',
    unknownCode: 'Questo codice non vale per questo abbonamento. Non è stato modificato nulla.',
    wrongAccount: 'Il numero di conto non è corretto. Non è stato modificato nulla.',
    wrongCard: 'Il numero, la data o il codice di sicurezza della carta non è corretto. Non è stato modificato nulla.',
    wrongTaxId: 'Questo codice fiscale non può essere di questo paese. Non è stato modificato nulla.',
  },
  nl: {
    amountChanged: 'Het bedrag is veranderd. Er is niets gewijzigd of afgeschreven. Bekijk het opnieuw.',
    declined: 'Uw bank heeft de kaart geweigerd. Er is niets gewijzigd. Probeer een andere kaart.',
    expiredCard: 'De kaart is verlopen. Er is niets gewijzigd. Probeer een andere kaart.',
    failed: 'Dit is niet gelukt. Er is niets gewijzigd. Probeer het opnieuw.',
    insufficientFunds: 'Uw bank heeft de kaart geweigerd. Er is niets gewijzigd. Vraag het uw bank of probeer een andere kaart.',
    missing: 'Er ontbreekt iets of iets is niet geldig. Er is niets gewijzigd.',
    submittedElsewhere: 'Dit wordt al gewijzigd. Wacht even en kijk opnieuw.',
    unknownCode: 'Deze code geldt niet voor dit abonnement. Er is niets gewijzigd.',
    wrongAccount: 'Het rekeningnummer klopt niet. Er is niets gewijzigd.',
    wrongCard: 'Het nummer, de datum of de beveiligingscode van de kaart is onjuist. Er is niets gewijzigd.',
    wrongTaxId: 'Dit fiscale nummer kan niet van dit land zijn. Er is niets gewijzigd.',
  },
  pl: {
    amountChanged: 'Kwota się zmieniła. Niczego nie zmieniono ani nie pobrano. Proszę sprawdzić ją ponownie.',
    declined: 'Bank odrzucił kartę. Niczego nie zmieniono. Proszę użyć innej karty.',
    expiredCard: 'Karta straciła ważność. Niczego nie zmieniono. Proszę użyć innej karty.',
    failed: 'To się nie udało. Niczego nie zmieniono. Proszę spróbować ponownie.',
    insufficientFunds: 'Bank odrzucił kartę. Niczego nie zmieniono. Proszę zapytać bank lub użyć innej karty.',
    missing: 'Brakuje danych lub są nieprawidłowe. Niczego nie zmieniono.',
    submittedElsewhere: 'Ta zmiana jest już w toku. Proszę chwilę poczekać i sprawdzić ponownie.',
    unknownCode: 'Ten kod nie obowiązuje dla tej subskrypcji. Niczego nie zmieniono.',
    wrongAccount: 'Numer rachunku jest nieprawidłowy. Niczego nie zmieniono.',
    wrongCard: 'Numer, data lub kod zabezpieczający karty jest nieprawidłowy. Niczego nie zmieniono.',
    wrongTaxId: 'Ten numer podatkowy nie może pochodzić z tego kraju. Niczego nie zmieniono.',
  },
  pt: {
    amountChanged: 'O valor mudou. Nada foi alterado nem cobrado. Verifique-o novamente.',
    declined: 'O banco recusou o cartão. Nada foi alterado. Tente outro cartão.',
    expiredCard: 'O cartão expirou. Nada foi alterado. Tente outro cartão.',
    failed: 'Não funcionou. Nada foi alterado. Tente novamente.',
    insufficientFunds: 'O banco recusou o cartão. Nada foi alterado. Pergunte ao banco ou tente outro cartão.',
    missing: 'Falta um dado ou não é válido. Nada foi alterado.',
    submittedElsewhere: 'Já está a ser feita uma alteração. Aguarde um momento e verifique novamente.',
    unknownCode: 'Este código não é válido para esta assinatura. Nada foi alterado.',
    wrongAccount: 'O número da conta não está correto. Nada foi alterado.',
    wrongCard: 'O número, a data ou o código de segurança do cartão está errado. Nada foi alterado.',
    wrongTaxId: 'Este número fiscal não pode ser deste país. Nada foi alterado.',
  },
  sv: {
    amountChanged: 'Beloppet har ändrats. Inget har ändrats eller debiterats. Kontrollera det igen.',
    declined: 'Din bank nekade kortet. Inget har ändrats. Prova ett annat kort.',
    expiredCard: 'Kortet har gått ut. Inget har ändrats. Prova ett annat kort.',
    failed: 'Det fungerade inte. Inget har ändrats. Försök igen.',
    insufficientFunds: 'Din bank nekade kortet. Inget har ändrats. Fråga din bank eller prova ett annat kort.',
    missing: 'Något saknas eller är inte giltigt. Inget har ändrats.',
    submittedElsewhere: 'Detta håller redan på att ändras. Vänta en stund och titta igen.',
    unknownCode: 'Koden gäller inte för den här prenumerationen. Inget har ändrats.',
    wrongAccount: 'Kontonumret stämmer inte. Inget har ändrats.',
    wrongCard: 'Kortets nummer, datum eller säkerhetskod är fel. Inget har ändrats.',
    wrongTaxId: 'Detta skattenummer kan inte vara från det här landet. Inget har ändrats.',
  },
  ja: {
    amountChanged: '金額が変わりました。変更も請求も行われていません。もう一度ご確認ください。',
    declined: '銀行がカードを承認しませんでした。何も変更されていません。別のカードをお試しください。',
    expiredCard: 'カードの有効期限が切れています。何も変更されていません。別のカードをお試しください。',
    failed: '処理できませんでした。何も変更されていません。もう一度お試しください。',
    insufficientFunds:
      '銀行がカードを承認しませんでした。何も変更されていません。銀行にお問い合わせいただくか、別のカードをお試しください。',
    missing: '入力が不足しているか、正しくありません。何も変更されていません。',
    submittedElsewhere: 'すでに変更を処理しています。しばらくしてからもう一度ご確認ください。',
    unknownCode: 'このコードはこのサブスクリプションに使えません。何も変更されていません。',
    wrongAccount: '口座番号が正しくありません。何も変更されていません。',
    wrongCard: 'カード番号、有効期限またはセキュリティコードが正しくありません。何も変更されていません。',
    wrongTaxId: 'この税番号はこの国のものではありません。何も変更されていません。',
  },
};
