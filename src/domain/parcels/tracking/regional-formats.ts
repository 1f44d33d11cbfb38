import type { TrackingFormat } from './tracking-format.ts'

/** Regional carriers, mostly of North America. Source: jkeen/tracking_number_data (MIT), see THIRD-PARTY.md. */
export const REGIONAL_FORMATS: TrackingFormat[] = [
  {
    carrier: 'canpar',
    format: 'canpar_22',
    pattern: /(?<SerialNumber>[CDKLSUXZ]\d{21})/,
  },
  {
    carrier: 'gofo',
    format: 'gofo_us',
    pattern: /GFUS(?<SerialNumber>\d{14})/,
  },
  {
    carrier: 'landmark',
    format: 'landmark_global',
    pattern: /LTN(?<SerialNumber>\d{8})N1/,
  },
  {
    carrier: 'lasership',
    format: 'lasership_lx',
    pattern: /L[AIEHNX][1-3](?<SerialNumber>\d{7})/,
  },
  {
    carrier: 'lasership',
    format: 'lasership_1ls7',
    pattern: /1LS7[12]\d{4}(?<SerialNumber>\d{6})/,
  },
  {
    carrier: 'lasership',
    format: 'lasership_1ls7_(18)',
    pattern: /1LS7[12]\d{2}01[1234](?<SerialNumber>\d{6})-1/,
  },
  {
    carrier: 'lasership',
    format: 'lasership_1lscx',
    pattern: /1LSCX(?<SerialNumber>[0-9A-Z]{10})/,
  },
  {
    carrier: 'old_dominion',
    format: 'old_dominion',
    pattern: /(?<SerialNumber>(77[78]|072|780)\d{7})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'luhn' },
  },
  {
    carrier: 'old_dominion',
    format: 'old_dominion_guaranteed_shipment',
    pattern: /(?<SerialNumber>80\d{8})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'luhn' },
  },
  {
    carrier: 'ontrac',
    format: 'ontrac_c',
    pattern: /C(?<SerialNumber>\d{13})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 1, odd: 2, reverse: false },
    prepend: { when: /^(?!4).+$/, digits: '4' },
  },
  {
    carrier: 'ontrac',
    format: 'ontrac_d',
    pattern: /D(?<SerialNumber>\d{13})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'mod10', even: 1, odd: 2, reverse: false },
    prepend: { when: /^(?!5).+$/, digits: '5' },
  },
  {
    carrier: 'purolator',
    format: 'purolator_numeric',
    pattern: /(?<SerialNumber>[0-5]\d{10})(?<CheckDigit>\d)/,
    checkDigit: { rule: 'luhn' },
  },
  {
    carrier: 'purolator',
    format: 'purolator_alpha',
    pattern: /(?<SerialNumber>[A-Z]{3}\d{9})/,
  },
  {
    carrier: 'speedee',
    format: 'speedee',
    pattern: /SP(?<SerialNumber>\d{18})/,
  },
  {
    carrier: 'yunexpress',
    format: 'yunexpress',
    pattern: /YT(?<SerialNumber>\d{16})/,
  },
]
