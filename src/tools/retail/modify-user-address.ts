import { z } from 'zod'
import { Address, type RetailTool, refused } from './retail-tool.ts'

const Args = Address.extend({ user_id: z.string() })

/** `modify_user_address`, rule MUA: the customer's own address; orders keep theirs. */
export const modifyUserAddress: RetailTool<typeof Args> = {
  name: 'modify_user_address',
  args: Args,
  about: ({ user_id: customer }) => ({ order: null, customer }),
  decide({ customer }, { user_id: _user, ...address }) {
    if (!customer) return refused('MUA-1')
    return { outcome: 'done', own: { ...customer.own, address } }
  },
}
