/**
 * Words shoppers and shops use for one thing. A group a line: English members, then German ones behind a bar, semicolons between
 * them; a member has two words at most, and a word may stand in several groups. Provenance: written for this product from
 * general knowledge of what shops sell and how they word policies; no collection of questions was read for it. Only words
 * that mean the same in a shop belong here; what is merely related is left to the vectors.
 */
export const SYNONYM_GROUPS = `
backpack; rucksack; knapsack; daypack | rucksack
suitcase; luggage | koffer; reisegepäck
handbag; purse | handtasche
wallet | geldbeutel; geldbörse; portemonnaie; brieftasche
trousers; pants | hose; hosen
sweater; jumper; pullover | pullover; pulli
hoodie; sweatshirt | kapuzenpullover
sneakers; trainers | turnschuhe; sportschuhe; sneaker
shoes; footwear | schuhe
boots | stiefel
jacket | jacke
coat | mantel
raincoat; rain jacket | regenjacke
shirt | hemd
dress | kleid
skirt | rock
gloves | handschuhe
hat | hut
beanie | mütze
scarf | schal
socks | socken; strümpfe
swimsuit; swimwear | badeanzug
glasses; spectacles | brille
sunglasses | sonnenbrille
watch | armbanduhr
sofa; couch; settee | sofa; couch
armchair | sessel
chair | stuhl
table | tisch
desk | schreibtisch
wardrobe; closet | kleiderschrank
cupboard; cabinet | schrank
shelf; bookcase; bookshelf | regal
bed | bett
mattress | matratze
pillow; cushion | kissen
duvet; comforter; quilt | bettdecke
blanket | decke
curtains; drapes | vorhang; gardinen
carpet; rug | teppich
lamp | lampe; leuchte
bulb | glühbirne; leuchtmittel
mirror | spiegel
towel | handtuch
kettle | wasserkocher
coffee maker; coffee machine | kaffeemaschine
espresso machine | espressomaschine; siebträger
coffee grinder | kaffeemühle
cooker; stove; hob | herd; kocher
oven | backofen; ofen
frying pan; skillet | pfanne; bratpfanne
pot; saucepan | topf; kochtopf
knife | messer
cutlery; silverware; flatware | besteck
plate | teller
bowl | schüssel; schale
cup; mug | tasse; becher
bottle | flasche
vacuum flask; thermos | thermoskanne; isolierflasche
fridge; refrigerator | kühlschrank
freezer | gefrierschrank
dishwasher | spülmaschine; geschirrspüler
washing machine | waschmaschine
tumble dryer; dryer | trockner; wäschetrockner
vacuum cleaner; hoover | staubsauger
fan | ventilator
heater | heizung; heizgerät
phone; smartphone; cellphone | handy; smartphone; mobiltelefon
laptop; notebook | laptop; notebook
television; tv | fernseher
headphones; headset | kopfhörer
earbuds; earphones | ohrhörer
speaker; loudspeaker | lautsprecher
camera | kamera
charger; charging cable | ladegerät; ladekabel
battery | akku; batterie
screen; display; monitor | bildschirm; display
keyboard | tastatur
printer | drucker
cable; lead | kabel
plug | stecker
bike; bicycle | fahrrad; rad
ebike; electric bike | ebike; pedelec; elektrofahrrad
tyre; tire | reifen
helmet | helm
tent | zelt
sleeping bag | schlafsack
sleeping pad; sleeping mat | isomatte
torch; flashlight | taschenlampe
headlamp; headtorch | stirnlampe
lawnmower; lawn mower | rasenmäher
hosepipe; garden hose | schlauch; gartenschlauch
flowerpot; planter | blumentopf
watering can | gießkanne
raised bed | hochbeet
garden | garten
patio; terrace | terrasse
drill | bohrmaschine
screwdriver | schraubendreher; schraubenzieher
toy | spielzeug
stroller; pram; pushchair; buggy | kinderwagen; buggy
diaper; nappy | windel
dog | hund
cat | katze
gift; present | geschenk
gift card; gift voucher | gutschein; geschenkgutschein; geschenkkarte
gift wrap; gift wrapping | geschenkverpackung; einpacken
coupon; promo code; discount code; voucher code | gutscheincode; rabattcode
discount; reduction | rabatt; nachlass; ermäßigung
clearance; sale | ausverkauf; schlussverkauf
price; cost | preis; kosten
cheap; inexpensive; affordable | günstig; billig; preiswert
expensive; pricey | teuer
free | gratis; kostenlos; kostenfrei; umsonst
fee; surcharge; charge | gebühr; aufpreis; zuschlag
shipping; delivery; postage | versand; lieferung; zustellung
ship; deliver | liefern; schicken; versenden; verschicken
shipping cost; delivery cost; shipping fee; delivery fee | versandkosten; lieferkosten; porto
delivery time | lieferzeit; lieferdauer; versanddauer
express; next day; overnight; tomorrow | express; expressversand; morgen
parcel; package | paket; sendung; päckchen
courier; carrier | versanddienstleister; paketdienst
parcel locker; locker | packstation; paketautomat
pickup; click collect; collection | abholung; abholen; selbstabholung
tracking; track | sendungsverfolgung; verfolgen
abroad; international; overseas | ausland; international
customs; duties; import duty | zoll
vat; sales tax | mehrwertsteuer; mwst; umsatzsteuer
return; send back; give back | zurückgeben; zurückschicken; zurücksenden; rückgabe; rücksendung; retoure
refund; money back; reimbursement | erstattung; rückerstattung; geld zurück
exchange; swap | umtauschen; umtausch; tauschen
cancel; cancellation | stornieren; storno; stornierung; abbestellen
withdrawal | widerruf; widerrufsrecht
order; purchase | bestellung; bestellen; kauf
buy; purchase | kaufen
pay; payment | zahlen; bezahlen; zahlung; bezahlung
instalments; installments | ratenzahlung; raten
invoice; bill; receipt | rechnung; beleg; quittung; kassenbon
credit card | kreditkarte
direct debit | lastschrift; bankeinzug
bank transfer; wire transfer | überweisung
warranty; guarantee | garantie; gewährleistung
repair; fix; mend | reparatur; reparieren
spare part; replacement part | ersatzteil
broken; damaged; defective; faulty | kaputt; defekt; beschädigt
missing | fehlt; fehlen; fehlend
complaint; complain | reklamation; reklamieren; beschwerde
available | vorrätig; verfügbar; lieferbar
sold out | ausverkauft; vergriffen
preorder | vorbestellung; vorbestellen
account | konto; kundenkonto; benutzerkonto
password | passwort; kennwort
sign up; register; registration | registrieren; anmelden; registrierung
sign in; log in; login | einloggen; anmelden
delete; remove | löschen
address | adresse; anschrift
privacy; data protection | datenschutz
opening hours; business hours | öffnungszeiten
store; shop | laden; geschäft; filiale
showroom | ausstellung; showroom
customer service | kundendienst; kundenservice; kundensupport
student | studierende; studenten; azubis
loyalty points; bonus points | treuepunkte; bonuspunkte
size | größe
size chart; size guide | größentabelle
weight; heavy | gewicht; schwer
lightweight; light | leicht
length; long | länge; lang
width; wide | breite; breit
height; tall | höhe; hoch
depth; deep | tiefe; tief
colour; color | farbe
black | schwarz
white | weiß
red | rot
blue | blau
green | grün
yellow | gelb
grey; gray | grau
brown | braun
purple | lila; violett
fabric; material | stoff; material
leather | leder
cotton | baumwolle
wool | wolle
wood; wooden | holz
steel | stahl
stainless steel | edelstahl
cast iron | gusseisen
glass | glas
plastic | kunststoff; plastik
waterproof; watertight | wasserdicht
water resistant | wasserabweisend
windproof | winddicht
noise cancelling; noise canceling; noise reduction | geräuschunterdrückung
noise; loudness | lautstärke; geräuschpegel
quiet; silent | leise
loud; noisy | laut
wireless; cordless | kabellos; drahtlos
rechargeable | aufladbar; wiederaufladbar
dimmable | dimmbar
foldable; folding; collapsible | faltbar; klappbar; zusammenklappbar
adjustable | verstellbar
washable; machine washable | waschbar; waschmaschinenfest
dishwasher safe | spülmaschinenfest; spülmaschinengeeignet
assembly; assemble | montage; aufbau; zusammenbau; montieren; aufbauen
assembled | vormontiert; montiert
manual; instructions; user guide | anleitung; gebrauchsanweisung; bedienungsanleitung
capacity; volume | fassungsvermögen; volumen; kapazität
power; wattage | leistung
battery life; runtime | akkulaufzeit; laufzeit
weight limit; maximum load; payload | traglast; belastbarkeit; tragkraft
temperature | temperatur
warm; warmth | warm; wärme; wärmend
cold | kälte; kalt
rain | regen
summer | sommer
children; child; kids | kinder; kind
women; ladies | damen; frauen
men; mens | herren; männer
vegan; plant based | vegan; pflanzlich
organic | bio; biologisch
recycled | recycelt
disposal; dispose; recycling | entsorgung; entsorgen; altgeräte
care; cleaning | pflege; reinigung; reinigen
`
