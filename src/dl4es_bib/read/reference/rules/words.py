"""The words by which a reference shows what its parts are: organisations, publishers, journals, places.

Plain lists: a word that is missing is added here and nowhere else. All are compared in lower case.
"""

from __future__ import annotations

import re
from typing import Final


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.replace("\n", " ").split(","))


#: Parts of a family name that are written in lower case (BibTeX's *von* part).
PARTICLES: Final = _set(
    """von van de der den dem di da del della delle dello degli dei dos das do du des la le las los lo
    ten ter te 't el al bin ibn ben af av zu zur zum vom i e tom d' 'd"""
)

#: Words that make a name an organisation rather than a person.
ORGANISATION: Final = _set(
    """university université universität universidad universidade università institute institut instituto
    institution department ministry agency administration commission committee council association
    society consortium foundation organization organisation center centre laboratory laboratories office
    bureau bank group team collaboration corporation company inc ltd llc gmbh federation union nations
    academy service services survey government board authority press news project initiative network
    alliance panel parliament congress senate school college hospital library museum archive archives
    forum international national federal european world global states department usgs nasa noaa epa oecd
    unesco who ipcc party club coalition task force working research program programme system systems
    development software statistics technologies technology software labs partners systems command
    collective bundesamt ministère ministerium gesellschaft verein editors staff contributors
    ministerio ministério ministero ministerstwo instituto istituto instytut secretaría comisión comissão commissione
    consejo conselho consiglio conseil asociación associação associazione fundación fundação fondazione fondation
    agencia agência agenzia agence gobierno governo gouvernement comité comitato sociedad sociedade società société
    landesamt behörde stiftung министерство институт академия комитет investigators collaborators"""
)

#: Words found in the names of publishers and other issuing bodies.
PUBLISHER: Final = _set(
    """press publisher publishers publishing publications publication verlag verl verlagsgesellschaft
    books book editions édition éditions edition editorial editora editore edizioni edições ediciones
    presses presse university université universität universidad universidade universitet universiteit
    uniwersytet univerzitet univ uni u up ups college school institute institut instituto inst institution
    academy academia bank bureau office department ministry agency association society council commission
    organization organisation foundation center centre inc ltd llc gmbh corporation corp co company
    laboratory library museum government service services survey springer wiley elsevier routledge
    blackwell sage mcgraw-hill pearson penguin harper harpercollins macmillan palgrave addison-wesley
    prentice academic birkhäuser birkhauser brill gruyter kluwer oxford cambridge mit o'reilly o’reilly
    packt manning apress crc chapman hall taylor francis norton random vintage knopf doubleday scribner
    heinemann longman longmans clarendon dover harcourt houghton mifflin elgar emerald world scientific
    ios iop aps acm ieee siam ams spie pmlr ssrn arxiv zenodo figshare dryad github gitlab osf socarxiv
    medrxiv biorxiv preprints rand nber oecd unesco usgs nasa noaa epa group house sons editeur éditeur
    nakladatelství wydawnictwo kiadó izdavaštvo založba kustannus förlag forlag uitgeverij casa fondo
    imprimerie impr tipografia librairie buchhandlung fakultet fakulteta faculty stowarzyszenie curran
    package packages theses dissertation dataverse psyarxiv
    eartharxiv chemrxiv lingbuzz square editura"""
)

