/**
 * Words that say the same in a shop, and forms a stemmer cannot join. One line a class; the first word names it.
 * Kept to pairs a shopkeeper would swap without a thought: a looser list would let a near miss pass for a match.
 */
const ENGLISH = `
price cost costs fee fees charge charges priced
ship shipped shipping ships shipment deliver delivers delivered delivery deliveries dispatch dispatched
parcel package parcels packages
buy bought purchase purchased purchases purchasing
warranty guarantee guaranteed warranties guarantees
color colour colors colours coloured colored
gray grey
size sizes dimension dimensions measurement measurements
weight weigh weighs weighed
phone telephone
email mail emails
pay paid pays payment payments paying
broken defective faulty damaged damage defect defects
giftcard voucher vouchers
discount discounts coupon coupons promo promotion promotions
fast quick quickly express
invoice invoices receipt receipts bill
abroad internationally international overseas
repair repairs repaired fix fixed
begin began begun begins start started starts
end ended ends finish finished
send sent sends
make made makes making
take took taken takes
keep kept keeps
hold held holds
build built builds
write wrote written writes
win won wins
lead led leads
leave left leaves
find found finds
give gave given gives
choose chose chosen choice
become became becomes
fall fell fallen
rise rose risen
grow grew grown
speak spoke spoken
know knew known
run ran
flee fled
fight fought
teach taught
lose lost
meet met
come came comes
go went gone goes
say said says
see saw seen
wear wore worn
die died dies death
bring brought
think thought
sell sold sells selling
get got gets
tell told
draw drew drawn
show shown showed
accept accepted accepts accepting
cancel cancelled canceled cancellation cancelling canceling
man men
woman women
child children
person people
foot feet
cm centimetre centimetres centimeter centimeters
kg kilogram kilograms kilogramme
g gram grams gramme
waterproof watertight
maximum max maximal
minimum min minimal
dishwasher dishwashers
battery batteries
shelf shelves
knife knives
scarf scarves
`

const GERMAN = `
preis kosten kostet koste kostete gebuhr gebuhren preise
versand versenden versendet verschicken verschickt liefern liefert geliefert lieferung lieferungen zustellung zugestellt versandt lieferzeit
paket pakete sendung sendungen packchen
kaufen gekauft kauf kauft
garantie gewahrleistung
farbe farben farbig
grosse grossen abmessungen abmessung masse
gewicht wiegt wiegen schwer
telefon telefonnummer telefonisch
email mail
bezahlen zahlen zahlung zahlungen bezahlt gezahlt zahlungsart zahlungsarten zahlungsmittel
defekt kaputt beschadigt
gutschein gutscheine geschenkgutschein geschenkkarte
rabatt rabatte
schnell express
rechnung rechnungen
reparatur reparieren repariert
zuruckgeben ruckgabe zuruckschicken zurucksenden retoure retouren retournieren rucksendung ruckgabefrist zuruckgegeben zuruckgesendet
stornieren storno storniert stornierung
umtausch umtauschen
erstattung erstattet ruckerstattung erstatten
bestellen bestellung bestellungen bestellt
wasserdicht
kopfhorer
akku batterie akkus batterien
`

/** Form → name of its class. */
export const CLASSES_EN = classes(ENGLISH)
export const CLASSES_DE = classes(GERMAN)

function classes(text: string): Map<string, string> {
  const map = new Map<string, string>()
  for (const line of text.trim().split('\n')) {
    const forms = line.split(' ')
    for (const form of forms) map.set(form, forms[0] ?? form)
  }
  return map
}
