import type { TrackingFormat } from './tracking-format.ts'

/** Express and parcel carriers. Source: jkeen/tracking_number_data (MIT), see THIRD-PARTY.md. */
export const EXPRESS_FORMATS: TrackingFormat[] = [
  {
    carrier: 'fedex',
    format: 'fedex_12',
    pattern: /(?<SerialNumber>\d{11})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'weighted', weights: [3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] },
  },
  {
    carrier: 'fedex',
    format: 'fedex_34',
    pattern: /[0-8]\d{14}(?<DestinationZip>\d{5})(?<SerialNumber>\d{13})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'weighted', weights: [1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] },
  },
  {
    carrier: 'fedex',
    format: 'fedex_astra_32',
    pattern: /3\d{5}\d{3}\d{7}(?<SerialNumber>\d{11})(?<CheckDigit>\d)\d{4}/,
    checkDigit: { rule: 'weighted', weights: [3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] },
  },
  {
    carrier: 'fedex',
    format: 'fedex_ground',
    pattern: /(?<SerialNumber>\d{14})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 1, odd: 3, reverse: false },
  },
  {
    carrier: 'fedex',
    format: 'fedex_ground_sscc_18',
    pattern: /(?<ShippingContainerType>\d{2})(?<SerialNumber>\d{15})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 3, odd: 1, reverse: false },
  },
  {
    carrier: 'fedex',
    format: 'fedex_ground_96',
    pattern:
      /(?<ApplicationIdentifier>96)(?<SCNC>\d{2})(?<ServiceType>\d{3})(?<SerialNumber>(?<ShipperId>\d{7})(?<PackageId>\d{7}))(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 1, odd: 3, reverse: false },
  },
  {
    carrier: 'fedex',
    format: 'fedex_ground_gsn',
    pattern: /(?<ApplicationIdentifier>96)(?<SCNC>\d{2})\d{5}(?<GSN>\d{10})\d(?<SerialNumber>\d{13})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'weighted', weights: [1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] },
  },
  {
    carrier: 'ups',
    format: 'ups',
    pattern:
      /1Z(?<SerialNumber>(?<ShipperId>[A-Z0-9]{6})(?<ServiceType>[A-Z0-9]{2})(?<PackageId>[A-Z0-9]{7}))(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 1, odd: 2, reverse: false },
  },
  {
    carrier: 'ups',
    format: 'ups_waybill',
    pattern: /(?<ServiceType>[AHJKTV])(?<SerialNumber>\d{9})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 1, odd: 2, reverse: false },
  },
  {
    carrier: 'dhl',
    format: 'dhl_express',
    pattern: /(?<SerialNumber>\d{9,10})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod7' },
  },
  {
    carrier: 'dhl',
    format: 'dhl_express_piece_id',
    pattern: /(J[A-Z]{2,3})(?<SerialNumber>\d{9,10})/,
  },
  {
    carrier: 'dhl',
    format: 'dhl_ecommerce',
    pattern: /(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)(?<SerialNumber>(?=[0-9A-Z]{10,39}\b)(?=[^0-9A-Z]*\d)[0-9A-Z]{10,39})/,
  },
  {
    carrier: 'dhl',
    format: 'dhl_ecommerce_14',
    pattern: /\b(?<SerialNumber>\d{14})\b/,
  },
  {
    carrier: 'dpd',
    format: 'dpd',
    pattern:
      /(?<SerialNumber>(?<DestinationZip>\d{7})\d{14}(?<ServiceType>\d{3})(?<CountryCode>\d{3}))(?<CheckDigit>[0-9A-Z])/,
    checkDigit: { rule: 'mod37_36' },
  },
  {
    carrier: 'dpd',
    format: 'dpd_14',
    pattern: /(?<SerialNumber>\d{14})(?<CheckDigit>[0-9A-Z])/,
    checkDigit: { rule: 'mod37_36' },
  },
  {
    carrier: 'amazon',
    format: 'amazon_logistics',
    pattern: /TB[ACM](?<SerialNumber>\d{12})/,
  },
  {
    carrier: 'amazon',
    format: 'amazon_international',
    pattern: /[AFC](?<SerialNumber>\d{10})/,
  },
]