#: Publishers whose names are those of persons or say nothing of books.
HOUSE: Final = re.compile(
    r"(?:(?:san francisco|san mateo|reading|boston|new york|menlo park)\s?[:,]\s)?"
    r"(?:morgan[\s-]kaufmann|morgan\s(?:&|and)\sclaypool|addison[\s-]wesley|brooks[\s/-]{1,3}cole|benjamin[\s/-]cummings"
    r"|w\.?\s?h\.?\sfreeman|john\swiley|wiley[\s-](?:vch|blackwell|interscience)|gauthier[\s-]villars|no\sstarch"
    r"|marcel\sdekker|jones\s(?:&|and)\sbartlett|johns\shopkins|edward\sarnold|houghton[\s-]mifflin|little,?\sbrown"
    r"|farrar,?\sstraus\s(?:&|and)\sgiroux|simon\s(?:&|and)\sschuster|faber\s(?:&|and)\sfaber|allen\s(?:&|and)\sunwin"
    r"|van\snostrand(?:\sreinhold)?|birkh[aä]user|vieweg|teubner|hanser|hirzel|rowohlt|suhrkamp|gallimard|dunod|masson"
    r"|hachette|einaudi|laterza|il\smulino|bompiani|zanichelli|boccard|klincksieck|orient\sblackswan|berghahn"
    r"|lawrence\serlbaum|erlbaum|ashgate|verso|zed|pluto|bloomsbury|thames\s(?:&|and)\shudson|sinauer)"
    r"(?:,?\s(?:associates|publishers?|publishing|press|books|inc\.?|ltd\.?|co\.?|(?:&|and)\ssons|(?:&|and)\scompany)){0,3}",
    re.I,
)

#: Words found in the names of journals, newspapers, proceedings and other containers.
CONTAINER: Final = _set(
    """journal journals review reviews letters annals annales proceedings transactions bulletin quarterly
    magazine news newsletter times post herald tribune gazette guardian chronicle daily weekly monthly
    yearbook archives archiv archive acta advances annual conference workshop symposium congress
    communications notes papers reports records studies zeitschrift zeitung revue revista rivista
    cahiers nature science lancet plos ieee acm comptes blätter jahrbuch jahrbücher beiträge vestnik
    časopis tidsskrift tidskrift tijdschrift physica encyclopedia encyclopaedia dictionary handbook
    international american european biology medicine physics chemistry mathematics psychology economics
    sociology forum perspectives quarterly frontiers trends lecture proc j trans ann lett rev int geophys
    blog wikipedia atlantic economist telegraph le monde today wired vox huffington politico globe mail
    independent journalism lncs neurips nips icml iclr cvpr iccv eccv aaai ijcai acl emnlp naacl miccai
    igarss kdd icip sigir sigmod vldb icra iros interspeech icassp wacv bmvc uai aistats coling eacl
    remote sensing ecology geophysics geology engineering education history"""
)

#: Words that only the name of a journal, newspaper or meeting holds.
STRONG_CONTAINER: Final = _set(
    """journal journals review reviews annals annales proceedings transactions bulletin quarterly magazine
    news newsletter times tribune gazette herald zeitschrift revue revista rivista cahiers conference
    workshop symposium congress jahrbuch jahrbücher tidsskrift tidskrift tijdschrift časopis archiv acta
    monthly weekly encyclopedia encyclopaedia letters advances monographs dictionary"""
)

#: Words that name a meeting, so that the work is a conference paper.
MEETING: Final = re.compile(
    r"\b(?:proc(?:eedings)?\.?|conference|conf\.|workshop|symposium|symp\.|congress|meeting|colloqu\w{1,4}|"
    r"tagung(?:sband)?|konferenz\w{0,12}|kongress\w{0,12}|congreso|congresso|congrès|colloque|simposio|actes|anais do"
    r"|atti del|конференци\w{1,2}|neurips|nips|icml|iclr|cvpr|iccv|eccv|aaai|ijcai|emnlp|naacl|miccai|igarss|"
    r"kdd|icip|sigir|sigmod|icra|iros|interspeech|icassp|wacv|bmvc|aistats|coling|eacl|"
    r"advances in neural information processing systems)(?!\w)",
    re.I,
)
#: Journals whose names sound like a meeting.
MEETING_JOURNAL: Final = re.compile(
    r"\b(?:proceedings|proc\.?)\s+(?:of\s+the\s+|of\s+|the\s+)?"
    r"(?:(?:royal|national|american|london|edinburgh|cambridge|japan|indian|linnean|zoological|"
    r"biological|entomological|prehistoric|geologists|helminthological|academy|natl\.?|nat\.?|nutrition|"
    r"institution|ieee\s*$|ieee\s*,|vldb|estonian|steklov|amer\.?|roy\.?|r\.|acad\.?|inst\.?)\b|"
    r"\w+\s+(?:society|academy|institution)\b|acm on\b)|^\s*proceedings of the ieee\s*$",
    re.I,
)

