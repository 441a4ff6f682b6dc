/** Words of the portal for the customer's own data. */
import type { Language } from './languages';

interface PrivacyWords {
  title: string;
  download: string;
  downloadNote: string;
  stays: string;
  asked: (date: string) => string;
}

export const PRIVACY: Record<Language, PrivacyWords> = {
  en: {
    title: 'Your data',
    download: 'Download my data',
    downloadNote: 'A JSON file with everything that is stored about you.',
    stays: 'Your subscriptions end when you are deleted. Invoices stay as long as the law asks.',
    asked: (date) => `You have asked to be deleted. A person answers by ${date}.`,
  },
  de: {
    title: 'Ihre Daten',
    download: 'Meine Daten herunterladen',
    downloadNote: 'Eine JSON-Datei mit allem, was über Sie gespeichert ist.',
    stays: 'Mit der Löschung enden Ihre Abonnements. Rechnungen bleiben, solange das Gesetz es verlangt.',
    asked: (date) => `Sie haben Ihre Löschung verlangt. Ein Mensch antwortet bis ${date}.`,
  },
  fr: {
    title: 'Vos données',
    download: 'Télécharger mes données',
    downloadNote: 'Un fichier JSON avec tout ce qui est enregistré à votre sujet.',
    stays: 'Vos abonnements prennent fin avec la suppression. Les factures restent aussi longtemps que la loi l’exige.',
    asked: (date) => `Vous avez demandé la suppression. Une personne répond au plus tard le ${date}.`,
  },
  es: {
    title: 'Sus datos',
    download: 'Descargar mis datos',
    downloadNote: 'Un archivo JSON con todo lo que se guarda sobre usted.',
    stays: 'Sus suscripciones terminan con la eliminación. Las facturas se conservan el tiempo que exige la ley.',
    asked: (date) => `Ha solicitado la eliminación. Una persona responde a más tardar el ${date}.`,
  },
  it: {
    title: 'I suoi dati',
    download: 'Scarica i miei dati',
    downloadNote: 'Un file JSON con tutto ciò che è memorizzato su di lei.',
    stays: 'Con la cancellazione terminano gli abbonamenti. Le fatture restano per il tempo richiesto dalla legge.',
    asked: (date) => `Ha chiesto la cancellazione. Una persona risponde entro il ${date}.`,
  },
  nl: {
    title: 'Uw gegevens',
    download: 'Mijn gegevens downloaden',
    downloadNote: 'Een JSON-bestand met alles wat over u is opgeslagen.',
    stays: 'Uw abonnementen eindigen met het wissen. Facturen blijven zolang de wet het vraagt.',
    asked: (date) => `U hebt gevraagd om gewist te worden. Iemand antwoordt uiterlijk op ${date}.`,
  },
  pl: {
    title: 'Twoje dane',
    download: 'Pobierz moje dane',
    downloadNote: 'Plik JSON ze wszystkim, co jest o Tobie zapisane.',
    stays: 'Subskrypcje kończą się wraz z usunięciem. Faktury pozostają tak długo, jak wymaga prawo.',
    asked: (date) => `Zażądano usunięcia danych. Człowiek odpowie do ${date}.`,
  },
  pt: {
    title: 'Os seus dados',
    download: 'Descarregar os meus dados',
    downloadNote: 'Um ficheiro JSON com tudo o que está guardado sobre si.',
    stays: 'As assinaturas terminam com a eliminação. As faturas ficam enquanto a lei o exigir.',
    asked: (date) => `Pediu para ser eliminado. Uma pessoa responde até ${date}.`,
  },
  sv: {
    title: 'Dina uppgifter',
    download: 'Ladda ner mina uppgifter',
    downloadNote: 'En JSON-fil med allt som är sparat om dig.',
    stays: 'Dina prenumerationer upphör när du raderas. Fakturor sparas så länge lagen kräver.',
    asked: (date) => `Du har begärt att bli raderad. En person svarar senast den ${date}.`,
  },
  ja: {
    title: 'お客様のデータ',
    download: '自分のデータをダウンロード',
    downloadNote: '保存されているお客様の情報すべてを含むJSONファイルです。',
    stays: '削除するとサブスクリプションは終了します。請求書は法律の定める期間保管されます。',
    asked: (date) => `削除をご依頼いただきました。担当者が${date}までに回答します。`,
  },
};
