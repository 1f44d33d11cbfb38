import type { Spoken } from '../phrases.ts'

/** Italian; see ../phrases.ts. */
export const IT: Spoken = {
  greeting:
    'Buongiorno! Sono l’assistente automatico di questo negozio. Mi chieda di prodotti, consegna, resi o del Suo ordine; una persona può subentrare in qualsiasi momento.',
  thanks: 'Prego! Se c’è altro, chieda pure.',
  goodbye: 'Arrivederci e grazie della visita!',
  about:
    'Sono un assistente automatico. Rispondo dalle pagine di questo negozio e mostro dove è scritto, posso controllare il Suo ordine, e una persona può subentrare in qualsiasi momento.',
  refuse:
    'Posso aiutare solo con domande su questo negozio e i suoi ordini, perciò lascio quel testo com’è. Che cosa desidera sapere?',
  rephrase: 'Non ho capito. Può chiederlo con altre parole?',
  added: 'Non so nemmeno questo. L’ho inoltrato; la persona del nostro team che subentra lo vede e risponde qui.',
  person: 'Certo: una persona del nostro team subentra qui. Vede tutto ciò che ha scritto e risponde in questa chat.',
  frustration:
    'Mi dispiace. Ora subentra una persona del nostro team; vede tutto ciò che ha scritto, non deve ripetere nulla.',
  safety:
    'Serve subito una persona, quindi passo la conversazione ora. Se qualcuno è in pericolo, non usi più il prodotto e chiami prima il numero di emergenza.',
  sensitive:
    'È una questione per una persona, non per un assistente automatico. Una persona del nostro team subentra e risponde qui.',
  exception:
    'Non posso decidere sulle eccezioni, perciò subentra una persona del nostro team. Vede tutto ciò che ha scritto e risponde qui.',
  unknown: 'Non lo so con certezza e preferisco non tirare a indovinare.',
  silent: 'Non lo so: la scheda di {title} non lo dice.',
  conflict: 'Non so che cosa sia giusto: le nostre pagine dicono cose diverse su questo.',
  looked_at: ' Ho guardato in {titles}.',
  looked_nowhere: ' Non ho trovato nulla in merito sulle nostre pagine.',
  next: ' Una persona del nostro team subentra e risponde qui.',
  as_written: 'La nostra pagina lo dice in un’altra lingua ({language}); la cito com’è:',
  open_quote: '“',
  close_quote: '”',
  suggested: 'Grazie della pazienza. La nostra pagina {page} dice: {quote}',
}
