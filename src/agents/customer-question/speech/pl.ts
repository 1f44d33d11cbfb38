import type { Spoken } from '../phrases.ts'

/** Polish; see ../phrases.ts. */
export const PL: Spoken = {
  greeting:
    'Dzień dobry! Jestem automatycznym asystentem tego sklepu. Proszę pytać o produkty, dostawę, zwroty lub zamówienie; w każdej chwili rozmowę może przejąć człowiek.',
  thanks: 'Proszę bardzo! W razie pytań jestem do dyspozycji.',
  goodbye: 'Do widzenia i dziękujemy za wizytę!',
  about:
    'Jestem automatycznym asystentem. Odpowiadam na podstawie stron tego sklepu i pokazuję, gdzie to jest napisane, mogę sprawdzić zamówienie, a w każdej chwili rozmowę może przejąć człowiek.',
  refuse:
    'Mogę pomóc tylko w sprawach tego sklepu i jego zamówień, dlatego ten tekst pozostawiam bez zmian. O co chodzi?',
  rephrase: 'Tego nie rozumiem. Czy można zapytać innymi słowami?',
  added:
    'Tego też nie wiem. Sprawa została przekazana; osoba z naszego zespołu, która ją przejmie, zobaczy to i odpowie tutaj.',
  person:
    'Oczywiście: rozmowę przejmuje tutaj osoba z naszego zespołu. Widzi wszystko, co zostało napisane, i odpowie na tym czacie.',
  frustration:
    'Przykro mi z tego powodu. Rozmowę przejmuje teraz osoba z naszego zespołu; widzi wszystko, co zostało napisane, nie trzeba nic powtarzać.',
  safety:
    'Tu od razu potrzebny jest człowiek, dlatego przekazuję rozmowę. Jeśli ktoś jest w niebezpieczeństwie, proszę przestać używać produktu i najpierw zadzwonić pod numer alarmowy.',
  sensitive:
    'To sprawa dla człowieka, nie dla automatycznego asystenta. Rozmowę przejmuje osoba z naszego zespołu i odpowie tutaj.',
  exception:
    'O wyjątkach nie mogę decydować, dlatego rozmowę przejmuje osoba z naszego zespołu. Widzi wszystko, co zostało napisane, i odpowie tutaj.',
  unknown: 'Nie wiem tego na pewno, a nie chcę zgadywać.',
  silent: 'Nie wiem: karta produktu {title} tego nie podaje.',
  conflict: 'Nie wiem, co jest prawdą: nasze strony podają różne informacje.',
  looked_at: ' Sprawdzono: {titles}.',
  looked_nowhere: ' Na naszych stronach nic o tym nie ma.',
  next: ' Rozmowę przejmuje osoba z naszego zespołu i odpowie tutaj.',
  as_written: 'Nasza strona mówi o tym w innym języku ({language}); cytuję ją bez zmian:',
  open_quote: '„',
  close_quote: '”',
  suggested: 'Dziękujemy za cierpliwość. Na naszej stronie {page} czytamy: {quote}',
}
