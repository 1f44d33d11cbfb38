import type { CarrierEvent } from '#domain/order.ts'
import type { Attribute } from '../feeds/merchant-item.ts'
import { canadianTime, clockTime, compactTime, isoTime } from './event-times.ts'

/** A parcel as a carrier tells it; events in the carrier's order. `number` is null where the answer does not name it. */
export type AnsweredParcel = { number: string | null; events: CarrierEvent[] }
/** What one answer holds. `refused`: the carrier's own words for why there is nothing. */
export type AnswerParts = { parcels: AnsweredParcel[]; refused: string | null }

/** USPS Web Tools, TrackResponse. */
export function uspsAnswer(root: Attribute[]): AnswerParts {
  const parcels = all(root, 'trackinfo')
  return {
    refused: text(parcels[0]?.parts, 'error', 'description') ?? text(root, 'description'),
    parcels: parcels.map(({ parts = [] }) => ({
      number: null,
      events: [...all(parts, 'tracksummary'), ...all(parts, 'trackdetail')].flatMap(({ parts = [] }) =>
        event(
          clockTime(text(parts, 'eventdate'), text(parts, 'eventtime')),
          text(parts, 'eventcode'),
          text(parts, 'event'),
          text(parts, 'eventcity'),
        ),
      ),
    })),
  }
}

/** UPS XML Tracking, TrackResponse. */
export function upsAnswer(root: Attribute[]): AnswerParts {
  const packages = all(root, 'shipment').flatMap(({ parts = [] }) => all(parts, 'package'))
  return {
    refused: text(root, 'response', 'error', 'errordescription'),
    parcels: packages.map(({ parts = [] }) => ({
      number: text(parts, 'trackingnumber'),
      events: all(parts, 'activity').flatMap(({ parts = [] }) => {
        const type = text(parts, 'status', 'statustype', 'code')
        const code = text(parts, 'status', 'statuscode', 'code')
        return event(
          compactTime(text(parts, 'date'), text(parts, 'time')),
          code ? `${type}/${code}` : `type:${type}`,
          text(parts, 'status', 'statustype', 'description'),
          text(parts, 'activitylocation', 'address', 'city'),
        )
      }),
    })),
  }
}

/** FedEx Web Services, TrackReply, versions 5 to 9. */
export function fedexAnswer(root: Attribute[]): AnswerParts {
  const completed = all(root, 'completedtrackdetails')
  const details = [root, ...completed.map(({ parts = [] }) => parts)].flatMap((parts) => all(parts, 'trackdetails'))
  const notes = [root, ...completed.map(({ parts = [] }) => parts), ...details.map(({ parts = [] }) => parts)].flatMap(
    (parts) => [...all(parts, 'notifications'), ...all(parts, 'notification')],
  )
  const failed = notes.find(({ parts }) => /FAILURE|ERROR/.test(text(parts, 'severity') ?? ''))
  return {
    refused: failed ? (text(failed.parts, 'message') ?? 'refused') : null,
    parcels: details.map(({ parts = [] }) => ({
      number: text(parts, 'trackingnumber'),
      events: all(parts, 'events').flatMap(({ parts = [] }) =>
        event(
          isoTime(text(parts, 'timestamp')),
          text(parts, 'eventtype'),
          text(parts, 'statusexceptiondescription') ?? text(parts, 'eventdescription'),
          text(parts, 'address', 'city'),
        ),
      ),
    })),
  }
}

/** DHL Express XML-PI, TrackingResponse. */
export function dhlAnswer(root: Attribute[]): AnswerParts {
  const bills = all(root, 'awbinfo')
  return {
    refused: text(bills[0]?.parts, 'status', 'condition', 'conditiondata'),
    parcels: bills.map(({ parts = [] }) => ({
      number: text(parts, 'awbnumber'),
      events: all(parts, 'shipmentinfo')
        .flatMap(({ parts = [] }) => all(parts, 'shipmentevent'))
        .flatMap(({ parts = [] }) =>
          event(
            isoTime(join(text(parts, 'date'), text(parts, 'time'))),
            text(parts, 'serviceevent', 'eventcode'),
            text(parts, 'serviceevent', 'description'),
            text(parts, 'servicearea', 'description'),
          ),
        ),
    })),
  }
}

/** Canada Post REST, tracking-detail. */
export function canadaPostAnswer(root: Attribute[]): AnswerParts {
  const events = all(root, 'significant-events').flatMap(({ parts = [] }) => all(parts, 'occurrence'))
  return {
    refused: text(root, 'message', 'description'),
    parcels: [
      {
        number: text(root, 'pin'),
        events: events.flatMap(({ parts = [] }) =>
          event(
            canadianTime(text(parts, 'event-date'), text(parts, 'event-time'), text(parts, 'event-time-zone')),
            text(parts, 'event-identifier'),
            text(parts, 'event-description'),
            text(parts, 'event-site'),
          ),
        ),
      },
    ],
  }
}

function event(at: string | null, code: string | null, description: string | null, location: string | null) {
  // Without a time an event cannot be placed among the others, so nothing may rest on it.
  if (!at) return []
  return [{ at, code: code ?? '', description: description ?? '', ...(location ? { location } : {}) }]
}

function all(parts: Attribute[] | undefined, name: string): Attribute[] {
  return (parts ?? []).filter((part) => part.name === name)
}

function text(parts: Attribute[] | undefined, ...path: string[]): string | null {
  const [name, ...rest] = path
  const found = parts?.find((part) => part.name === name)
  if (!found) return null
  return rest.length > 0 ? text(found.parts, ...rest) : found.text || null
}

const join = (date: string | null, time: string | null) => (date ? `${date}T${time ?? '00:00:00'}` : null)
