/** The words for licenses and downloads, on the portal and after a purchase. */
import type { Language } from './languages';

interface AccessWords {
  title: string;
  licenses: string;
  downloads: string;
  nothing: string;
  keyOf: (product: string) => string;
  usedOn: (used: string, allowed: string | null) => string;
  deactivate: string;
  download: string;
  expires: (date: string) => string;
  states: Record<'active' | 'expired' | 'revoked' | 'suspended', string>;
}

export const ACCESS: Record<Language, AccessWords> = {
  en: {
    title: 'Licenses and downloads',
    licenses: 'Licenses',
    downloads: 'Downloads',
    nothing: 'You have no licenses or downloads.',
    keyOf: (product) => `License key for ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Machines: ${used}` : `Machines: ${used} of ${allowed}`),
    deactivate: 'Deactivate',
    download: 'Download',
    expires: (date) => `Valid until ${date}`,
    states: { active: 'Active', expired: 'Expired', revoked: 'Revoked', suspended: 'Suspended until it is paid' },
  },
  de: {
    title: 'Lizenzen und Downloads',
    licenses: 'Lizenzen',
    downloads: 'Downloads',
    nothing: 'Sie haben keine Lizenzen oder Downloads.',
    keyOf: (product) => `Lizenzschlüssel für ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Geräte: ${used}` : `Geräte: ${used} von ${allowed}`),
    deactivate: 'Deaktivieren',
    download: 'Herunterladen',
    expires: (date) => `Gültig bis ${date}`,
    states: { active: 'Aktiv', expired: 'Abgelaufen', revoked: 'Ungültig', suspended: 'Ausgesetzt, bis bezahlt ist' },
  },
  fr: {
    title: 'Licences et téléchargements',
    licenses: 'Licences',
    downloads: 'Téléchargements',
    nothing: 'Vous n’avez ni licence ni téléchargement.',
    keyOf: (product) => `Clé de licence pour ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Appareils\u00a0: ${used}` : `Appareils\u00a0: ${used} sur ${allowed}`),
    deactivate: 'Désactiver',
    download: 'Télécharger',
    expires: (date) => `Valable jusqu’au ${date}`,
    states: { active: 'Active', expired: 'Expirée', revoked: 'Révoquée', suspended: 'Suspendue jusqu’au paiement' },
  },
  es: {
    title: 'Licencias y descargas',
    licenses: 'Licencias',
    downloads: 'Descargas',
    nothing: 'No tienes licencias ni descargas.',
    keyOf: (product) => `Clave de licencia de ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Equipos: ${used}` : `Equipos: ${used} de ${allowed}`),
    deactivate: 'Desactivar',
    download: 'Descargar',
    expires: (date) => `Válida hasta el ${date}`,
    states: { active: 'Activa', expired: 'Caducada', revoked: 'Revocada', suspended: 'Suspendida hasta que se pague' },
  },
  it: {
    title: 'Licenze e download',
    licenses: 'Licenze',
    downloads: 'Download',
    nothing: 'Non hai licenze né download.',
    keyOf: (product) => `Chiave di licenza per ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Dispositivi: ${used}` : `Dispositivi: ${used} di ${allowed}`),
    deactivate: 'Disattiva',
    download: 'Scarica',
    expires: (date) => `Valida fino al ${date}`,
    states: { active: 'Attiva', expired: 'Scaduta', revoked: 'Revocata', suspended: 'Sospesa fino al pagamento' },
  },
  nl: {
    title: 'Licenties en downloads',
    licenses: 'Licenties',
    downloads: 'Downloads',
    nothing: 'Je hebt geen licenties of downloads.',
    keyOf: (product) => `Licentiesleutel voor ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Apparaten: ${used}` : `Apparaten: ${used} van ${allowed}`),
    deactivate: 'Deactiveren',
    download: 'Downloaden',
    expires: (date) => `Geldig tot ${date}`,
    states: { active: 'Actief', expired: 'Verlopen', revoked: 'Ingetrokken', suspended: 'Opgeschort tot er is betaald' },
  },
  pl: {
    title: 'Licencje i pliki do pobrania',
    licenses: 'Licencje',
    downloads: 'Pliki do pobrania',
    nothing: 'Nie masz licencji ani plików do pobrania.',
    keyOf: (product) => `Klucz licencyjny: ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Urządzenia: ${used}` : `Urządzenia: ${used} z ${allowed}`),
    deactivate: 'Dezaktywuj',
    download: 'Pobierz',
    expires: (date) => `Ważna do ${date}`,
    states: { active: 'Aktywna', expired: 'Wygasła', revoked: 'Cofnięta', suspended: 'Zawieszona do czasu płatności' },
  },
  pt: {
    title: 'Licenças e transferências',
    licenses: 'Licenças',
    downloads: 'Transferências',
    nothing: 'Não tem licenças nem transferências.',
    keyOf: (product) => `Chave de licença de ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Dispositivos: ${used}` : `Dispositivos: ${used} de ${allowed}`),
    deactivate: 'Desativar',
    download: 'Transferir',
    expires: (date) => `Válida até ${date}`,
    states: { active: 'Ativa', expired: 'Expirada', revoked: 'Revogada', suspended: 'Suspensa até ao pagamento' },
  },
  sv: {
    title: 'Licenser och nedladdningar',
    licenses: 'Licenser',
    downloads: 'Nedladdningar',
    nothing: 'Du har inga licenser eller nedladdningar.',
    keyOf: (product) => `Licensnyckel för ${product}`,
    usedOn: (used, allowed) => (allowed === null ? `Enheter: ${used}` : `Enheter: ${used} av ${allowed}`),
    deactivate: 'Avaktivera',
    download: 'Ladda ner',
    expires: (date) => `Giltig till ${date}`,
    states: { active: 'Aktiv', expired: 'Har gått ut', revoked: 'Återkallad', suspended: 'Vilande tills den är betald' },
  },
  ja: {
    title: 'ライセンスとダウンロード',
    licenses: 'ライセンス',
    downloads: 'ダウンロード',
    nothing: 'ライセンスやダウンロードはありません。',
    keyOf: (product) => `${product} のライセンスキー`,
    usedOn: (used, allowed) => (allowed === null ? `使用中の端末：${used}` : `使用中の端末：${used} / ${allowed}`),
    deactivate: '無効にする',
    download: 'ダウンロード',
    expires: (date) => `有効期限：${date}`,
    states: { active: '有効', expired: '期限切れ', revoked: '取り消し済み', suspended: '支払いまで停止中' },
  },
};
