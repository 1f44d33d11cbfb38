/** Ids Purser makes carry their kind in front; a shop's own ids stay as the shop writes them, branded. */
export type IdKind =
  | 'ses'
  | 'cnv'
  | 'msg'
  | 'hnd'
  | 'imp'
  | 'chk'
  | 'key'
  | 'chl'
  | 'fbk'
  | 'out'
  | 'trc'
  | 'req'
  | 'cas'
  | 'act'
  | 'prp'
  | 'dec'
  | 'inc'
  | 'aud'
  | 'opr'
  | 'ops'
  | 'src'
export type Id<Kind extends IdKind> = `${Kind}_${string}`

export type SessionId = Id<'ses'>
export type ConversationId = Id<'cnv'>
export type MessageId = Id<'msg'>
export type HandoffId = Id<'hnd'>
export type ImportId = Id<'imp'>
export type ChunkId = Id<'chk'>
export type SourceId = Id<'src'>
export type KeyId = Id<'key'>
export type ChallengeId = Id<'chl'>
export type CaseId = Id<'cas'>
export type ActionId = Id<'act'>
export type ProposalId = Id<'prp'>
export type DecisionId = Id<'dec'>
export type IncidentId = Id<'inc'>
export type OperatorId = Id<'opr'>
export type OperatorSessionId = Id<'ops'>

declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

export type ShopId = Branded<'shop'>
export type DocumentId = Branded<'document'>
export type OrderId = Branded<'order'>
export type CustomerId = Branded<'customer'>

/** Marks a text read from a checked place as a shop's id. Checks nothing. */
export const shopId = (text: string) => text as ShopId
export const documentId = (text: string) => text as DocumentId
export const orderId = (text: string) => text as OrderId
export const customerId = (text: string) => text as CustomerId
