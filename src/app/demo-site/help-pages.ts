import type { ShopDocument } from '#domain/document.ts'
import { type Html, html } from '../web/html.ts'
import { type Catalog, demoPath } from './catalog.ts'
import type { Page } from './layout.ts'
import { markdown } from './markdown.ts'

const WORDS = {
  en: {
    title: 'Help',
    lead: 'How we do things, in plain words. You can also ask the assistant in the corner.',
    pages: 'Our rules',
    questions: 'Frequent questions',
    all: 'All questions and answers',
    updated: 'Last changed',
    other: { locale: 'de', label: 'Auf Deutsch' },
  },
  de: {
    title: 'Hilfe',
    lead: 'Wie wir es halten, in einfachen Worten. Oder fragen Sie den Assistenten unten in der Ecke.',
    pages: 'Unsere Regeln',
    questions: 'Häufige Fragen',
    all: 'Alle Fragen und Antworten',
    updated: 'Zuletzt geändert',
    other: { locale: 'en', label: 'In English' },
  },
}
type Locale = keyof typeof WORDS

/** Where help lies by language; the shop's own addresses look so too. */
const ROOTS: Record<Locale, string> = { en: 'help', de: 'de/hilfe' }

/** The help page at `path` under the shop (`help`, `help/faq`, `de/hilfe/returns`); null when there is none. */
export function helpPage(catalog: Catalog, path: string): Page | null {
  const locale = (Object.keys(ROOTS) as Locale[]).find(
    (each) => path === ROOTS[each] || path.startsWith(`${ROOTS[each]}/`),
  )
  if (!locale) return null
  if (path === ROOTS[locale]) return overview(catalog, locale)
  if (path === `${ROOTS[locale]}/faq`) return questionsPage(catalog, locale)
  const document = catalog.page(path)
  return document ? textPage(document, catalog, locale) : null
}

function overview(catalog: Catalog, locale: Locale): Page {
  const words = WORDS[locale]
  return {
    title: words.title,
    locale,
    current: 'help',
    body: html`<h1>${words.title}</h1><p class="lead">${words.lead}</p>${otherLanguage(locale, '')}
<h2>${words.pages}</h2><ul class="links">${catalog.pages(locale).map(link)}</ul>
<h2>${words.questions}</h2><p><a href="/demo/${ROOTS[locale]}/faq">${words.all}</a> (${catalog.questions(locale).length})</p>`,
  }
}

function textPage(document: ShopDocument, catalog: Catalog, locale: Locale): Page {
  const words = WORDS[locale]
  const name = demoPath(document.url)?.split('/').at(-1) ?? ''
  const translated = catalog.page(`${ROOTS[words.other.locale as Locale]}/${name}`) !== null
  return {
    title: document.title,
    locale,
    current: 'help',
    body: html`<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/demo/${ROOTS[locale]}">${words.title}</a></li></ol></nav>
<article class="prose"><h1>${document.title}</h1>${translated && otherLanguage(locale, `/${name}`)}
${markdown(document.text.replace(/^# .*\n/, ''))}
${document.updatedAt && html`<p class="updated">${words.updated}: ${day(document.updatedAt, locale)}</p>`}</article>`,
  }
}

function questionsPage(catalog: Catalog, locale: Locale): Page {
  const words = WORDS[locale]
  const topics = Map.groupBy(catalog.questions(locale), ({ category }) => category ?? '')
  const titleOf = (topic: string) => catalog.page(`${ROOTS[locale]}/${topic}`)?.title ?? topic
  return {
    title: words.questions,
    locale,
    current: 'help',
    body: html`<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/demo/${ROOTS[locale]}">${words.title}</a></li></ol></nav>
<article class="prose"><h1>${words.questions}</h1>${otherLanguage(locale, '/faq')}
${[...topics].map(
  ([topic, questions]) => html`<section><h2>${titleOf(topic)}</h2>
${questions.map((question) => html`<section class="question" id="${question.url?.split('#')[1]}"><h3>${question.title}</h3>${markdown(question.text)}</section>`)}</section>`,
)}</article>`,
  }
}

function otherLanguage(locale: Locale, rest: string): Html {
  const { other } = WORDS[locale]
  return html`<p class="other"><a href="/demo/${ROOTS[other.locale as Locale]}${rest}" lang="${other.locale}" hreflang="${other.locale}">${other.label}</a></p>`
}

function link({ title, url }: ShopDocument): Html {
  return html`<li><a href="${demoPath(url) ?? '#'}">${title}</a></li>`
}

function day(instant: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(instant),
  )
}
