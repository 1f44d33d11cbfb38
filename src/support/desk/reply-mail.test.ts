import { expect, test } from 'vitest'
import { replyMailText } from './reply-mail.ts'

const mail = {
  shopName: 'Larkhaven',
  locale: 'en-GB',
  replies: [
    { author: 'Grace', text: 'It ships tomorrow.' },
    { author: 'Grace', text: 'By lunch.' },
    { author: 'Alan', text: 'It has left.' },
  ],
}

test('a reply mail says who of which shop wrote what, each person once for what they wrote in a row', () => {
  const { subject, text } = replyMailText(mail)
  expect(subject).toBe('Larkhaven: a reply to your question')
  expect(text).toBe(
    'Grace of Larkhaven wrote:\n\nIt ships tomorrow.\n\nBy lunch.\n\nAlan of Larkhaven wrote:\n\nIt has left.\n\n--\nTo answer, open the chat in the shop again; this e-mail is not read.',
  )
})

test('a reply mail is in the shopper’s language, else in English', () => {
  expect(replyMailText({ ...mail, locale: 'de-AT' }).subject).toBe('Larkhaven: eine Antwort auf Ihre Frage')
  expect(replyMailText({ ...mail, locale: 'xx' })).toEqual(replyMailText(mail))
})
