import { folded } from '#domain/exceptions/same-address.ts'

/** Whether a signature is the addressee's: the same words, or the surname with a fitting first letter. */
export function isSignedBy(signature: string, addressee: string): boolean {
  const words = folded(signature).replace(/^(signed( for)?|signature|received|accepted)( by)? /, '')
  const [signed, name] = [words.split(' '), folded(addressee).split(' ')]
  if (signed.join(' ') === name.join(' ')) return true
  const surname = name.at(-1) ?? ''
  return signed.length > 1 && surname !== '' && signed.at(-1) === surname && signed[0]?.[0] === name[0]?.[0]
}
