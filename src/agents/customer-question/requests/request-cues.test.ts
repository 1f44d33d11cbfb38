import { expect, test } from 'vitest'
import { wishIn } from './request-cues.ts'
import { askFor } from './request-phrases.ts'

test.each([
  ['Cancel my order', 'cancel'],
  ['cancel my order NL-100234', 'cancel'],
  ['cancel order NL-100234 please', 'cancel'],
  ['Please cancel NL-100234', 'cancel'],
  ['Can you cancel my order?', 'cancel'],
  ['Could you please cancel it?', 'cancel'],
  ['I want to cancel my last order', 'cancel'],
  ["I'd like to cancel the order", 'cancel'],
  ['I want to cancel', 'cancel'],
  ['Hi, I ordered the wrong lamp. Please cancel my order.', 'cancel'],
  ['Sorry, I no longer need it, so please cancel my order', 'cancel'],
  ['Bitte stornieren Sie meine Bestellung', 'cancel'],
  ['Ich möchte meine Bestellung stornieren', 'cancel'],
  ['Ich möchte die Bestellung NL-100234 bitte stornieren.', 'cancel'],
  ['Können Sie meine Bestellung stornieren?', 'cancel'],
  ['Storniere meine Bestellung', 'cancel'],
  ['Bestellung stornieren', 'cancel'],
  ['Change the delivery address of my order', 'address'],
  ['I need to change the address', 'address'],
  ['Please update my shipping address for NL-100234', 'address'],
  ['I entered the wrong address', 'address'],
  ['Can you send my order to a different address?', 'address'],
  ['Ich möchte die Lieferadresse ändern', 'address'],
  ['Bitte ändern Sie die Adresse meiner Bestellung', 'address'],
  ['Ich habe die falsche Adresse angegeben', 'address'],
  ['Change the payment method of my order', 'payment'],
  ['I want to pay with a different card', 'payment'],
  ['Ich möchte die Zahlungsart ändern', 'payment'],
  ['I want to return my order', 'return'],
  ['I would like to return this lamp', 'return'],
  ['I want to send it back', 'return'],
  ['Ich möchte die Lampe zurückgeben', 'return'],
  ['I want to exchange the lamp for the black one', 'exchange'],
  ['Ich möchte die Lampe umtauschen', 'exchange'],
  ['Remove the lamp from my order', 'remove_items'],
  ['Please take one mug off my order', 'remove_items'],
  ['Bitte die Lampe aus meiner Bestellung entfernen', 'remove_items'],
  ['Add a mug to my order', 'other_items'],
  ['Change my order', 'change'],
  ['Ich möchte meine Bestellung ändern', 'change'],
])('%s → %s', (text, kind) => {
  expect(wishIn(text)).toBe(kind)
})

test.each([
  'Can I cancel my order?',
  'How do I cancel my order?',
  'What happens if I cancel?',
  'Is it possible to cancel an order?',
  "What's your return policy?",
  'How long can I return an item?',
  'Can I return a lamp?',
  'I want to know how to return my order',
  'Do you offer exchanges?',
  'Can I change the address of an order?',
  'I do not want to cancel my order',
  'Cancel my newsletter subscription',
  'I want to change my password',
  'I changed my mind about the colour',
  'How do I change my payment method?',
  'Kann ich meine Bestellung stornieren?',
  'Wie storniere ich meine Bestellung?',
  'Wie lange kann ich zurückgeben?',
  'Darf ich die Lampe umtauschen?',
  'Was passiert, wenn ich storniere?',
  'Ich möchte meine Bestellung nicht stornieren',
  'Ich möchte die Adresse nicht ändern',
  'cancel my order pls how',
  'Bestellung stornieren, wie lange geht das',
  'bestellung stornieren geht das noch',
  'weihnachtsgeschenk umtauschen bis wann',
  'Where is my order?',
  'When will it arrive?',
  'My parcel was returned to sender',
  'I want a lamp with a long cable',
  'Which lamps can be returned?',
  'thanks',
  'yes',
])('%s asks for nothing to be done', (text) => {
  expect(wishIn(text)).toBeNull()
})

test.each(['en', 'de'] as const)('every button says what is read as what it asks for (%s)', (language) => {
  const kinds = ['cancel', 'address', 'remove_items', 'payment', 'return'] as const
  for (const kind of kinds) expect(wishIn(askFor(language, kind, { order: 'LH-100118' }).value)).toBe(kind)
})
