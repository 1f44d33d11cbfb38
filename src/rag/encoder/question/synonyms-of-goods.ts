/** More things shops sell, as in synonym-groups.ts and from where that has its own. */
export const SYNONYMS_OF_GOODS = `
turntable; record player | plattenspieler
hiking boots; walking boots | wanderschuhe; wanderstiefel
slippers | hausschuhe; pantoffeln
sandals | sandalen
belt | gürtel
umbrella | regenschirm; schirm
pajamas; pyjamas; nightwear | schlafanzug; pyjama
underwear | unterwäsche
bracelet | armband
necklace | kette; halskette
earrings | ohrringe
bench | sitzbank; gartenbank
stool | hocker
dresser | kommode
bed linen; bedding; bed sheets | bettwäsche
candle | kerze
board game | brettspiel; gesellschaftsspiel
puzzle; jigsaw | puzzle
doll | puppe
card game | kartenspiel
fire pit; fire bowl | feuerschale
barbecue; grill; bbq | grill
charcoal | holzkohle; grillkohle
hammock | hängematte
parasol; sunshade | sonnenschirm
seeds | samen; saatgut
saw | säge
pliers | zange
wrench; spanner | schraubenschlüssel
ladder | leiter
paint | lack; wandfarbe
paintbrush | pinsel
beans | bohnen
coffee | kaffee
tea | tee
teapot | teekanne
wine | wein
chocolate | schokolade
dog bed | hundebett
leash; dog lead | hundeleine; leine
cat litter | katzenstreu
scratching post | kratzbaum
crib; cot | babybett; gitterbett
car seat; child seat | kindersitz; autositz
pacifier; dummy | schnuller
skates | schlittschuhe; inliner
yoga mat | yogamatte
dumbbell | hantel; hanteln
treadmill | laufband
fishing rod | angelrute
pen; ballpoint | kugelschreiber; stift
pencil | bleistift
notepad | notizbuch; notizblock
scissors | schere
glue; adhesive | kleber; klebstoff
soap | seife
toothbrush | zahnbürste
hairdryer; hair dryer | föhn; haartrockner
razor; shaver | rasierer
perfume; fragrance | parfüm; duft
hard drive | festplatte
memory card; sd card | speicherkarte
mouse | maus
blender | mixer; standmixer
scale; scales | waage
cutting board; chopping board | schneidebrett
baking tray; baking sheet | backblech
`
