/**
 * Function words: they say nothing about what is asked and are neither indexed nor weighed. Kept light, and without
 * negations ("not", "no", "ohne"), which change an answer. Source: the closed word classes of both languages.
 */
export const STOP_WORDS = {
  en: new Set(
    `a an the this that these those it its i im ive id me my mine we our ours us you your yours he him his she her hers they them their
    is am are was were be been being do does did doing done have has had having will would shall should can could may might must
    of to in on at by for from with as into onto about than then there here and or but if so because while
    what which who whom whose when where why how much many
    please hi hello hey thanks thank just also too very any some there's what's s t re ve ll m d get got let want like need know tell`.split(
      /\s+/,
    ),
  ),
  de: new Set(
    `der die das den dem des ein eine einen einem einer eines und oder aber wenn dass ob weil als wie so auch noch nur schon denn doch
    ich mich mir mein meine meinen meinem meiner meines du dich dir dein deine er sie es ihn ihm ihr ihre ihren ihrem ihrer wir uns unser unsere euch euer eure sich man
    ist sind war waren bin bist sein hat haben habe hatte wird werden wurde kann koennen können konnte könnte darf duerfen dürfen muss müssen soll sollen sollte will wollen würde möchte mag
    in im an am auf aus bei beim bis durch für fuer mit nach über ueber um unter von vom vor zu zum zur hin her da dort hier
    was welche welcher welches welchen wer wen wem wann wo woher wohin warum wieso weshalb wieviel viel viele
    habt hab haste hast hätte hätten hättest wäre wären wärt seid wurden würden würdet könnten könnt kannst darfst dürft musst müsst sollte
    solltet willst wollt möchten möchtet diese dieser dieses diesen diesem jetzt dann also eigentlich vielleicht einfach ganz sehr
    krieg kriege kriegen kriegst kriegt bekomme bekommen bekommt ne nen nem ner ins ans aufs fürs euren eurem eurer eures irgendwie
    bitte hallo danke mal ja gibt gib geht gehts gerne macht mache machen`.split(/\s+/),
  ),
}
