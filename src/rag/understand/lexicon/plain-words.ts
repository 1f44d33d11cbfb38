/** Words that carry no subject: they neither count as found nor as missing. */
export const FUNCTION_WORDS = set(`
a an the this that these those there here it its they them their theirs he him his she her hers we us our ours you your
yours i me my mine one ones oneself itself themselves who whom whose which what when where why how is are was were be
been being am do does did done doing have has had having can could will would shall should may might must ought and or
but nor if then than so as of at by for with about into to from in on off out over under again further up down just
only also too very any some each every all both such own same s t d ll ve re m don doesn didn isn aren wasn weren won
wouldn couldn shouldn hasn haven cannot cant dont doesnt didnt isnt wont im ive id please hi hello hey thanks thank
ok okay yes let lets because while during per via
der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem es er sie wir ihr ihnen ich
mich mir mein meine meinen meinem meiner dein deine euer eure ihre ihren ihrem unser unsere uns euch man wer wen wem
was wann wo wohin woher warum wieso weshalb wie welche welcher welches welchen welchem ist sind war waren sein bin bist
seid haben habe hat hatte hast habt hatten kann konnen kannst konnt konnte muss mussen musst darf durfen soll sollen
will wollen mochte mochten wird werden wurde wurden und oder aber wenn dann als so von vom an am bei beim fur mit uber
in im ins zu zum zur aus auf ab um nach vor durch bis auch nur sehr noch schon mal denn doch bitte hallo danke ja da
dort hier ob dass weil gibt gebt es
`)

/** Words of asking and of shops in general. They weigh little: an answer need not repeat them. */
export const FRAME_WORDS = set(`
after before since max maximum min minimum
get have need want like know tell offer provide give use make much many long often far big possible allow allowed able
item items product products article articles thing things shop store company order orders customer customers someone
something anything anyone person kind type sort way time times else still ever actually really currently available
happen happens work works call called name named mean means refer refers question help find look looking information
info detail details try good best new go going see say said buy purchase sell carry accept expect expected take takes
brauche brauchen bekomme bekommen geben wissen sagen artikel produkt produkte ware waren shop laden firma bestellung
kunde kunden jemand etwas moglich moglichkeit lange viel viele oft gross heisst nennt bietet anbieten frage hilfe
period periods duration length window deadline frist zeitraum dauer
information informationen eigentlich gerade aktuell verfugbar dauert dauern machen macht funktioniert geht gehen
einen eures eurem akzeptiert akzeptieren nehmen finden finde
`)

export const NEGATIONS = set(`
not no never none nobody nothing neither nor without cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt
couldnt shouldnt hasnt havent hadnt except excluding unless unable impossible
nicht kein keine keinen keinem keiner nie niemals ohne ausser ausgeschlossen ausgenommen niemand nichts weder
`)

function set(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/))
}
