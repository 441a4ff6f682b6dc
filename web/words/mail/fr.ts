import type { MailWords } from './words';

export const fr: MailWords = {
  kinds: {
    action_required: {
      subject: 'Confirmez votre paiement de {amount} à {seller}',
      text: 'Votre banque vous demande de confirmer le paiement de {amount} pour la facture {number}.',
      button: 'Confirmer le paiement',
    },
    answer_overdue: {
      subject: 'La demande {number} est en retard',
      text: 'La demande client {number} devait recevoir une réponse au plus tard le {date}. Personne n’y a encore répondu.',
      button: 'Ouvrir la demande',
    },
    cancellation: {
      subject: 'Votre résiliation a été reçue',
      text: '{seller} a reçu votre résiliation le {instant}.',
      button: 'Voir la confirmation',
    },
    cancellation_scheduled: {
      subject: 'Votre abonnement {product} prend fin le {date}',
      text: 'Vous pouvez utiliser {product} jusqu’au {date}. Votre abonnement ne sera pas renouvelé.',
      button: 'Gérer l’abonnement',
    },
    card_expiring: {
      subject: 'Votre carte chez {seller} expire bientôt',
      text: 'Votre carte {card} expire fin {expiry}. Ajoutez une nouvelle carte pour que vos paiements continuent.',
      button: 'Mettre à jour la carte',
    },
    credit_low: {
      subject: 'Votre crédit chez {seller} est presque épuisé',
      text: 'Il reste moins de {amount} de votre crédit prépayé, et aucun achat automatique n’est fait pour le moment.',
      button: 'Gérer le crédit',
    },
    credit_note: {
      subject: 'Avoir {number} de {seller}',
      text: '{seller} a émis un avoir de {amount} sur la facture {invoice}.',
      button: 'Voir l’avoir',
    },
    dispute: {
      subject: 'Votre banque a contesté un paiement de {amount}',
      text: 'Votre banque a informé {seller} que vous contestez le paiement de {amount} du {date}. S’il s’agit d’une erreur, dites à votre banque que vous reconnaissez ce paiement.',
      button: 'Gérer les paiements',
    },
    invoice: {
      subject: 'Facture {number} de {seller}',
      text: 'Merci de payer {amount} au plus tard le {date}.',
      button: 'Voir et payer la facture',
    },
    invoice_due: {
      subject: 'La facture {number} est à payer au plus tard le {date}',
      text: 'N’oubliez pas de payer {amount} à {seller} au plus tard le {date}. Si vous avez déjà payé, ignorez ce message.',
      button: 'Voir et payer la facture',
    },
    invoice_overdue: {
      subject: 'La facture {number} est en retard de paiement',
      text: 'La facture {number} était à payer au plus tard le {date}, et il reste {amount} à payer. Si vous avez déjà payé, ignorez ce message.',
      button: 'Voir et payer la facture',
    },
    license: {
      subject: 'Votre clé de licence pour {product}',
      text: 'Voici votre clé de licence pour {product}. Conservez ce message.',
      button: 'Ouvrir',
    },
    password_reset: {
      subject: 'Nouveau mot de passe pour la console de {seller}',
      text: 'Ce lien vous permet de choisir un nouveau mot de passe. Il fonctionne une seule fois, pendant {minutes} minutes, et vous déconnecte partout. Si vous ne l’avez pas demandé, ignorez ce message\u00a0: votre mot de passe reste le même.',
      button: 'Choisir un nouveau mot de passe',
    },
    payment_failed: {
      subject: 'Votre paiement de {amount} à {seller} a échoué',
      text: 'Le paiement de {amount} pour la facture {number} n’a pas été effectué.',
      button: 'Payer maintenant',
    },
    plan_changed: {
      subject: 'Votre abonnement chez {seller} a changé',
      text: 'Depuis le {date}, votre abonnement est\u00a0: {product}.',
      button: 'Gérer l’abonnement',
    },
    portal_login: {
      subject: 'Connexion chez {seller}',
      text: 'Ce lien vous connecte à votre compte. Il fonctionne une seule fois, pendant {minutes} minutes. Si vous ne l’avez pas demandé, ignorez ce message.',
      button: 'Se connecter',
    },
    quote: {
      subject: 'Devis {number} de {seller}',
      text: '{seller} vous propose une offre de {amount}. Elle est valable jusqu’au {date}.',
      button: 'Voir le devis',
    },
    receipt: {
      subject: 'Votre paiement de {amount} à {seller}',
      text: '{seller} a reçu votre paiement de {amount}. Merci.',
      button: 'Voir la facture et le reçu',
    },
    refund: {
      subject: 'Votre remboursement de {amount} par {seller}',
      text: '{seller} a remboursé {amount}. Il peut s’écouler quelques jours avant que vous le voyiez à votre banque.',
      button: 'Voir les paiements',
    },
    renewal: {
      subject: '{product} sera renouvelé le {date}',
      text: 'Votre abonnement {product} sera renouvelé le {date}. Vous serez alors débité de {amount}. Si vous ne le souhaitez pas, résiliez avant cette date.',
      button: 'Gérer ou résilier',
    },
    request_answered: {
      subject: 'Votre demande à {seller} a reçu une réponse',
      text: '{seller} a pris une décision sur votre demande du {instant}.',
      button: 'Voir la confirmation',
    },
    subscription_canceled: {
      subject: 'Votre abonnement {product} a pris fin',
      text: 'Votre abonnement {product} a pris fin le {date}. Il ne sera pas renouvelé.',
      button: 'Voir le compte',
    },
    subscription_started: {
      subject: 'Votre abonnement {product}',
      text: 'Merci pour votre abonnement {product}. Il se renouvelle jusqu’à ce que vous le résiliiez, ce que vous pouvez faire à tout moment. La prochaine période commence le {date}.',
      button: 'Gérer ou résilier',
    },
    support_answer: {
      subject: 'Re: {subject} [{number}]',
      text: '{seller} a répondu à votre question.',
      button: 'Voir le compte',
    },
    trial_ending: {
      subject: 'Votre essai gratuit ({product}) prend fin le {date}',
      text: 'Votre essai gratuit ({product}) prend fin le {date}. Vous serez alors débité de {amount}. Si vous ne le souhaitez pas, résiliez avant cette date.',
      button: 'Gérer ou résilier',
    },
    withdrawal: {
      subject: 'Votre rétractation a été reçue',
      text: '{seller} a reçu votre rétractation le {instant}.',
      button: 'Voir la confirmation',
    },
  },
  reasons: {
    authentication: 'Votre banque souhaite que vous le confirmiez.',
    card_data: 'Les données de votre carte ne sont plus à jour. Utilisez une autre carte.',
    declined: 'Votre banque l’a refusé. Contactez votre banque ou utilisez une autre carte.',
    insufficient_funds: 'Le compte de votre carte n’était pas suffisamment approvisionné.',
  },
  creditReasons: {
    duplicate: 'Facturé deux fois',
    fraudulent: 'Fraude',
    order_change: 'Commande modifiée',
    product_unsatisfactory: 'Produit non satisfaisant',
  },
  retry: 'Une nouvelle tentative de paiement aura lieu le {date}.',
  labels: {
    amount: 'Montant',
    balance: 'Porté au crédit de votre solde',
    card: 'Carte',
    date: 'Date',
    elsewhere: 'Remboursé par un autre moyen',
    key: 'Clé de licence',
    number: 'Numéro',
    price: 'Prix',
    product: 'Produit',
    reason: 'Motif',
    refunded: 'Remboursé',
    takenOff: 'Déduit du montant dû',
  },
  manage: 'Votre compte\u00a0: abonnements, cartes et factures',
  because: 'Vous recevez ce message parce que vous êtes client de {seller}.',
  becauseNamed: 'Vous recevez ce message parce que cette adresse a été indiquée dans un message à {seller}.',
  becauseSeller: 'Vous recevez ce message parce que vous répondez aux demandes des clients de {seller}.',
  cancel: 'Résilier sans se connecter',
};
