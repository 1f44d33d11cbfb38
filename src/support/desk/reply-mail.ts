import type { ReplyMail } from '#db/desk/mail/reply-mails.port.ts'

type Words = { subject: (shop: string) => string; wrote: (author: string, shop: string) => string; end: string }

const ENGLISH: Words = {
  subject: (shop) => `${shop}: a reply to your question`,
  wrote: (author, shop) => `${author} of ${shop} wrote:`,
  end: 'To answer, open the chat in the shop again; this e-mail is not read.',
}
const WORDS: Record<string, Words> = {
  en: ENGLISH,
  de: {
    subject: (shop) => `${shop}: eine Antwort auf Ihre Frage`,
    wrote: (author, shop) => `${author} von ${shop} schrieb:`,
    end: 'Um zu antworten, öffnen Sie bitte wieder den Chat im Shop; diese E-Mail wird nicht gelesen.',
  },
  fr: {
    subject: (shop) => `${shop} : une réponse à votre question`,
    wrote: (author, shop) => `${author} de ${shop} a écrit :`,
    end: 'Pour répondre, rouvrez le chat dans la boutique ; cet e-mail n’est pas lu.',
  },
  es: {
    subject: (shop) => `${shop}: una respuesta a tu pregunta`,
    wrote: (author, shop) => `${author} de ${shop} escribió:`,
    end: 'Para responder, abre de nuevo el chat en la tienda; este correo no se lee.',
  },
}

/** What the e-mail says: who of which shop wrote what, and nothing else about anybody. The same replies always give the same text. */
export function replyMailText({ shopName, locale, replies }: Pick<ReplyMail, 'shopName' | 'locale' | 'replies'>): {
  subject: string
  text: string
} {
  const words = WORDS[locale.slice(0, 2).toLowerCase()] ?? ENGLISH
  const said = replies.map(({ author, text }, index) =>
    // Who wrote is said once for what they wrote in a row.
    replies[index - 1]?.author === author ? text : `${words.wrote(author, shopName)}\n\n${text}`,
  )
  return { subject: words.subject(shopName), text: [...said, `--\n${words.end}`].join('\n\n') }
}
