import type { HandoffReason } from '#domain/answer.ts'

/** What a text must look like to need a person, in the order they are asked. First match wins. */
export const PERSON_CUES: { reason: HandoffReason; cue: string; patterns: RegExp[] }[] = [
  {
    reason: 'out_of_scope',
    cue: 'safety',
    patterns: [
      /\b(?:caught|catching|catches) fire\b|\bon fire\b.*\b(?:my|help|device|charger)\b|\b(?:is|was|started|are|it's|began) (?:smoking|sparking|burning|overheating)\b/,
      /\bsmoke (?:came|coming|comes|is|started)\b|\b(?:smells?|smelling) (?:of|like) (?:burning|smoke|gas)\b/,
      /\b(?:battery|batteries|akku)\b.*\b(?:swell|swelling|swollen|bulg|leak(?:ing|ed)|explod|aufgebläht|ausgelaufen)/,
      /\b(?:my|the|it|this|your)\b.*\bexploded\b|\b(?:gave|got|given) (?:me |him |her |us )?(?:an? )?electric(?:al)? shock\b/,
      /\b(?:i|me|my|he|she|child|kid|son|daughter|baby|wife|husband)\b.*\b(?:got (?:hurt|injured|burned|burnt)|was (?:hurt|injured|burned|burnt)|injured|burned (?:my|her|his)|burnt (?:my|her|his)|cut (?:my|her|his)|choked|swallowed)\b/,
      /\b(?:hat|ist)\b.*\b(?:feuer gefangen|gebrannt|explodiert)\b|\b(?:qualmt|raucht|brennt)\b|\bverletzt\b|\bstromschlag\b/,
    ],
  },
  {
    reason: 'out_of_scope',
    cue: 'medical',
    patterns: [
      /\b(?:i|my|me|she|he|child|son|daughter|baby)\b.*\b(?:allergic reaction|rash|anaphyla|poison(?:ed|ing)|chest pain|can'?t breathe|vomit(?:ing|ed)?)\b/,
      /\b(?:allergische reaktion|ausschlag bekommen|vergiftet|vergiftung|atemnot)\b/,
      /\b(?:suicid|kill myself|harm myself|want to die|umbringen|selbstmord)/,
    ],
  },
  {
    reason: 'out_of_scope',
    cue: 'legal',
    patterns: [
      /\b(?:my|our) (?:lawyer|attorney|solicitor)\b|\b(?:i|we)(?:'ll| will| am going to|'m going to| shall| may)? (?:sue|be suing)\b|\bsue you\b|\bsee you in court\b|\btake (?:you|this) to court\b/,
      /\b(?:take|taking|start|begin|threaten|considering) legal (?:action|steps|proceedings)\b|\breport you to\b|\b(?:small claims|consumer protection) (?:court|agency|authority)\b/,
      /\b(?:mein(?:en|em)? anwalt|verklage|verklagen|rechtliche schritte|vor gericht|verbraucherzentrale|strafanzeige|anzeige erstatten)\b/,
    ],
  },
  {
    reason: 'out_of_scope',
    cue: 'press',
    patterns: [
      /\b(?:i am|i'm|as) a (?:journalist|reporter)\b|\b(?:press|media) (?:inquiry|enquiry|request|office|contact)\b|\bi (?:write|am writing|work) for (?:the )?\w+ (?:newspaper|magazine|times|post)\b/,
      /\b(?:presseanfrage|journalist(?:in)?\b.*\b(?:ich|bin)|pressestelle)\b/,
    ],
  },
  {
    reason: 'requested',
    cue: 'person',
    patterns: [
      /\b(?:talk|speak|chat|connect(?: me)?|transfer(?: me)?|put me through|pass me|get me|give me|reach|want|need|prefer|hand me(?: over)?|escalate)\b[^.?!]{0,40}\b(?:human|real person|live person|live agent|agent|representative|rep|operator|(?:a|another|some) person|somebody|someone (?:real|human|else|from|in|at)|manager|supervisor|staff member|team member|advisor|adviser|employee|customer (?:service|support|care) (?:rep|agent|person))\b/,
      /\b(?:talk|speak|chat) (?:to|with) (?:someone|somebody|your (?:team|support|staff|customer service)|customer (?:service|support|care)|support)\b/,
      /^(?:a |an |the |real |live )*(?:human|agent|representative|operator|person|customer (?:service|support|care))(?: (?:please|now|pls))*[.!]*$/,
      /\b(?:not|no|don't want|do not want|stop) (?:to (?:talk|speak|chat) (?:to|with) )?(?:a |an |the |this )?(?:bot|robot|machine|chatbot|ai|computer)s?\b/,
      /\bcall me(?: back)?\b|\b(?:can|could) (?:someone|somebody|a person|a human) (?:call|help|contact|ring)\b|\breal (?:human|person)\b.*\bplease\b/,
      /\b(?:mit|an|zu) (?:einem |einer |einen |eurem |ihrem |jemand(?:em|en)? |echten |richtigen |menschlichen )+(?:menschen?|mitarbeiter(?:in)?|person|berater(?:in)?|kundenberater(?:in)?|kundenservice|support|chef)\b/,
      /\b(?:mensch(?:en)?|mitarbeiter(?:in)?|berater(?:in)?|kundenservice|kundendienst) (?:sprechen|reden|schreiben|verbinden|bitte)\b|\bjemand(?:em|en)?\b.*\b(?:sprechen|reden)\b|\bechte[nrm]? (?:mensch|person)|\brückruf\b|\bruft mich\b|\bruf(?:en sie)? mich\b/,
    ],
  },
  {
    reason: 'policy_exception',
    cue: 'exception',
    patterns: [
      /\bmake an exception\b|\b(?:an|one|any) exception (?:for|in) (?:me|my|this)\b|\bwaive\b|\bgoodwill\b|\bbend the rules\b/,
      /\b(?:missed|past|outside|after|over|beyond)\b[^.?!]{0,30}\b(?:return window|return period|deadline|\d+ days?)\b.*\b(?:still|anyway|please|exception|let me|take it back)\b/,
      /\b(?:ausnahme (?:machen|für mich)|ausnahmsweise|kulanz|kulant|trotzdem noch (?:zurückgeben|umtauschen))\b/,
    ],
  },
  {
    reason: 'frustration',
    cue: 'frustration',
    patterns: [
      /\b(?:this is|you are|you're|that's|that is|absolutely|how)\b[^.?!]{0,20}\b(?:ridiculous|useless|unacceptable|outrageous|terrible|horrible|pathetic|a joke|a scam|disgusting|infuriating|disgraceful)\b/,
      /\b(?:useless|stupid|dumb|worthless|crappy|damn) (?:bot|robot|machine|chatbot|assistant|company|shop|service)\b|\bworst (?:service|company|shop|experience|store)\b/,
      /\b(?:i'?m|i am|we are|we're|getting|makes me|so|really) (?:so |really |very |extremely |absolutely )*(?:angry|furious|frustrated|fed up|pissed|livid|upset|desperate|sick of)\b/,
      /\b(?:wtf|fuck\w*|bullshit|shitty?|asshole|scammers?|rip-?off)\b|\bfor the (?:third|fourth|fifth|tenth|\d+th) time\b|\bnobody (?:answers|replies|helps|cares)\b|\byou(?:'re| are)? not (?:helping|listening)\b|\bnot helpful\b/,
      /\b(?:unverschämt|frechheit|lächerlich|stinksauer|wütend|verärgert|saftladen|abzocke|betrüger|scheiß\w*|zum (?:dritten|vierten|zehnten) mal|inakzeptabel|unfassbar|reicht mir|schnauze voll)\b/,
    ],
  },
]

export const SMALLTALK: { kind: 'greeting' | 'thanks' | 'goodbye' | 'about'; pattern: RegExp }[] = [
  {
    kind: 'greeting',
    pattern:
      /^(?:hi|hiya|hello|hey|good (?:morning|afternoon|evening|day)|howdy|greetings|yo|hallo|moin|servus|guten (?:morgen|tag|abend)|grüß gott|grüezi)(?: (?:there|all|everyone|team|zusammen|again|leute))?[\s!.,:)]*(?:how are you(?: (?:doing|today))*|how's it going|wie geht(?:'s| es (?:dir|ihnen))?)?[\s!.?]*$/,
  },
  {
    kind: 'thanks',
    pattern:
      /^(?:ok(?:ay)?|great|perfect|super|cool|alright|good|nice|prima)?[\s,!.]*(?:(?:many |no,? )?thanks?(?: you)?|thx|ty|cheers|much appreciated|vielen dank|danke(?:schön| schön| sehr)?)(?: (?:so much|very much|a lot|for (?:your|the) help|again|bye))*(?:,? that(?:'s| is| was)? (?:all|helpful|it|great))?[\s!.:)]*$/,
  },
  {
    kind: 'goodbye',
    pattern:
      /^(?:ok(?:ay)?[\s,!.]*)?(?:bye(?: bye)?|goodbye|see (?:you|ya)(?: later)?|have a (?:nice|good|great) (?:day|one|evening|weekend)|ciao|tschüss|tschüß|auf wiedersehen|schönen tag(?: noch)?)[\s!.:)]*$/,
  },
  {
    kind: 'about',
    pattern:
      /^(?:who|what) are you[\s?!.]*$|^are you (?:a |an )?(?:real |actual )?(?:bot|robot|human|person|ai|machine|real)(?: person)?[\s?!.]*$|^what can you (?:do|help(?: me)? with)[\s?!.]*$|^(?:wer|was) bist du[\s?!.]*$|^bist du (?:ein |eine )?(?:bot|roboter|mensch|ki|maschine)[\s?!.]*$|^help[\s!.?]*$|^hilfe[\s!.?]*$/,
  },
]

/** Orders to forget other orders: no page of a shop says so. */
export const ORDERS_TO_FORGET: RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.?!]{0,30}\b(?:all|any|every|previous|prior|above|earlier|preceding|following|your|system)\b[^.?!]{0,30}\b(?:instructions?|prompts?|rules|guidelines|directions|programming|policies)\b/,
  /\b(?:ignore|disregard|forget)\b[^.?!]{0,30}\b(?:instructions?|prompts?|rules)\b[^.?!]{0,12}\b(?:above|before|you (?:got|were|have|received))\b/,
  /\b(?:ignoriere|vergiss)\b[^.?!]{0,30}\b(?:alle|deine|vorherigen|bisherigen|obigen)\b[^.?!]{0,30}\b(?:anweisungen|regeln|instruktionen|vorgaben)\b|\btu so als\b/,
]

/** Texts that try to give the assistant orders. */
export const ORDERS_TO_THE_ASSISTANT: RegExp[] = [
  ...ORDERS_TO_FORGET,
  /\b(?:you are|you're|act|acting|behave|respond|going to act) (?:now |going to (?:pretend|act) |as |like )+(?:a |an |if )?(?:dan|stan|jailbr\w*|unrestricted|unfiltered|evil|developer mode|free generator)\b/,
  /\bpretend (?:to be|you are|that you)\b|\bdeveloper mode\b|\bdan mode\b|\bjailbreak\b|\bdo anything now\b|\bsystem prompt\b|\broleplay as\b|\bno (?:restrictions|filters)\b/,
  /\b(?:print|output|repeat|reveal|show)\b[^.?!]{0,30}\b(?:your (?:instructions|prompt|rules|system)|(?:the )?(?:text|words) above|hidden prompt|api key)\b/,
]
