import { expect, test } from 'vitest'
import { understanding } from './understanding.ts'

const speech = (text: string, locale: string | null = null) =>
  understanding().read(text, { question: null, product: null, locale }).speech

test.each([
  ['Where is my order?', 'en'],
  ['Wo ist meine Bestellung?', 'de'],
  ['هل يمكنني إرجاع المنتج؟', 'ar'],
  ['هل لديكم Aurora desk lamp؟', 'ar'],
  ['Quels sont vos délais de livraison ?', 'fr'],
  ['¿Cuánto cuesta el envío a España?', 'es'],
  ['Quanto costa la spedizione in Italia?', 'it'],
  ['Hoe lang heb ik om een bestelling terug te sturen?', 'nl'],
  ['Ile kosztuje dostawa i kiedy mogę zwrócić towar?', 'pl'],
])('%s is answered in %s', (text, expected) => expect(speech(text)).toBe(expected))

test('what has no small words is in the language of the session', () => {
  expect(speech('Aurora X4', 'ar')).toBe('ar')
  expect(speech('Aurora X4', 'fr-CA')).toBe('fr')
  expect(speech('Aurora X4', 'sv')).toBe('en')
  expect(speech('Aurora X4')).toBe('en')
})

test('what is English or German is answered so, whatever the session', () => {
  expect(speech('How long does delivery take?', 'ar')).toBe('en')
  expect(speech('Wie lange dauert die Lieferung?', 'fr')).toBe('de')
  expect(speech('Do you sell La Mer or El Toro?', 'es')).toBe('en')
  expect(speech('I need to talk', 'pl')).toBe('en')
})

test.each([
  ['Hoe lang is de garantie?', 'nl'],
  ['Il y a un magasin à Lyon ?', 'fr'],
])('%s is told from its neighbours: %s', (text, expected) => expect(speech(text)).toBe(expected))

test('where two languages have as many small words each, it is the session’s', () => {
  expect(speech('Is dit waterdicht?', 'nl')).toBe('nl')
  expect(speech('Is dit waterdicht?')).toBe('en')
  expect(speech('una garantía con la mesa', 'es')).toBe('es')
  expect(speech('una garanzia con la mensola', 'it')).toBe('it')
  expect(speech('una garanzia con la mensola', 'pl')).toBe('en')
})
