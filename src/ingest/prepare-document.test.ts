import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ShopDocument } from '#domain/document.ts'
import { documentId } from '#domain/ids.ts'
import { prepareDocument } from './prepare-document.ts'

/** What counts as the same words: case, white space, punctuation and markup aside. */
const squash = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}|#>*_`]+/gu, ' ')
    .trim()
const policy = (text: string, more: Partial<ShopDocument> = {}): ShopDocument => ({
  id: documentId('p'),
  kind: 'policy',
  title: 'Returns',
  text,
  ...more,
})
const texts = (document: ShopDocument) => prepareDocument(document).chunks.map(({ text }) => text)
const words = (count: number, word: string) => `${Array.from({ length: count }, () => word).join(' ')}.`

describe('passages of policies and articles', () => {
  test('follow the sections and carry their heading path', () => {
    const { chunks } = prepareDocument(
      policy('# Returns\n\nYou have 30 days.\n\n## Costs\n\n### Inland\n\nFree.\n\n### Abroad\n\nYou pay.'),
    )
    expect(chunks.map(({ headingPath, text, position }) => [position, headingPath, text])).toEqual([
      [0, [], 'You have 30 days.'],
      [1, ['Costs', 'Inland'], 'Free.'],
      [2, ['Costs', 'Abroad'], 'You pay.'],
    ])
  })

  test('split a long section between paragraphs and repeat the last sentence before the cut', () => {
    const [first, second, ...rest] = texts(policy(`${words(100, 'alpha')} Keep the receipt.\n\n${words(120, 'beta')}`))
    expect(rest).toEqual([])
    expect(first).toMatch(/Keep the receipt\.$/)
    expect(second).toMatch(/^Keep the receipt\.\n\nbeta/)
  })

  test('split a paragraph of many sentences between sentences', () => {
    const paragraph = Array.from(
      { length: 40 },
      (_, at) => `Sentence number ${at} says something about shipping to other countries.`,
    ).join(' ')
    const cut = texts(policy(paragraph))
    expect(cut.length).toBeGreaterThan(1)
    for (const text of cut) expect(text).toMatch(/^Sentence .*countries\.$/s)
  })

  test('keep an exception with the rule it limits, also over a paragraph border and in German', () => {
    for (const exception of [
      'This does not apply to underwear.',
      'Unless the seal is broken, we refund it.',
      'Dies gilt nicht für Unterwäsche.',
      'Ausgenommen sind Sonderanfertigungen.',
    ]) {
      const cut = texts(policy(`${words(120, 'filler')}\n\n${words(55, 'rule')}\n\n${exception} ${words(30, 'more')}`))
      const holder = cut.find((text) => text.includes(exception))
      expect(holder).toContain('rule rule')
    }
  })

  test('keep a section of exceptions in the section of its rule', () => {
    expect(texts(policy('## Returns in 30 days\n\nSend it back.\n\n## Exceptions\n\nUnderwear.'))).toEqual([
      'Send it back.\n\nExceptions\n\nUnderwear.',
    ])
  })

  test('never cut a list or a table, and keep a lead-in with its list', () => {
    const list = Array.from({ length: 60 }, (_, at) => `- item ${at} with a few more words`).join('\n')
    const cut = texts(policy(`${words(150, 'before')}\n\nThe following are excluded:\n\n${list}\n\nAfter.`))
    expect(cut.find((text) => text.includes('item 0 '))).toContain(`The following are excluded:\n\n${list}`)
  })

  test('cut a very long table by rows and repeat its header', () => {
    const rows = Array.from({ length: 300 }, (_, at) => `| Country ${at} | ${at} days |`)
    const cut = texts(policy(['| Land | Time |', '| --- | --- |', ...rows].join('\n')))
    expect(cut.length).toBeGreaterThan(1)
    for (const text of cut) expect(text).toMatch(/^\| Land \| Time \|\n\| --- \| --- \|\n\| Country/)
    expect(cut.flatMap((text) => text.split('\n').slice(2))).toEqual(rows)
  })
})

