import { cards } from './cards.ts'
import { composer } from './composer.ts'
import { conditions } from './conditions.ts'
import { controls } from './controls.ts'
import { frame } from './frame.ts'
import { messages } from './messages.ts'
import { tokens } from './tokens.ts'
import { welcome } from './welcome.ts'

/** Every sheet of the widget, in the order in which they may overrule each other. */
export const widgetSheets = [tokens, frame, controls, messages, cards, composer, welcome, conditions]
