import type { Phrases } from '../composer.port.ts'

/** French; see ../phrases.ts. */
export const FR: Phrases = {
  price: '{title}: {price}',
  availability: '{title}: {availability}',
  attribute: '{title} – {name}: {value}',
  products_one: 'Cela correspond à votre recherche : ',
  products_many: 'Ceux-ci correspondent à votre recherche : ',
  which_region: 'Cela dépend de l’endroit où vous êtes. De quelle région s’agit-il ?',
  which_product: 'Plusieurs articles correspondent. Lequel voulez-vous dire ?',
  listing: 'D’après la fiche produit : ',
  products_some: '{count} correspondent ; en voici {shown} : ',
  products_more: 'Sur {count} dont la fiche l’indique, la valeur la plus élevée ({name}) : ',
  products_less: 'Sur {count} dont la fiche l’indique, la valeur la plus basse ({name}) : ',
  products_none: 'Aucun des {count} articles de ce type ne correspond. Les plus proches : ',
  products_silent: 'Les fiches de {count} autres ne le disent pas.',
  unsaid: 'la fiche ne le dit pas',
  has_more: 'Le plus élevé ({name}) : {title}',
  has_less: 'Le plus bas ({name}) : {title}',
  both_same: 'Identique pour les deux : {name}',
  which_shown: 'Duquel de ces articles parlez-vous ?',
  which_side: 'Plusieurs portent ce nom. Lequel voulez-vous dire ?',
  which_field: 'De quelle mesure s’agit-il ?',
  which_kind: 'Quel type de produit cherchez-vous ?',
  yes: 'oui',
  no: 'non',
  price_name: 'prix',
}
