"""Synonyms: common English words that readers and authors use for one another, whatever the subject.

Groups hold loosely: a word of a group counts as a word that only looks like the one that was asked for.
"""

from __future__ import annotations

from functools import cache

from bot.words.stems import stem

WORTH = 0.8

_GROUPS = """
    begin start commence launch open originate initiate onset; end finish conclude stop cease terminate final last
    close; build construct erect construction; make create produce manufacture generate; found establish create form
    institute founder; buy purchase acquire acquisition bought; sell sold sale; die death dead killed deceased; born
    birth; kill murder slay assassinate slain; big large huge great massive vast; largest biggest greatest major;
    small little tiny minor; smallest least lowest; tall high height; long length; wide width; deep depth; weigh
    weight heavy; fast quick rapid speed; usual typical normal common generally often mostly regular; near close
    nearby adjacent; type kind sort form variety category; name call term know title dub refer; movie film picture;
    show program programme series broadcast; broadcast air televise transmit; kid child children youth young; woman
    female women; man male men; wife spouse marry married husband marriage wed; father dad parent; mother mum mom
    parent; doctor physician; lawyer attorney; teacher instructor educator; student pupil; job occupation profession
    career employment work position; worker employee staff; pay salary wage income earn; money fund cash finance;
    cost price expense worth; rich wealthy wealth; poor poverty; ill sick disease illness; war conflict battle
    fight; fight battle combat; win victory defeat beat won; lose defeat loss lost; attack invade assault invasion;
    army military troops soldier force; ruler king monarch emperor leader; lead leader head chief command; country
    nation state; city town municipality; village settlement; place location site located situated; area region zone
    territory district; home house residence live reside; live reside inhabit dwell resident inhabitant; people
    population inhabitant person; citizen resident; road street highway route; ship boat vessel; car automobile
    vehicle; train railway rail; plane aircraft airplane; church religion religious; god deity divine; holy sacred;
    believe belief think consider view opinion; say state claim assert declare remark; tell inform; talk speak
    speech discuss; ask request inquire; answer reply respond response; show display exhibit demonstrate reveal; see
    view observe witness; find discover discovery detect; search seek look; use utilize employ usage apply; need
    require necessary requirement; want desire wish; help assist aid support; allow permit enable let; prevent stop
    prohibit forbid ban; ban prohibit forbid outlaw; cause reason result lead; effect result consequence impact;
    change alter modify shift; grow increase rise expand growth; increase rise grow raise gain; decrease reduce
    decline fall lower drop; improve better enhance; destroy ruin demolish wreck; damage harm hurt injure; protect
    defend guard; important significant key main crucial major; main primary principal chief major; famous renowned
    notable prominent celebrated popular; different various distinct diverse; difference differ distinguish; similar
    like alike resemble; same identical equal; part portion section component piece; part role; member belong; group
    band team organization; organization organisation association body; company firm business corporation; owner own
    possess ownership; include contain consist comprise incorporate; consist compose comprise made; number amount
    quantity total; many numerous several; half fifty; percent percentage proportion share; year annual annually
    yearly; month monthly; day daily; century hundred; old ancient age; new modern recent novel; early first
    initial; first initial original earliest; later subsequent after follow; before prior previous earlier; previous
    former prior; current present today now; happen occur take event; event occurrence incident; choose select pick
    elect; elect vote election; law legislation act statute; rule govern reign control; govern rule administration;
    reject refuse decline deny; accept agree approve adopt; agree consent approve; disagree oppose dispute; oppose
    against resist; argue claim contend; idea concept notion; theory hypothesis; study research examine investigate;
    researcher scientist scholar; learn study education; school education college; write author written wrote pen;
    writer author; book publication volume work; publish release issue; paint painter painting; picture image
    painting photograph; music song; sing singer song; play perform; performer artist singer; act perform; actor
    play portray star; design designer architect; invent invention inventor develop; develop development evolve;
    travel journey trip visit; go travel went; arrive reach come; leave depart left; move relocate transfer; return
    back; give donate grant award provide; award prize honor honour; receive get obtain gain; take seize capture;
    capture seize conquer take; keep retain maintain; hold held host; send sent ship deliver; bring brought carry;
    carry transport; join unite merge combine; split divide separate; divide split partition; connect link join;
    surround enclose border; border boundary neighbor; east eastern; west western; north northern; south southern;
    middle center centre central; top highest; bottom lowest; best top finest; sea ocean; river stream; hill
    mountain; forest wood; plant crop vegetation; animal species creature; eat food consume diet feed; drink
    beverage; meat beef; water liquid; light bright; dark black; heat hot warm temperature; cold cool; energy power;
    electric electrical electricity; machine device apparatus; tool instrument; material substance; metal iron
    steel; gas air; method way technique process procedure; goal aim purpose objective intention; plan intend
    scheme; try attempt effort; succeed success successful achieve; fail failure unsuccessful; accomplish achieve
    accomplishment achievement; problem issue difficulty trouble; solve solution resolve; danger dangerous risk
    threat; safe safety secure; trade commerce; money currency; tax duty; import export; guilty convict; prison jail
    imprison; arrest detain; court trial judge; crime criminal; force compel; rebel revolt uprising rebellion
    revolution; protest demonstrate; free freedom liberty independent independence; equal equality; right privilege;
    friend ally companion; enemy foe opponent rival; describe depict portray characterize; nickname known called;
    replace substitute succeed successor; remove eliminate; add addition extra; remain stay continue; continue
    remain last; wait delay; suffer experience undergo; reward award; game match; score point; player athlete; crew
    team staff; meet encounter; message letter; language speak spoken; translate translation; mean meaning
    definition define; example instance; expensive costly; cheap inexpensive; empty vacant; full complete entire
    whole; complete finish entire; entire whole total; rare uncommon; strange unusual; difficult hard; easy simple;
    true correct accurate; false wrong incorrect; beautiful attractive; visitor tourist; shop store; collection
    items objects; object item artifact; exhibit display exhibition; celebrate celebration festival; wear dress
    clothing clothes; rank place; position post role office; nearly almost approximately about around roughly;
    approximately roughly estimate; total overall; maximum highest most limit; minimum lowest least; average mean
    typical; frequent often common; rarely seldom rare; always constant; reach attain arrive; surpass exceed
    outnumber; defeat overcome beat; surrender capitulate; siege besiege; treaty agreement pact accord; peace truce
    armistice; weapon arms gun; bomb explosive explode; soldier warrior fighter; general commander leader; commander
    captain leader; navy naval fleet; occupy control hold; control dominate rule; empire kingdom realm dynasty;
    prince duke noble; noble aristocrat; peasant farmer; farm agriculture farming crop; slave slavery enslaved;
    migrate migration immigrant settle; settle colonize settler colony; explore explorer expedition; discover
    explore; tribe clan; ethnic race; origin source root; source origin cause; descend descent ancestor ancestry;
    family relative kin; sibling brother sister; son child heir; daughter child; heir successor; grandson
    grandchild; childhood youth; adult grown; older elder; bury burial tomb grave; funeral burial; monument memorial
    statue; statue sculpture; sculpture sculptor carve; castle fortress fort; palace residence; temple shrine;
    bishop clergy priest; priest clergy minister pastor; monk friar; bible scripture gospel; sermon preach; worship
    pray prayer; sin wrong; convert conversion; jewish jew; christian christianity; islam muslim islamic; parliament
    legislature assembly; congress legislature; senate senator; politician statesman; party faction; election vote
    ballot; campaign run; candidate nominee; appoint name nominate assign; resign quit; fire dismiss; hire employ
    recruit; employer company; union labor; strike walkout; industry sector; factory plant mill; product goods;
    customer client consumer; market marketplace; bank lender; loan debt borrow; invest investment investor; profit
    revenue earnings income; budget spending; spend expenditure cost; donate contribute donation; charity
    philanthropy; sponsor fund; support back advocate favor; advocate promote support; encourage promote urge;
    promote advertise; advertise advertisement commercial; newspaper press journal; magazine journal periodical;
    reporter journalist correspondent; article paper; editor edit; poem poetry poet verse; novel story fiction;
    story tale narrative plot; author novelist; character figure; theme topic subject; style manner; genre category;
    compose composer write; compose composition; melody tune theme; instrument piano guitar; concert performance;
    audience viewer spectator crowd; viewer audience watch; watch view; listen hear; album record; record tape;
    dance ballet; theater theatre; stage theatre; director direct; producer produce; debut premiere first; episode
    series; season series; cancel end; renew extend; channel station network; signal transmission transmit; transmit
    send; phone telephone; computer machine; software program; website internet online; internet web; data
    information; information knowledge detail; secret hidden; hide conceal; reveal disclose; measure measurement;
    calculate compute; test experiment trial; prove proof demonstrate; evidence proof; suggest propose hint; propose
    proposal suggest; recommend advise suggest; advise counsel adviser; warn alert; predict forecast; expect
    anticipate; hope wish; fear afraid; love affection; hate hatred dislike; angry anger; happy joy; sad grief;
    surprise shock; criticize criticism critic condemn; condemn denounce; praise acclaim; respect honor esteem;
    reputation fame; influence affect inspire impact; interact interaction; react reaction; respond reaction;
    contact touch; collide collision crash; crash wreck; accident disaster; earthquake quake; flood flooding; storm
    hurricane; rain rainfall precipitation; snow snowfall; climate weather; season winter summer; dry arid; wet
    humid moist; coast shore seaside coastal; island isle; lake reservoir; valley gorge; desert arid; field meadow;
    park garden; tree wood; wood timber; leaf foliage; seed grain; flower bloom; fruit berry; grass lawn; cow
    cattle; horse mount; bird fowl; fish seafood; insect bug; bacteria microbe; virus infection; infect infection;
    cell cellular; gene genetic; protein enzyme; body organism; organism creature life; blood vessel; brain mind;
    mind mental; bone skeleton; skin membrane; membrane layer; layer sheet; surface exterior; inside interior within
    internal; outside exterior external; internal inner; external outer; contain hold; absorb soak; emit release;
    release free; store storage; fuel oil; burn combustion fire; fire flame; explode explosion; mix mixture combine;
    pure clean; clean wash; pollution contaminate; waste trash; toxic poison; poison toxin; medicine drug
    medication; treat treatment therapy cure; cure heal; hospital clinic; patient sick; nurse doctor; injury wound;
    wound injure; pain ache; symptom sign; health medical; lifespan life; survive survival; exist existence; extinct
    extinction; evolve evolution; convert transform change; transition change; exchange swap trade; substitute
    alternative; alternative option other; option choice; choice selection; decide decision determine; determine
    decide establish; judge assess; assess evaluate evaluation; qualify qualification; certify certification
    license; license permit; graduate degree; degree diploma; class course lesson; lesson teach; teach instruct
    taught; train training; skill ability; ability capability capacity capable talent; talent gift; intelligent
    smart; university college; faculty professor; professor teacher; library archive; museum gallery; art artwork;
    artist painter; drawing sketch; photograph photo; color colour; shape form; square plaza; circle round; round
    circular; line row; edge border; corner angle; center core; tip end; upper top; lower bottom; above over; below
    beneath; front face; rear back; left departed; side flank; opposite contrary reverse; reverse backward; parallel
    alongside; direct straight; angle slope; slope incline; path route; route road path; bridge crossing; tunnel
    underground; port harbor harbour dock; airport airfield; passenger traveler; traffic transport; transport
    transportation; speed velocity; force strength; strength power strong; strong powerful; weak feeble; pressure
    stress; push pull; throw toss; catch caught; hit strike; kick boot; run ran; walk stroll; fly flight flew; swim
    swam; climb ascend; jump leap; sit seat; stand stood; open opening opened; shut close closed; lock seal; enter
    entry entrance; entrance entry gate; exit leave; gate door; door entrance; wall fence; roof ceiling; floor story
    storey; room chamber; tower skyscraper; building structure edifice; structure building framework; foundation
    base basis; base basis foundation headquarters; office headquarters; capital city; suburb outskirts; rural
    countryside; urban city; local regional; national nationwide; foreign overseas international; international
    global worldwide; global world worldwide; world earth global; universal general; general overall; specific
    particular; particular specific certain; special unique; unique distinctive; basic fundamental; essential
    necessary vital crucial; optional voluntary; voluntary volunteer; mandatory compulsory required; duty obligation
    responsibility; responsibility duty responsible; blame fault responsible; fault error; error mistake; correct
    fix; fix repair mend; repair restore; restore renovate restoration; renovate refurbish renovation; renovation
    refurbishment remodel; expand extend enlarge; extend lengthen prolong; shorten cut reduce; limit restrict
    constraint; restrict restriction limit; regulate regulation control; regulation rule; policy plan; strategy plan
    tactic; program plan project; mission goal; task job; duty task; step stage phase; phase stage period; period
    era time; era age period; decade years; moment time; date day; anniversary celebration; holiday vacation;
    weekend saturday; morning dawn; evening night; midnight noon; hour time; minute hour; frequency often; quantity
    volume; volume amount; size area large; extent degree scope; range span; span stretch; ratio proportion; rate
    speed; double twice; triple three; single one sole; sole only; pair couple two; multiple several; few handful;
    majority most; minority few; exclude omit; include feature; feature characteristic; characteristic trait
    property attribute; trait characteristic quality; quality standard; standard norm; property possession; possess
    have own; lack absence without; missing lost; abandon desert leave; escape flee; flee fled escape; exile banish;
    banish expel; expel evict; deport expel; refugee flee; return restore; visit tour; tour trip; guest visitor;
    host organize; organize arrange; schedule plan; gather assemble collect; meeting conference gathering; negotiate
    talks; deal agreement; contract agreement; promise pledge vow; swear oath; trust confidence; betray treason; spy
    intelligence; secret covert; code cipher; symbol emblem; emblem logo; logo emblem symbol; flag banner; anthem
    song; motto slogan; nickname moniker; label tag; brand trademark; patent invention; credit attribute; accuse
    allege charge; sue lawsuit; lawsuit suit case; sentence punish; punish punishment penalty; penalty fine; execute
    execution; execution death; torture abuse; victim casualty; casualty death; massacre slaughter; genocide
    slaughter; murder homicide; theft steal; rob robbery; fraud cheat; corrupt corruption; scandal controversy;
    controversy dispute controversial; dispute conflict; debate discuss argue; quarrel dispute; compete competition
    rival; competition contest tournament; tournament competition championship; champion winner; winner victor;
    trophy award; medal award; league division; coach manager; stadium arena venue; venue location; touchdown score;
    goal score
""".split(";")


@cache
def synonyms() -> dict[str, frozenset[str]]:
    """Map each stem to the stems of words that may stand for it."""
    found: dict[str, set[str]] = {}
    for group in _GROUPS:
        stems = {stem(word) for word in group.split()}
        for key in stems:
            found.setdefault(key, set()).update(stems - {key})
    return {key: frozenset(others) for key, others in found.items()}
