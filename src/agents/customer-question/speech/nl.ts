import type { Spoken } from '../phrases.ts'

/** Dutch; see ../phrases.ts. */
export const NL: Spoken = {
  greeting:
    'Hallo! Ik ben de automatische assistent van deze winkel. Vraag me naar producten, levering, retourneren of uw bestelling; een mens kan het altijd overnemen.',
  thanks: 'Graag gedaan! Als er nog iets is, vraag gerust.',
  goodbye: 'Tot ziens en bedankt voor uw bezoek!',
  about:
    'Ik ben een automatische assistent. Ik antwoord vanuit de pagina’s van deze winkel en laat zien waar het staat, ik kan uw bestelling opzoeken, en een mens kan het altijd overnemen.',
  refuse:
    'Ik kan alleen helpen met vragen over deze winkel en de bestellingen, dus die tekst laat ik zoals hij is. Wat wilt u weten?',
  rephrase: 'Dat heb ik niet begrepen. Kunt u het in andere woorden vragen?',
  added: 'Dat weet ik ook niet. Ik heb het doorgegeven; de collega die het overneemt ziet het en antwoordt hier.',
  person:
    'Natuurlijk: een collega uit ons team neemt het hier over, ziet alles wat u hebt geschreven en antwoordt in deze chat.',
  frustration:
    'Dat spijt me. Een collega uit ons team neemt het nu over en ziet alles wat u hebt geschreven; u hoeft niets te herhalen.',
  safety:
    'Hier is meteen een mens voor nodig, dus ik draag het nu over. Als er iemand in gevaar is, gebruik het product dan niet meer en bel eerst het alarmnummer.',
  sensitive:
    'Dit is iets voor een mens, niet voor een automatische assistent. Een collega uit ons team neemt het over en antwoordt hier.',
  exception:
    'Over uitzonderingen kan ik niet beslissen, dus een collega uit ons team neemt het over, ziet alles wat u hebt geschreven en antwoordt hier.',
  unknown: 'Dat weet ik niet zeker, en ik gok liever niet.',
  silent: 'Dat weet ik niet: op de pagina van {title} staat het niet.',
  conflict: 'Ik weet niet wat klopt: onze pagina’s zeggen hierover verschillende dingen.',
  looked_at: ' Ik heb gekeken in {titles}.',
  looked_nowhere: ' Op onze pagina’s heb ik er niets over gevonden.',
  next: ' Een collega uit ons team neemt het over en antwoordt hier.',
  as_written: 'Onze pagina zegt het in een andere taal ({language}); ik citeer die zoals ze is:',
  open_quote: '“',
  close_quote: '”',
  suggested: 'Bedankt voor uw geduld. Op onze pagina {page} staat: {quote}',
}
