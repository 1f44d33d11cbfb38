import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'
import { prepareDocument } from '../prepare-document.ts'
import { detectLanguage } from './language.ts'

describe('the language of a text', () => {
  test.each([
    ['en', 'Is it in stock?'],
    ['en', 'How long does shipping take? Within 3 days.'],
    ['en', 'You have 30 days to return it.'],
    ['de', 'Ist es auf Lager?'],
    ['de', 'Wie lange dauert der Versand? Innerhalb von 3 Tagen.'],
    ['de', 'Sie haben 30 Tage für die Rückgabe.'],
    ['fr', 'Vous avez 30 jours pour renvoyer un article.'],
    ['fr', 'Est-ce que la livraison est gratuite pour les membres ?'],
    ['es', '¿Cómo puedo devolver un producto? El plazo es de 30 días para los clientes.'],
    ['it', 'Il reso è gratuito e la spedizione non è compresa.'],
    ['nl', 'U kunt het artikel binnen 30 dagen naar ons terugsturen.'],
    ['pt', 'Você pode devolver o produto em até 30 dias, se não foi usado.'],
    ['sv', 'Du har rätt att ångra ditt köp inom 30 dagar och det är gratis.'],
    ['da', 'Hvordan kan du returnere en vare? Det er gratis og ikke svært.'],
    ['pl', 'Produkt można zwrócić w ciągu 30 dni, jeśli nie był używany, i to jest dla klientów.'],
  ])('is %s for %j', (language, text) => {
    expect(detectLanguage(text)).toBe(language)
  })

  test.each([
    '',
    'Kettle K-1',
    'USB-C 65 W',
    'Espresso',
    'OK.',
    'El Niño',
    'Die Hard',
    'Terveyttä ja hyvinvointia kotiin',
  ])('is left open for %j', (text) => {
    expect(detectLanguage(text)).toBeUndefined()
  })

  test('is told of the demo shop’s documents as they declare it, and of none wrongly', () => {
    const file = readFileSync(join(import.meta.dirname, '../../../demo/shop/documents.jsonl'), 'utf8')
    const documents = file
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ShopDocument)
    const found = documents.map(
      ({ locale, title, text }) => [locale ?? 'en', detectLanguage(`${title}\n${text}`)] as const,
    )
    expect(found.filter(([declared, told]) => told !== undefined && told !== declared.split('-')[0])).toEqual([])
    expect(found.filter(([, told]) => told === undefined).length).toBeLessThan(documents.length / 50)
  })

  test('is what a passage says where its document names no locale', () => {
    const given = { id: documentId('a'), kind: 'faq' as const, title: 'Is it in stock?' }
    expect(prepareDocument({ ...given, text: 'Yes, it is.' })).toMatchObject({
      locale: 'en',
      chunks: [{ language: 'en' }],
    })
    expect(prepareDocument({ ...given, locale: 'fr', text: 'Yes, it is.' }).chunks[0]).toMatchObject({
      locale: 'fr',
      language: 'fr',
    })
    expect(prepareDocument({ ...given, title: 'OK?', text: 'OK.' }).chunks[0]).not.toHaveProperty('language')
  })
})
