import type { TrackingFormat } from './tracking-format.ts'

/** Countries whose post numbers items after S10 (ISO 3166). */
const POSTAL_COUNTRIES =
  'AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW'.split(
    ' ',
  )

/** Postal services. Source: jkeen/tracking_number_data (MIT), see THIRD-PARTY.md. */
export const POSTAL_FORMATS: TrackingFormat[] = [
  {
    carrier: 'usps',
    format: 'usps_20',
    pattern: /(?<SerialNumber>(?<ServiceType>\d{2})(?<ShipperId>\d{9})(?<PackageId>\d{8}))(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 3, odd: 1, reverse: false },
  },
  {
    carrier: 'usps',
    format: 'usps_impb_n',
    pattern:
      /((?<RoutingApplicationId>420)(?<DestinationZip>\d{5}(?=\d{22}(?!\d)|\d{26}(?!\d)))(?<DestinationZipPlus4>\d{4}(?=\d{22}(?!\d)))?)?(?<SerialNumber>(?<ApplicationIdentifier>94)(?<ServiceType>\d{3})(?=9\d{8}(\d{15}|\d{11}|\d{7})\d(?!\d)|[0-8]\d{5}(\d{14}|\d{10})\d(?!\d))(?<ShipperId>9\d{8}|[0-8]\d{5})(?<PackageId>\d{15}|\d{14}|\d{11}|\d{10}|\d{7}))(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 3, odd: 1, reverse: true },
  },
  {
    carrier: 'usps',
    format: 'usps_legacy',
    pattern:
      /(?:(?<RoutingApplicationId>420)(?<DestinationZip>\d{5})(?<DestinationZipPlus4>\d{4})?)?(?<SerialNumber>(?<ApplicationIdentifier>91)?(?<ServiceType>\d{2})(?<ShipperId>\d{9})(?<PackageId>\d{8}))(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 3, odd: 1, reverse: false },
    prepend: { when: /^(?!9\s*1).+/, digits: '91' },
  },
  {
    carrier: 'usps',
    format: 'usps_impb_c',
    pattern:
      /(?:(?<RoutingApplicationId>420)(?<DestinationZip>\d{5})(?<DestinationZipPlus4>\d{4}(?=\d{22}(?!\d)))?)?(?<SerialNumber>(?<ApplicationIdentifier>92(?=\d{3}9)|93(?=\d{3}[0-8])|95)(?<ServiceType>\d{3})(?=9\d{8}(\d{11}|\d{7})\d(?!\d)|[0-8]\d{5}(\d{14}|\d{10})\d(?!\d))(?<ShipperId>9\d{8}|[0-8]\d{5})(?<PackageId>\d{14}|\d{11}|\d{10}|\d{7}))(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 3, odd: 1, reverse: false },
  },
  {
    carrier: 'canada_post',
    format: 'canada_post',
    pattern: /(?<SerialNumber>(?<OriginId>\d{7})\d{8})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 3, odd: 1, reverse: false },
  },
  {
    carrier: 's10',
    format: 's10',
    pattern: /(?<ServiceType>[A-Z]{2})(?<SerialNumber>\d{8})(?<CheckDigit>\d)(?<CountryCode>[A-Z]{2})/,
    checkDigit: { rule: 's10' },
    known: { group: 'CountryCode', values: POSTAL_COUNTRIES },
  },
  {
    carrier: 'yodel',
    format: 'yodel',
    pattern: /J(J)?D(?<SerialNumber>\d{16})/,
  },
]