describe('passages of products and answers', () => {
  test('a product is one passage with its typed attributes and measures beside it', () => {
    const { chunks } = prepareDocument({
      id: documentId('t'),
      kind: 'product',
      title: 'Tent',
      text: '# Tent\n\nFor **four**.\n\n## Brand\nOutdoor',
      sku: 'T-1',
      category: 'Tents',
      attributes: {
        Weight: '12 lbs',
        height: { value: 180, unit: 'cm' },
        poles: 3,
        Packed: '24 x 8 inches',
        floor: `12' 6"`,
      },
    })
    expect(chunks).toHaveLength(1)
    expect(chunks[0]).toMatchObject({
      text: 'For four.\n\nBrand\n\nOutdoor',
      sku: 'T-1',
      category: 'Tents',
      attributes: { Weight: '12 lbs', poles: 3 },
    })
    expect(chunks[0]?.measures).toEqual({
      Weight: { value: 5.44310844, unit: 'kg' },
      height: { value: 1.8, unit: 'm' },
      floor: { value: 3.81, unit: 'm' },
    })
  })

  test('a product over 800 tokens is cut by section, small sections together', () => {
    const { chunks } = prepareDocument({
      id: documentId('t'),
      kind: 'product',
      title: 'Tent',
      text: `${words(179, 'intro')}\n\n## Care\n\nWipe it.\n\n## Storage\n\nDry.\n\n## Manual\n\n${words(500, 'step')}`,
    })
    expect(chunks.length).toBeGreaterThan(2)
    expect(chunks.map(({ title }) => title)).toEqual(chunks.map(() => 'Tent'))
    expect(chunks.find(({ text }) => text.includes('Wipe it.'))?.text).toBe('Care\n\nWipe it.\n\nStorage\n\nDry.')
  })

  test('a product without a description is one empty passage, found by its title', () => {
    expect(texts({ id: documentId('t'), kind: 'product', title: 'Tent', text: '' })).toEqual([''])
  })

  test('an answer carries its question and aliases', () => {
    const { chunks } = prepareDocument({
      id: documentId('q'),
      kind: 'faq',
      title: 'Do you ship abroad?',
      text: 'Yes.',
      aliases: ['international  shipping'],
    })
    expect(chunks).toMatchObject([
      { question: 'Do you ship abroad?', aliases: ['international shipping'], text: 'Yes.' },
    ])
  })
})

describe('cleaning', () => {
  test('HTML loses scripts, styles, navigation, hidden parts and tags; entities are decoded', () => {
    const html =
      '<nav><a href="/">Home</a></nav><h2>Returns</h2><p>Send&nbsp;it <b>back</b> &amp; relax.</p><script>if (a < b) alert("</p>")</script><style>p{}</style><div style="display:none">secret</div><ul><li>One<li>Two</ul><table><tr><th>Land<th>Days<tr><td>DE<td>3</table>'
    expect(texts(policy(html))).toEqual([
      'Send it back & relax.\n\n- One\n- Two\n\n| Land | Days |\n| --- | --- |\n| DE | 3 |',
    ])
  })

  test('Markdown keeps link texts with their targets, so that quotes stand in the source', () => {
    const source =
      'See our [Use *policy*](../use.md "Use") or [help][h] at https://example.com/a_b today.\n\n[h]: /help'
    expect(texts(policy(source))).toEqual([
      'See our Use policy (../use.md "Use") or help [h] at https://example.com/a_b today.',
    ])
    expect(squash(source)).toContain(squash(texts(policy(source))[0] ?? ''))
  })

  test('lines wrapped by an editor are joined, lines meant as lines stay', () => {
    expect(
      texts(policy('This line was wrapped by the editor of its author, because it is\nlong.\n\nPrice: 5\nColour: red')),
    ).toEqual(['This line was wrapped by the editor of its author, because it is long.\n\nPrice: 5\nColour: red'])
  })

  test('the language is the given one, else detected where clear', () => {
    expect(prepareDocument(policy('x', { locale: 'fr' })).locale).toBe('fr')
    expect(prepareDocument(policy('You have 30 days to send it back to us and we will refund you.')).locale).toBe('en')
    expect(
      prepareDocument(
        policy('Sie haben 30 Tage Zeit, und wir erstatten Ihnen den Kaufpreis mit der nächsten Abrechnung.'),
      ).locale,
    ).toBe('de')
    expect(prepareDocument(policy('12345')).locale).toBeUndefined()
  })

  test('every passage knows its language, and only a given one narrows who sees it', () => {
    const [english] = prepareDocument(policy('You have 30 days to send it back to us and we will refund you.')).chunks
    expect(english).toMatchObject({ language: 'en' })
    expect(english).not.toHaveProperty('locale')
    expect(prepareDocument(policy('x', { locale: 'fr' })).chunks).toMatchObject([{ language: 'fr', locale: 'fr' }])
  })
})

