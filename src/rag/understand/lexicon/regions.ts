/** Countries and unions a shop delivers to, by the words shoppers use: ISO 3166 code, English names, German names. */
const ROWS = `
DE germany german deutschland
AT austria osterreich
CH switzerland swiss schweiz
NL netherlands holland niederlande
BE belgium belgien
FR france frankreich
LU luxembourg luxemburg
IT italy italien
ES spain spanien
PT portugal
PL poland polen
CZ czechia tschechien
DK denmark danemark
SE sweden schweden
NO norway norwegen
FI finland finnland
IE ireland irland
GB uk britain england scotland wales grossbritannien schottland
US usa us america amerika
CA canada kanada
AU australia australien
NZ zealand neuseeland
JP japan
CN china
IN india indien
GR greece griechenland
HU hungary ungarn
RO romania rumanien
BG bulgaria bulgarien
HR croatia kroatien
SI slovenia slowenien
SK slovakia slowakei
EE estonia estland
LV latvia lettland
LT lithuania litauen
IS iceland island
TR turkey turkei
BR brazil brasilien
MX mexico mexiko
LI liechtenstein
MT malta
CY cyprus zypern
EU eu europe europa
`

/** Plain word → code. */
export const REGIONS = new Map(
  ROWS.trim()
    .split('\n')
    .flatMap((line) => {
      const [code = '', ...names] = line.split(' ')
      return names.map((name) => [name, code] as const)
    }),
)

export const COLOURS = new Set(
  `black white red blue green yellow orange purple violet pink brown grey gray beige navy teal turquoise silver gold
  copper cream ivory mint lavender schwarz weiss rot blau grun gelb lila rosa braun grau turkis silber kupfer
  anthracite anthrazit sand olive oliv charcoal`
    .trim()
    .split(/\s+/),
)
