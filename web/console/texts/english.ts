import type { Failure } from '../../api-client/desk-client.ts'
import type { HandoffReason } from '../../api-client/desk-shapes.ts'
import type { Show } from '../state/desk.port.ts'
import type { Span } from '../state/due.ts'
import { count, span } from './counting.ts'
import { conversation } from './english-conversation.ts'

const shows: Record<Show, string> = {
  open: 'Open',
  waiting: 'Waiting',
  mine: 'Mine',
  others: 'Others',
  resolved: 'Resolved',
}
const whats: Record<Failure['what'], string> = {
  unreachable: 'The server cannot be reached. Check the connection; nothing you wrote is lost.',
  server: 'The server failed. Nothing you wrote is lost; try again in a moment.',
  signed_out: 'You are signed out.',
  forbidden: 'Your role does not allow this.',
  missing: 'It is no longer there.',
  conflict: 'Somebody was faster. What you see now is how it stands.',
  rate_limited: 'Too many requests at once. Try again in a moment.',
  refused: 'The server did not take it.',
}
const codes: Record<string, string> = {
  already_claimed: 'Somebody else has taken it in the meantime.',
  already_resolved: 'It has been resolved in the meantime.',
  not_claimed: 'You do not have this hand-over any more.',
}

/** Everything the console says, in English for now: another language is these three files once more. */
export const texts = {
  ...conversation,
  product: 'Purser',
  desk: 'Desk',
  title: (waiting: number, more: boolean) => `${waiting > 0 ? `(${waiting}${more ? '+' : ''}) ` : ''}Desk – Purser`,
  signIn: {
    title: 'Sign in to the desk',
    ready: 'This link signs you in once, on this browser.',
    action: 'Sign in',
    doing: 'Signing in …',
    refusedTitle: 'This link no longer works',
    refused: 'A sign-in link works once and for 15 minutes. It was used, replaced by a newer one, or it is too old.',
    missingTitle: 'A sign-in link is needed',
    missing: 'Open the link you were given. Its last part, behind the #, is your one-time code.',
    how: 'Ask an admin of your shop for a new link. Whoever runs the server makes one so; the second command lists the IDs:',
    commands: ['npm run operators -- link ID', 'npm run operators -- list'],
    failed: 'You are not signed in yet: ',
  },
  session: {
    loading: 'Opening the desk …',
    outTitle: 'You are signed out',
    out: 'To go on, open a new sign-in link; afterwards you are back here.',
    failedTitle: 'The desk cannot be opened',
    forbiddenTitle: 'The desk is not open to your role',
    forbidden: (detail: string) => `${detail} Ask an admin of your shop for another role.`,
    signOut: 'Sign out',
    signedInAs: (name: string, role: string) => `${name}, ${role}`,
    roles: { viewer: 'viewer', agent: 'agent', approver: 'approver', admin: 'admin' },
  },
  live: {
    on: 'Live',
    connecting: 'Connecting …',
    lost: 'Not live',
    banner: (since: string) => `Live updates are lost. What you see is how it stood at ${since}.`,
    retry: (seconds: number) => (seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again …'),
    now: 'Try now',
  },
  queue: {
    name: 'Hand-overs',
    filters: 'Which hand-overs',
    shows,
    fresh: (number: number) => `${number} new`,
    freshLong: (number: number) => `Show ${count(number, 'new hand-over', 'new hand-overs')}`,
    more: 'Show more',
    loadingMore: 'Reading more …',
    loading: 'Reading the hand-overs …',
    failedTitle: 'The hand-overs cannot be read',
    forbiddenTitle: 'Not for your role',
    empty: {
      open: ['Nobody is waiting', 'New hand-overs appear here by themselves. You may leave this page open.'],
      waiting: ['Nobody is waiting', 'Every conversation has a person, or the assistant.'],
      mine: ['You have no conversation', 'Take one that waits.'],
      others: ['Nobody else has a conversation', 'What a colleague claims appears here.'],
      resolved: ['Nothing is resolved yet', 'What was resolved or returned to the assistant appears here.'],
    } satisfies Record<Show, [string, string]>,
    seeOpen: 'See all open ones',
    seeWaiting: 'See who waits',
    seeResolved: 'See resolved ones',
    left: { resolved: 'Resolved', claimed: (name: string) => `Now with ${name}`, waiting: 'Waiting again' },
  },
  row: {
    unread: 'New message',
    you: 'You',
    waited: (since: Span) => `waits ${span(since)}`,
    resolvedAgo: (since: Span) => `resolved ${span(since)} ago`,
    noQuestion: 'No question is kept',
  },
  due: {
    replied: 'Replied',
    overdue: (by: Span) => `Overdue by ${span(by)}`,
    soon: (left: Span) => `Due in ${span(left)}`,
    later: (left: Span) => `Due in ${span(left)}`,
    at: (when: string) => `A reply is due at ${when}`,
  },
  ago: (past: Span) => (past.unit === 'minute' && past.value === 0 ? 'just now' : `${span(past)} ago`),
  person: {
    anonymous: 'Anonymous shopper',
    notIdentified: 'Not identified: they have not proved who they are.',
  },
  reasons: {
    low_confidence: 'Not sure enough',
    frustration: 'Shopper is frustrated',
    out_of_scope: 'Outside its task',
    requested: 'Asked for a person',
    policy_exception: 'Exception to a rule',
    conflict: 'Sources disagree',
    failure: 'Assistant failed',
  } satisfies Record<HandoffReason, string>,
  status: {
    returned: 'Returned',
    waiting: 'Waiting',
    mine: 'With you',
    other: (name: string) => `With ${name}`,
    resolved: 'Resolved',
  },
  keys: {
    title: 'Keys',
    open: 'Keys and help',
    on: 'Single-key shortcuts',
    onHint: 'They never work while you are writing.',
    close: 'Close',
    list: [
      ['j', 'Next hand-over'],
      ['k', 'Previous hand-over'],
      ['o', 'Open (Enter too)'],
      ['c', 'Claim, or take over'],
      ['r', 'Write a reply'],
      ['?', 'This help'],
    ],
    always: [
      ['Esc', 'Out of the reply, then back to the list'],
      ['Enter', 'Send the reply'],
      ['Shift Enter', 'New line'],
      ['Ctrl Enter', 'Send (⌘ Enter on a Mac)'],
    ],
    alwaysTitle: 'Always',
  },
  said: {
    message: 'New message from a shopper',
    handoff: (question: string) => `New hand-over: ${question.slice(0, 80)}`,
    sent: 'Reply sent',
    claimed: 'You have this conversation now',
    signOutFailed: 'Signing out failed. Try again.',
  },
  again: 'Try again',
  trace: (id: string) => `Reference ${id}`,
  failure: ({ what, code, detail }: Failure): string =>
    codes[code] ?? (what === 'refused' && detail !== '' ? detail : whats[what]),
}