describe('hashes', () => {
  test('equal content has equal hashes, whatever the order of its fields', () => {
    const left = prepareDocument(policy('Text.', { sku: 'a', attributes: { a: 1, b: 2 } }))
    const right = prepareDocument({ attributes: { b: 2, a: 1 }, sku: 'a', ...policy('Text.') })
    expect(right.contentHash).toBe(left.contentHash)
    expect(right.chunks).toEqual(left.chunks)
  })

  test('a passage keeps its hash when another section changes', () => {
    const before = prepareDocument(policy('## A\n\nOne.\n\n## B\n\nTwo.'))
    const after = prepareDocument(policy('## A\n\nOther.\n\n## B\n\nTwo.'))
    expect(after.contentHash).not.toBe(before.contentHash)
    expect(after.chunks[0]?.contentHash).not.toBe(before.chunks[0]?.contentHash)
    expect(after.chunks[1]?.contentHash).toBe(before.chunks[1]?.contentHash)
  })

  test('another image is another version of the document with the same passages', () => {
    const image = { url: 'https://shop.example/tent.svg', alt: 'A green tent' }
    const [before, after] = [prepareDocument(policy('Text.')), prepareDocument(policy('Text.', { image }))]
    expect(after.contentHash).not.toBe(before.contentHash)
    expect(after.chunks[0]).toEqual({ ...before.chunks[0], image })
  })
})

describe('bounds', () => {
  test.each([
    ['a text over a million characters', 'x'.repeat(1_000_001), 'ingest.document.too_large'],
    ['a text of thousands of sections', '# a\n\nb\n\n'.repeat(20_000), 'ingest.document.too_large'],
    ['quotes in quotes in quotes', `${'>'.repeat(5_000)} x`, 'ingest.document.too_deep'],
    ['lists in lists in lists', `${'- '.repeat(5_000)}x`, 'ingest.document.too_deep'],
  ])('%s is refused', (_what, text, code) => {
    expect(() => prepareDocument(policy(text))).toThrow(expect.objectContaining({ kind: 'user', code }))
  })

  test.each([
    ['brackets', '['.repeat(500_000)],
    ['emphasis', '*a **a '.repeat(80_000)],
    ['nested elements', '<div>'.repeat(150_000)],
    ['formatting elements', '<b id=1><p>x'.repeat(60_000)],
    ['lines', 'a\n'.repeat(300_000)],
    ['one endless word', 'x'.repeat(900_000)],
  ])('a text of nothing but %s is read in one pass', (_what, text) => {
    for (const { text: passage } of prepareDocument(policy(text)).chunks) expect(passage.length).toBeLessThan(20_000)
  })

  test('any text is cut into passages whose every line stands in the text', () => {
    const word = fc.constantFrom(
      'return',
      'Items',
      '30',
      'days,',
      'unless',
      'gilt',
      'nicht',
      'refund.',
      'Yes!',
      '**bold**',
      'a_b',
      '`code`',
    )
    const line = fc.array(word, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(' '))
    const block = fc.oneof(
      line,
      line.map((text) => `## ${text}`),
      fc.array(line, { minLength: 1, maxLength: 9 }).map((items) => items.map((item) => `- ${item}`).join('\n')),
    )
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 25 }), (blocks) => {
        const source = blocks.join('\n\n')
        const whole = squash(source)
        for (const { text } of prepareDocument(policy(source)).chunks)
          for (const part of text.split('\n')) expect(whole).toContain(squash(part))
      }),
      { numRuns: 60 },
    )
  })

  test('no text at all throws anything but a Fault of the user', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom('policy' as const, 'product' as const),
        (text, kind) => {
          expect(() => prepareDocument(policy(text, { kind }))).not.toThrow()
        },
      ),
    )
  })
})