#: What a thesis is called.
THESIS: Final = re.compile(
    r"thesis|dissert|\bdiss\b|doctorat|ph\.?\s?d\b|(?:diplom|master|magister|bachelor)arbeit|habilitation|дис\.|диссертац|\btes(?:is|i|e)\b"
    r"|thèse|proefschrift|rozprawa|\bpraca\b|avhandling",
    re.I,
)

#: Countries, states and provinces, as they follow a place of publication.
REGIONS: Final = _names(
    """uk, usa, us, u.s.a, u.s, england, scotland, ireland, canada, australia, new zealand, germany,
    france, italy, spain, portugal, netherlands, the netherlands, belgium, switzerland, austria, sweden,
    norway, denmark, finland, poland, hungary, romania, greece, turkey, russia, china, japan, india,
    brazil, chile, argentina, south africa, israel, korea, republic of korea, united kingdom, united
    states, united states of america, al, ak, az, ar, ca, co, ct, de, fl, ga, hi, ia, id, il, in, ks,
    ky, la, ma, md, me, mi, mn, mo, ms, mt, nc, nd, ne, nh, nj, nm, nv, ny, oh, ok, or, pa, ri, sc, sd,
    tn, tx, ut, va, vt, wa, wi, wv, wy, dc, d.c, mass, conn, calif, d.f, indiana, illinois, california,
    massachusetts, pennsylvania, connecticut, texas, florida, ohio, michigan, wisconsin, oregon,
    virginia, maryland, colorado, arizona, minnesota, missouri, georgia, utah, iowa, kansas, kentucky,
    tennessee, oklahoma, nebraska, ontario, alberta, wis, ill, mich, new jersey, north carolina, south
    carolina, british columbia, new south wales, dominican republic"""
)

#: Places of publication.
PLACES: Final = REGIONS | _names(
    """amsterdam, ann arbor, athens, atlanta, austin, baltimore, bangkok, barcelona, basel, basingstoke,
    beijing, beograd, berkeley, berlin, bern, bielefeld, bloomington, bonn, boston, boca raton, bologna,
    bordeaux, bristol, bruxelles, brussels, bucharest, bucurești, budapest, buenos aires, cairo,
    cambridge, canberra, cape town, cham, chapel hill, cheltenham, chicago, chichester, cologne,
    copenhagen, dordrecht, dresden, dublin, durham, düsseldorf, edinburgh, englewood cliffs, exeter,
    firenze, florence, frankfurt, frankfurt am main, frankfurt/m, freiburg, genève, geneva, genova,
    glasgow, gothenburg, göteborg, göttingen, grand rapids, hague, the hague, halle, hamburg, hannover,
    harmondsworth, heidelberg, helsinki, hillsdale, hoboken, hong kong, honolulu, houndmills, innsbruck,
    istanbul, ithaca, jena, jerusalem, kiel, kraków, köln, kyoto, københavn, la haye, lausanne, leiden,
    leipzig, leuven, lima, lisboa, lisbon, ljubljana, london, los angeles, lund, lyon, madison, madrid,
    mahwah, malden, manchester, marburg, maribor, melbourne, mexico, mexico city, méxico, milan, milano,
    minneapolis, montréal, montreal, moscow, moskva, mumbai, münchen, munich, münster, nairobi, napoli,
    new brunswick, new delhi, delhi, new haven, new york, new york city, newark, norwell, nottingham,
    oslo, ottawa, oxford, padova, palo alto, paris, pasadena, philadelphia, piscataway, pittsburgh,
    porto, potsdam, prague, praha, princeton, providence, québec, quebec, reading, redmond, reston,
    reykjavik, rio de janeiro, roma, rome, rotterdam, salzburg, san diego, san francisco, santiago,
    santa monica, sarajevo, seattle, seoul, shanghai, singapore, skopje, sofia, springfield, st. louis,
    stanford, stockholm, strasbourg, stuttgart, sydney, são paulo, taipei, tallinn, tartu, tel aviv,
    thousand oaks, tokyo, torino, toronto, toulouse, tübingen, turin, uppsala, utrecht, vancouver,
    vienna, vilnius, warrendale, warsaw, warszawa, washington, washington dc, washington d.c,
    москва, м, санкт-петербург, спб, ленинград, л, новосибирск, красноярск, казань, екатеринбург, томск, владивосток,
    иркутск, архангельск, ростов-на-дону, киев, київ, минск, харьков, алматы, ташкент,
    wellington, westport, wien, wiesbaden, wrocław, zagreb, zürich, zurich, online, virtual event"""
)

