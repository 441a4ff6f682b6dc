/** The words of the page that stands where there is none. */
import type { Language } from './languages';

/** `gone`: there is no such page, or not any more. `busy`: not at the moment. `failed`: it could not be done. */
export type PageProblem = 'busy' | 'failed' | 'gone';

export const PROBLEMS: Record<Language, Record<PageProblem, readonly [title: string, note: string]>> = {
  en: {
    gone: [
      'This page is not here',
      'Its address is incomplete, or its time is over. Open it again from the site or the mail that led you here.',
    ],
    busy: ['This page cannot be shown at the moment', 'Try again in a minute.'],
    failed: ['This could not be done', 'Go back and try again. If it happens again, ask the seller.'],
  },
  de: {
    gone: [
      'Diese Seite gibt es nicht',
      'Ihre Adresse ist unvollständig, oder ihre Zeit ist abgelaufen. Öffnen Sie sie noch einmal von der Seite oder der E-Mail aus, die Sie hierher geführt hat.',
    ],
    busy: ['Diese Seite kann gerade nicht angezeigt werden', 'Versuchen Sie es in einer Minute noch einmal.'],
    failed: [
      'Das war nicht möglich',
      'Gehen Sie zurück und versuchen Sie es noch einmal. Wenn es wieder geschieht, fragen Sie den Verkäufer.',
    ],
  },
  fr: {
    gone: [
      'Cette page n’existe pas',
      'Son adresse est incomplète, ou elle n’est plus valable. Ouvrez-la de nouveau depuis le site ou l’e-mail qui vous a conduit ici.',
    ],
    busy: ['Cette page ne peut pas être affichée pour le moment', 'Réessayez dans une minute.'],
    failed: ['Cela n’a pas été possible', 'Revenez en arrière et réessayez. Si cela se reproduit, demandez au vendeur.'],
  },
  es: {
    gone: [
      'Esta página no existe',
      'Su dirección está incompleta o ya no es válida. Ábrala de nuevo desde el sitio o el correo que le trajo aquí.',
    ],
    busy: ['Esta página no se puede mostrar en este momento', 'Inténtelo de nuevo en un minuto.'],
    failed: ['No ha sido posible', 'Vuelva atrás e inténtelo de nuevo. Si ocurre otra vez, pregunte al vendedor.'],
  },
  it: {
    gone: [
      'Questa pagina non esiste',
      'L’indirizzo è incompleto o non è più valido. La apra di nuovo dal sito o dall’e-mail che l’ha portata qui.',
    ],
    busy: ['Questa pagina non può essere mostrata al momento', 'Riprovi tra un minuto.'],
    failed: ['Non è stato possibile', 'Torni indietro e riprovi. Se succede di nuovo, chieda al venditore.'],
  },
  nl: {
    gone: [
      'Deze pagina bestaat niet',
      'Het adres is onvolledig, of niet meer geldig. Open de pagina opnieuw vanaf de site of de e-mail die u hierheen bracht.',
    ],
    busy: ['Deze pagina kan nu niet worden getoond', 'Probeer het over een minuut opnieuw.'],
    failed: ['Dit is niet gelukt', 'Ga terug en probeer het opnieuw. Gebeurt het weer, vraag het dan aan de verkoper.'],
  },
  pl: {
    gone: [
      'Tej strony tu nie ma',
      'Jej adres jest niepełny albo stracił ważność. Otwórz ją ponownie z witryny lub wiadomości, z której tu trafiasz.',
    ],
    busy: ['Tej strony nie można teraz wyświetlić', 'Spróbuj ponownie za minutę.'],
    failed: ['To się nie udało', 'Wróć i spróbuj ponownie. Jeśli to się powtórzy, zapytaj sprzedawcę.'],
  },
  pt: {
    gone: [
      'Esta página não existe',
      'O endereço está incompleto ou já não é válido. Abra-a de novo a partir do site ou do e-mail que o trouxe até aqui.',
    ],
    busy: ['Esta página não pode ser mostrada neste momento', 'Tente de novo dentro de um minuto.'],
    failed: ['Não foi possível', 'Volte atrás e tente de novo. Se acontecer outra vez, pergunte ao vendedor.'],
  },
  sv: {
    gone: [
      'Den här sidan finns inte',
      'Adressen är ofullständig eller gäller inte längre. Öppna sidan igen från webbplatsen eller mejlet som ledde dig hit.',
    ],
    busy: ['Den här sidan kan inte visas just nu', 'Försök igen om en minut.'],
    failed: ['Det gick inte', 'Gå tillbaka och försök igen. Om det händer igen, fråga säljaren.'],
  },
  ja: {
    gone: [
      'このページはありません',
      'アドレスが不完全か、有効期限が切れています。ここへ来る前のサイトまたはメールから、もう一度開いてください。',
    ],
    busy: ['現在このページを表示できません', '1分後にもう一度お試しください。'],
    failed: ['処理できませんでした', '前のページに戻って、もう一度お試しください。続く場合は販売者にお問い合わせください。'],
  },
};
