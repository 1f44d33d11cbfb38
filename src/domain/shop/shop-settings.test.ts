import { expect, test } from 'vitest'
import { isLocale, isTimeZone, TIME_OF_DAY, widgetLocale } from './shop-settings.ts'

test('knows time zones, times of day and language tags from what only looks like them', () => {
  expect(['UTC', 'Europe/Berlin'].map(isTimeZone)).toEqual([true, true])
  expect(['Berlin', '', 'europe/berlin', 'CET+1'].map(isTimeZone)).toEqual([false, false, false, false])
  expect(['00:00', '09:30', '23:59', '24:00'].every((text) => TIME_OF_DAY.test(text))).toBe(true)
  expect(['9:30', '24:01', '23:60', '25:00', '09:30:00'].some((text) => TIME_OF_DAY.test(text))).toBe(false)
  expect(['en', 'pt-BR', 'zh-Hant-TW'].every(isLocale)).toBe(true)
  expect(['', 'e', 'english', 'en_GB', 'en-'].some(isLocale)).toBe(false)
})

test.each([
  [null, [], 'en'],
  ['de', [], 'de'],
  ['nonsense!', [], 'en'],
  ['de-AT', ['de', 'fr'], 'de'],
  ['DE', ['de', 'fr'], 'de'],
  ['it', ['de', 'fr'], 'en'],
  ['pt-BR', ['pt-PT', 'pt-BR'], 'pt-BR'],
])('speaks to a reader of %s, where %j are allowed, in %s', (wanted, locales, spoken) => {
  expect(widgetLocale(wanted, locales, 'en')).toBe(spoken)
})