#: Word beginnings that journal titles abbreviate (ISO 4), so that "Phys. Rev." is not two sentences.
ABBREVIATED: Final = _set(
    """abh abstr acad acc acta adm adv aerosp aff afr agric am amer anal anat angew anim ann annu anthropol
    antimicrob appl arch archaeol artif assoc astron astrophys atmos aust bacteriol behav ber biochem
    bioconjug bioeng bioinf biol biomed biomol bioorg biophys biosci biosyst biotechnol bot br brit bull
    bur calc cardiovasc catal ceram chem chim chromatogr clin cogn coll colloid combust comm commun comp
    compos comput conf cong conserv constr contemp contrib coord crim crit cryst crystallogr curr cybern
    cyt demogr dept dermatol des dev diabet dis doc dr drug dyn ecol econ econom ed educ electr
    electrochem electron elem embryol endocr endocrinol energ eng engrg entomol environ enzym epidemiol
    ergon ethn eur evol exp expl expt fac fed ferment fert fract funct fundam gastroenterol genet
    geochem geogr geol geom geomorphol geophys geosci geotech gerontol glob gov graph gynecol hist
    hydraul hydrol hyg hypertens immunol ind indust inf inform infect inorg inst instrum int integr intl
    intell interdiscip interfac intern invest isr ist it ital j jahrb jap jour jpn kon lab lect lett lib
    limnol linguist liq lit lond mach magn manag manage manuf mat mater math meas mech med meet mem
    membr mens metab metall meteorol meth microb microbiol microsc miner mod mol monit monogr morphol
    nachr nanotechnol nat natl naturwiss nav nephrol neth neural neurol neuropsychol neurosci neurosurg
    nitr notic nouv nucl numer nurs nutr obstet occup oceanogr oncol oper ophthalmol opt optim ord org
    organomet orthop paleontol parasitol part pathol patt pediatr perform pers pet petrol pharm
    pharmacol philos photochem photogramm phys physiol pol polit pollut polym popul pr pract prev probab
    probl proc process prod prof prog progr psychiatr psychol publ pulm qual quant quart quat quim
    radiat radiol rea ref reg regul rehabil relat reliab rem rend renew rep reprod res resour respir rev
    revta rheol rheumatol roy russ sat scand sch schweiz sci secur sediment seism sem semicond sens sensit
    sep ser serv simul skr soc sociol softw soil sol solut sov spat spect spectr spectrom spectrosc st
    stat statist stoch strateg struct stud supercond superv supp suppl surf surg surv sust sustain symp
    syn synth syst technol telecommun theor ther therm thermodyn toxicol trans transp transplant trav
    trop tr tunn ultrason univ urol vasc verh vet vib vir virol vis vol vop wat weath wiss wkly yearb z
    zesz zh zool ztschr"""
)

#: Abbreviations inside titles that do not end a sentence.
NOT_A_STOP: Final = _set(
    """vs cf etc ca eg e.g i.e ie al dr mr mrs ms st prof sp spp subsp var ssp approx no nos vol vols fig
    pt jr sr inc ltd co corp dept univ ed eds e v u.s u.k d.c aufl hrsg ph.d zw f ff p pp s bd nr trans
    verl d.h z.b usw resp bzw op cit"""
)
