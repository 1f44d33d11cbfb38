import type { Spoken } from '../phrases.ts'

/** French; see ../phrases.ts. */
export const FR: Spoken = {
  greeting:
    'Bonjour ! Je suis l’assistant automatique de cette boutique. Posez-moi vos questions sur les produits, la livraison, les retours ou votre commande ; une personne peut prendre le relais à tout moment.',
  thanks: 'Avec plaisir ! Si vous avez une autre question, n’hésitez pas.',
  goodbye: 'Au revoir, et merci de votre visite !',
  about:
    'Je suis un assistant automatique. Je réponds à partir des pages de cette boutique et je montre où cela est écrit, je peux consulter votre commande, et une personne peut prendre le relais à tout moment.',
  refuse:
    'Je ne peux aider que pour les questions sur cette boutique et ses commandes ; je laisse donc ce texte tel quel. Que souhaitez-vous savoir ?',
  rephrase: 'Je n’ai pas compris. Pourriez-vous le demander autrement ?',
  added:
    'Je ne le sais pas non plus. Je l’ai transmis ; la personne de notre équipe qui prend le relais le verra et répondra ici.',
  person:
    'Bien sûr : une personne de notre équipe prend le relais ici. Elle voit tout ce que vous avez écrit et répond dans cette conversation.',
  frustration:
    'J’en suis désolé. Une personne de notre équipe prend le relais maintenant ; elle voit tout ce que vous avez écrit, vous n’avez rien à répéter.',
  safety:
    'Il faut une personne tout de suite, je passe donc le relais maintenant. Si quelqu’un est en danger, n’utilisez plus le produit et appelez d’abord les urgences.',
  sensitive:
    'C’est une affaire pour une personne, pas pour un assistant automatique. Une personne de notre équipe prend le relais et répond ici.',
  exception:
    'Je ne peux pas décider d’une exception moi-même ; une personne de notre équipe prend donc le relais. Elle voit tout ce que vous avez écrit et répond ici.',
  unknown: 'Je ne le sais pas avec certitude, et je préfère ne pas deviner.',
  silent: 'Je ne sais pas : la fiche de {title} ne le dit pas.',
  conflict: 'Je ne sais pas ce qui est juste : nos pages disent des choses différentes à ce sujet.',
  looked_at: ' J’ai regardé dans {titles}.',
  looked_nowhere: ' Je n’ai rien trouvé à ce sujet sur nos pages.',
  next: ' Une personne de notre équipe prend le relais et répond ici.',
  as_written: 'Notre page le dit dans une autre langue ({language}) ; je la cite telle quelle :',
  open_quote: '« ',
  close_quote: ' »',
  suggested: 'Merci de votre patience. Notre page {page} indique : {quote}',
}
