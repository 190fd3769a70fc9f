"""Given names of Crossref's records. Written by ``tools/train_reference_model.py``."""

from __future__ import annotations

from typing import Final

GIVEN_NAMES: Final = frozenset(
    """
aamer aamir aaron aashish aatrayee abbey abby abdalla abdallah abdelaziz abdelghafar abdelhak abdellah abdelrahim
abdeslam abdolhossein abdul abdullahi abdulrahman abdulwahid abeer abena abheera abhijeet abhijit abhimanyu abhishek
abigail abolfazl abonesh abrar abul abuye abuzhalihan achal achmad achraf adalbert adam adebayo adeboye adeeba adel
adelaide adelina aden aderonke adi aditi adnan adniana adolf adriaan adrian adriana adriano adugna adão afaf afamefuna
afaq aferin afifah afra afshan afzal agda agnes agneta agnieszka agnès agostino agris agustin agustín aharon ahmet
ahoora ahsan aidan aiga aihua aiko aileen aili aimara aimee aimin aimée ainur aiping aisha aishah aissa aissatou
aisyah aitazaz aiwen aixia aizhen ajai ajay akash akbarzadeh akhil akie akihiro akihito akiko akinori akira akitsugu
akkurt akshay akther alaa alain alan alastair alaster albert alberto aldemar alden alec aled aleh aleicia aleix
alejandra alejandro aleks aleksander aleksandra alen alena alessandra alessandro alessia alessio alex alexa alexander
alexandr alexandra alexandre alexandros alexei alexej alexey alexis alexsis aleš alfons alfonz alfred alhamzah
aliaksandr alice alicia alicja alida alina aline alireza alirezae alisa alison alissa alistair alka allah allahyar
allan allison ally almir alois alok alon alona alptug alvaro alvin alwin alyce alyson alyssa alzhraa amaia amalina
aman amanda amani amar amauri amaya ambareen amber ambika ambo amburo amelia amelie amen amie amir amira amiran amirul
amit amita amitshankar amjad amlendu ammar amol amosy amparo amrita amy amália amélie ana anabel anabelle anagi anam
anamika ananda anandh anant ananth ananya anas anastasia anastácio anat andarkhora anders andi andra andre andrea
andreas andreea andrei andrejs andreu andrew andrey andrii andriy androniki andrás andré andrés andy aneliya aneta
anette angel angela angelo angga angie anh aniebietabasi anil animesh anindita anindo aniruddha anis anish anisha
anita anitha anja anjali anje anju anjun anke ankur ankush ann anna annalena annan annarita anne annelies annemarie
annemiek annette annie annika annisa anouk anselm antal anteneh anthony antimo antoine antoinette antonella antonia
antonini antonino antonio antonios antonius antã³nio antónio antônia antônio anudari anudyuti anupam anupama anusha
anushka aparecida apollinaire apoorva apostolos april apurva aqil aramaki aramayis arameh aranka aras arash arcangelo
archana ardine areeba aregash arely argemiro ariana ariane arianna arianne arielle arijit arin aristid ariën arjan
arjen arjun arka arlene armand armando armiger armine arnaud arne arnoud arpan arruda arsalan artem arthur artur
arturo arturs arumdriya arun arunagiri arup arvid arvind arzu asaf asalatha asgari asghar ashfaq ashis ashish ashley
ashlynn ashok ashutosh ashwani ashwin asitkumar askell aslam aslan asli asma asmaa asregedew assia aswani atanu atazaz
ateev athanassios atieh atif atsuo atsuoshi atsushi atsuyuki atticus attila attilio aude audrey augustine augusto
augustyn aurelio aurimar aurore aurélie aurélio autumn aveek aver averil avi avinash aviva avtar awad awatif axel
ayaka ayako ayaz ayesha ayla aylin ayman aymen aysenur ayşe azadeh azazul azevedo azita azmi azuwerus azza aída
baatarsuren babak babcock babneet bachirou badira badran badre badrinathan bahar bahgat baichao baishali baishun
balaganur balaji balasubramaniam balfour balikouhi bambang bandi bangmao bangzhu bani baohui baoming baoxing baozhen
baptiste bapurao barak barbara barbra barrueco barry bartosz basiamisi basil basir basit bassem basti battal bayard
baykuş beate beatrice beatriz behrang behzad beibei beihua beirong bekh bekim belgin belén bence benedek benedetta
benedikt bengt bengü benjamin benlun benoît benta benton benyekhlef bergita bernadette bernard bernd berta bertrand
berwn beryl besnier besthenahallierappa beth bethany bethlehem betsy bettina betül beverly bezerra bhanukiran bharat
bharath bharti bherer bhupender bhushan biagio bianca bidyut bihua bill billingsley billy bin binbin bindu bing
bingchang bingchen bingnan bingqiang bingxiao bingzhi binje binjian binlin bintang binyong biranthabail birga birger
birgit birgitt bishakhdatta bisong biswajit bjarke bjoern björn bjørn blake blanca blandine blanka bob bobbi boby bofu
bohrani bohumír boidin boleslav bolu bomi bong bonita bonnie bonnielin bonny bora boran borbála borden borella boris
bosgelmez bostjan boudjelal bouikhalene boxiong boyang boye boyi bozhong brad braga brandon brandy branislav brant
brasileiro breanna breanne bree brenda brendan brenden brent brenton brett brian bridget brigitte briitta brijendra
brinda britt brittany bronson bruce bruck bruna brunna bruno bryan bryce brynnydd brynthe bryony btissam buchun buddha
buddhi budi bulent burak burkhant buwei byoung byung béla børge bünyamin cagri caifeng caihua caillin caitlin caiyun
caleb calvin cameka camellia cameo camila camilla camille camillo cana canbing candi candice candotto caner canh
capssa cara carballo careen carina carl carla carlo carlos carlotta carly carmeline carmen carol carola carole
carolina caroline carolyn carrie casemiro casey cassio castaldo catalin catalina catherine cathie cathrine cathy
cauchick cecil cecilia cecily cecãlia cedric cees celeste celestino celina celine celio cemal cesar cesario cezar chad
chagas chaima chaitali chandan chandrajith chandrika chandrodai changchang changhao changho changjian changliang
changxuan changyong changzhong channing chantal chao chaobin chaochen chaofan chaohuan chaojing chaojun chaonan
chaopeng chaoqian chaoshou chaozhu char charalambos charan charles charlotte charlène charu chas chaya chayene chein
chengbin chengbo chengfan chenghe chengkun chengming chengrui chengxin chengxuan chengyi chengzhang chenlin chenrun
chenwu chenxi chenxia chenxu cheol cheong cherrie cheryl chester chet chetan chetana cheuk chew chi chia chiao chiara
chidiebere chieh chih chikako chinedu ching chingiz chinho chinthana chiqian chiranjit chitra chloe chloé chongqing
choong chris christa christel christelle christen christi christiaan christian christiana christiane christina
christine christoffel christoffer christoph christophe christopher christos christy christyn chrys chrysanthi
chrysovalanto chrystin chuan chuanjiang chuanshen chuansheng chuanyong chuanyu chuck chufeng chuixiang chul chulhong
chun chunhong chunhua chunhui chunlan chunlin chunling chunlu chunmeng chunting chuntong chunxiu chunxu chunyan chunye
chunyu chusheng ciampi cidália cindee cindy cinzia claiborne clair claire clara clare clarence clarissa claude
claudette claudia claudio claudiu claudjane claus clay cleia clif cliff clifton clint cliomar clive cláudia clémence
clément cody coen coert coiel colby colin colleen collynn concha conchi cong conger conghao conghua conghui congqi
connie conny conor constantin constantinos constanza constança consuelo cordia corina corine corinne cormac corrine
cosimo costel coulourides courtney craig cristhiane cristian cristiano cristina cristinel cristy csaba cuixia cukup
culum cuong cvetan cyndia cynthia cyril cyrus cássia cássio cândida césar dacheng dadashi dae dafna dagmar daifa
daisuke daiya dakun dal dallas dalong dameng damian damien damini damith damjana dan dana dandan danfeng dangge danh
dani danica daniel daniela daniele danielle danny danqi dansheng danson dante danuta danwei danyan danyelly dao dara
daria darian dario darios darius darkhan darko darrell darren darryl darta daryle dashdavaa davey david davide davood
davor dawei dawid dawn daxin dayna dayuan dazhong dazhou dean deana deba debabrata debashish debasis debbie debmalya
debora deborah debra debraj dechang dechun dedi deena deenesh deepak deepti defeng defu dehao deheng deidre deirdre
dejian delbert delesha delfim delia deliang dengke denilson denis denise dennis depeng deqi derek derming derya
desheng desmond desri devidas devin dewen dewi deying deyu dhara dhirendra dhruba dhulika diana diane dianne didier
diego dieter dieudonnkaoga diksha dilano dileep diletta diling dilip dillon dimitra dimitri dimitrios dimitris
dimosthenis dina dinarzarde dinesh diogo diomidis dionysios dionyssia diptajyoti dirceu dirk disha dita divakar divya
dmitrij dmitriy doantam dodul doina dola dolfred dolores domenic domenick domingo dominic dominick dominik dominika
dominique don donal donald dongdong dongfang donghai donghee donghui dongjun dongliang dongqin dongsheng dongwha
dongxiang dongxiao dongxin dongyong dongyoung donna donny dora doreen dorgeless dorin doris dorit dorota dorothee
dorothy dos doug douglas dov dragana dragos duangnate ducou duen duiliu dulce duo durgesh durmuş dursun dušan dwight
dylan dynnes dániel débora dóra earl earle easton eberval ebonne ebony ebrahim ebru ebtehal eckhard eddie eddine
edelmiro eder edgar edit edith edmond edmund edmundo edson eduard eduardo edvaldo edward edwin eeva efrem efthimios
eftychia egbal egon ehrin ehsan ehsani eike eileen einar eirin eizaburo ekaterina ekin ekpedeme ekrem elad elaheh
elaine elana elaziem elden elding elena eleni eleonore eli elia eliana eliane elie eliezer elif elijah eliot elisa
elisabete elisabeth elisabetta elise elisha eliz elizabeth elke ellen elliot elma elmer elnaz elodie eloisa elpídio
elqorachi elsa elsayed elsevier elsie elvira elyse elzbieta elías elżbieta emad eman emanuele emanuelle emelia emer
emile emilia emiliano emilie emilio emily emma emmanouil emmanuel emmanuelle emmet enas enayet enilton ennio enrica
enrichetta enrico enrique ensieh enyonam enze enzhi epari erbayat ercan eren erfan erhai eric erica erich erick ericka
erik erika erin erivelton erling erna ernest errol ersegun erwan erwin eshwar esmaeil esme espen esperanza essa
esteban estela estelle esther ethel etienne ettore eugene eun eungil eunice eunsung eusebio eustrat eva evan evangelia
evangelos evaristo eve evelien eveline evelyn evert ewa eyal ezekiel ezio fabiano fabien fabio fabiola fabrizio
fabrício faccio fadi fadime faez fagner fahim fahmeeda fahmi faikah fairuz fallgaard famin fanbao fangeng fangnan
fangshu fanji fanny farehan farhan fariba faridatunbinti farimah farin fariza farnoosh farouc farrington farshad
farshid faruk farzin fashuo fasil fata fatemeh fatih fatima fatimah fatma fausto fawad faye fayek fayez fazal federica
federico feihan feijia feiqi feiyan feiyang felicia felicity felipe felisa felix femke fen fendy fenella fengfei
fengguang fenghong fengjiang fengqi fengshi fengxia fengyan ferdinand ferdinando fereidoun ferenc ferian fernanda
fernando fernán ferran ferry fevziye fidi figen filiberto filip filipa filipe filippo finola fiona firas firooz firoz
fitz flandrine flavia flavien flavio florence florian floris flávia flávio fogagnoli folke fouad fouke frances
francesc francesca francesco francisca francisco franciska frank franklin frans františek franz franziska françois
françoise fred frederic frederick frederik fredric fredrick fredrik fredy freek freimut freire freya frida fränzi
frédéric fuchu fuhong fujun fukai fulco fuliang fulin fulu fulvio fumihito fumio furkan furong fusheng fuxiang fátima
gabor gabriel gabriela gabriele gabriella gabrielle gaetano gagan gagnon gail gaiping gajja gakuto galina galmstrup
gamze gancho ganesh gang gangfeng gangqiang gangyun ganquan ganti gaofeng garet garima garine garland garrote garry
garson gary gasparini gastón gaurav gauri gavin gayan gayatri gayda gaylen geert geertruy geeta geetaa geeth geetha
gehan geilson geislam gemma geneviève genmei gennady genserik geoff geoffrey geon georg george georges georgetown
georgiana georgina georgios gerald geraldine geraldo gerard gerardo gerben gerburg gerd gergely gerhard gerjan germano
gerrit gerry gershon gerson gert gertrude gervais getachew geun ghada ghadir ghali ghazal gholamizadeh ghonoodi ghulam
giacomo giampiero gian giancarlo gianfranco gianni gianniantonio giel gijsbertus gilat gilles gillian gina ginevra
ginny gino giorgia giorgio giovanna giovanni girish gisela gislin gita gitau githa giulia giulio giuseppe giuseppina
giustino gizem gleidson glen glenn gloria goce goda godefroy godwin goji goksel gokul goldi gompa gongming gongquan
gonul gonzalo goodarzi gopika gorana gord govindarajan gozewijnw graddy graeme grażyna greg gregg gregory greif
gresheen gretchen grove grzegorz grávalos grégoire grønne guang guangfa guangfeng guanghan guanghong guanghua guanglin
guangming guangqi guangquan guangwen guangwu guangxing guangya guangyan guangyao guangzhi guanpo guanru guanxi guanyu
gudmundur gudny guetten guey gui guichao guido guifang guihai guijun guilhem guilherme guilong guimei guirong guishen
guixiang guiyan guiying guiyu gulgun gulmira gumersindo guneet gunilla gunnar gunnell guoai guodong guohai guoheng
guohui guojing guoju guoqiang guoqing guosheng guoshun guosong guowei guoxing guoyu guoyun gurkirpal gurpreet gurudatt
gustavo guy gwen gwendolyn gwilym gyun gábor géraldine göksel göran gülay gülcan gülhan günter habibi hachizo hacéne
hadis hadiza hadley hadrien hae hafeez hagen hagit hahng hai haibin haibo haidong haifang haifeng haijiang haikang
haikuan hailei hailin hailing hailong haiming haining haipeng haiqing haitao haitham haixia haixiao haiyan haiying
haiyoung haji hajime hak hakan hakimeh hali halit hallbera hallock hamda hamdi hamdy hamdène hamed hamish hana
hanasoge hancheng hang hangjun hangye hani hanjie hanjo hannah hanneke hannes hanqi hans hanwen hanxin hanzhang hao
haocheng haodi haodong haogang haohai haohao haojing haojun haoliang haomin haoming haonan haoran haowen harald haran
hardeep hardik hari haris harish harlan harmen harnish harold harpinder harriet harry hartmut haruhito hasber haseeb
haslina hasna hatem hatim haydée hayim hayley haytham heather hector hee heidi heike heiko heiner heinrich heinz helen
helena helene helga helgard helgi helmut hendrik hendy hengchang hengyang henit henk henriette henrik henrique henry
heping heqi herb herbert hernán hershel hervé herwart hesam hexiang heyan hideaki hidehiro hidehito hideki hidenori
hideo hidetaka hidetoshi hideyo hideyuki hijrah hikaru hilde hillary hilmar himanshu hindra hira hirabuki hiroaki
hirochi hiroji hirokazu hiroki hiroshi hirotaka hiroyuki hisaaki hisao hisatake hisham hitoshi hiwa hjalmar hmidan hoa
hoang hock hojun holger holly hong hongbin hongbo hongcai hongchuan hongfei honggen honghao honghong honghui hongjie
hongjing hongli hongliang hongling hongmei hongming hongqiao hongwei hongwu hongxi hongxia hongyan hongyang hongyin
hongyu hongzhi hooman hoon hossam hossein hosseinpour houenafa houjian housseine howard howie hristo hsiang hsien
hsing hsiu hsuan hua huadong huafeng huaguang huahu huaicheng huaijin huaiqian huajun huakun huan huanchao huaqing
huat huayu huaze hubert hugh hugo hugues hui huibin huicong huidan huihua huiji huijian huijin huijuan huilin huilong
huimin huiqin huiquan huiteng huiting huitong huixiang huiying huizhen hun hunmin huong huseyin huu hwa hwan hyang hye
hyein hyeoncheol hylco hylke hyo hyojin hyouk hyoun hyoung hyoungsu hyuk hyun hyuncheol hyung héctor hélène hüseyin
iacopo iain ian ibrar ichi ichiro ido idris ieva ignacio ignazio igor ijaz ikram ikuyo ilaria ildebrando ildikó ilena
ilham iliass ilja ilka illemann ilman ilse ilson iltefat ilya ilyas ilyes imad imam iman imed imil immaculada immanuel
inayat ine ines inga inge ingo ingrid inki inne inpyo inácio inês ioan ioanna ioannis iosif ippei irda irena irene
ireneusz iresha irfan irina iris irisdoris irit irma irmela irven irving irwin isaac isabel isabela isabella isabelle
isabelly isadore isaiah isard isela ishak isisdoris iskandar iskinder ismet isobel issei issoufou istván itamar itaru
iulani iulia ivailo ivan ivana ivanna ivanovych ivica ivo ivón izabela işıl jaap jaboury jacek jack jacklynn jaclyn
jacob jacondino jacopo jacque jacqueline jacques jae jaehwan jaehyuk jaejong jaeyub jagannadha jahandari jahnavi jaime
jaimie jaimon jake jaksic jakub jamal jamaludin james jami jamie jamil jamillah jammy jamshid jan janaina janam janani
jane janet janette janice janine janneke jannes janos jantine jarbas jared jareen jaromír jaromíra jaroslav jarrel
jashodeep jasna jason jasper jasvinder jau jaume javad javier jawad jawahar jay jayant jayanta jayaraman jean jeanette
jeanine jeanne jeannette jedddha jeff jefferson jeffery jeffrey jegatha jehoon jelena jenghwa jenine jenkin jenn jenna
jennifer jenny jens jeongho jerel jeremy jeri jerocílio jeroen jerome jeromy jerrold jerry jerson jerzy jess jesse
jessica jessie jessy jesus jesús jevnik jeylan jeyong jhon jiachao jiachen jiacheng jiaci jiada jiagao jiaguo jiahao
jiahui jiajie jiajin jiajing jiale jialei jialiang jialin jialing jiamin jian jianan jianbin jiancheng jiande jianfa
jianfei jianfeng jianfu jiangang jiangcun jiangfeng jianghong jianghui jiangming jiangpeng jiangtao jianguo jianhong
jianhuan jianhui jiani jianing jianjie jianjing jianjun jiankung jianli jianliang jianmin jianming jianneng jianning
jianping jianqiang jianqiao jianqing jianren jianrong jianru jianwei jianxia jianxiang jianxin jianxu jianying
jianyuan jianyun jianzhang jiapengwu jiaping jiaqi jiasheng jiawei jiawen jiaxin jiaxing jiayi jiayong jiayu jiayuan
jiayue jiaze jichao jiduo jie jiegang jieming jieping jiesen jieun jiguang jihad jiheng jihn jildonei jilin jill
jillian jim jimin jiming jimmy jinbo jinbum jincai jinchuan jincun jindi jindong jinfu jing jingge jinghui jingjing
jingkun jingle jingli jinglin jingnan jingshan jingsong jingwen jingwu jingxian jingxin jingxing jingxuan jingyan
jingyuan jinhai jinhe jinheng jinhu jinhua jinliang jinmeng jinpeng jinping jinsheng jinwei jinxin jinxing jinyan
jinyang jinying jinyoung jinyue jinzhi jinzi jiong jiru jisheng jishu jitendra jitti jiwu jiyang jiye jiyong jiyoun
jiyue jizhao jizhong jiří joachim joacim joan joana joann joanna joanne joaquim joaquin joaquín jocelyn jochen jodi
jodie jody joe joel joely joerg joey johan johanan johann johanne johannes john johnny johny joke jokin joline jolle
jon jonathan jonathon jonay jong jongse jongsik jongwoo jongwook joo joon joonhyung joop jordi jorge jorien jorma jorn
jory josadaque jose josef josefin josefina josefine josep joseph josete josh joshua josiane josip joslyn jospeh josé
josélia joti jouni joydip joão juan juana juanjuan jubayer judi judit judith judson judy jue juel juergen juha juhi
juhl juhua jules juli julia julian juliana juliane juliann julie julien juliet juliette julije julio jun junbo
juncheng junde juneau juned junfeng jungho junguo jungwoo junhai junho junhong junhua junji junjie junke junko junlei
junlin junnian junqi junqiang junqiao junqing junsang junsheng juntarou junwen junya junyi junzhi juri justin justine
justyna jyotirmay jérôme józsef jörg jörgen jörn jørn júlia júlio jürgen kaalan kaan kadir kageyasu kahyun kai kaifeng
kaihang kaihui kaili kaiqiang kaiquan kaisa kaitlin kaival kaiyuan kaiyue kajsa kakoli kakumanu kalam kalkidan kalle
kalpana kalroozi kam kamachi kamailani kamalkumar kami kamil kamran kanade kanako kandai kandan kandiah kangzhen
kanjicai kanno kanth kaori kaoru kapil kapila kapler kappei karambir karan karel karen kari karima karin karina karine
karl karla karlis karolina karoline karsten karthik kasia kasim kasmirski kassa kassim kata katara katarina katarzyna
katarína katashi kate katelyn katerina kateryna katharina katharine katherine katheryn kathleen kathryn kathy kathyrn
katia katie katja katrin katrina katrine katsuaki katsuhira katsuhito katy katya kavin kayla kazi kazim kazimierz
kazuaki kazuhiro kazumasa kazumi kazumitsu kazunori kazuo kazutoshi kazuyo kealoha kedar kedong keegan kefu kehan
kehong kehua kehui kei keichi keiichiro keiko keisuke keita keitarou keith keli keliang kelin kellen kelli kelmara
kelvin kemal ken kendrin kengo kenichi kenji kenneth kensuke kentaro kento kepa kepan keqiang kerem keri kerry kerstin
ketzer keum keun keung kevin kewei kexin kexiong keyan keyoung khabir khader khadija khaghani khalda khaled khalida
khine khurshid kiera kieron kikuaki kimberley kimberly kimie kimitoshi kingsley kinza kiran kirill kirshanthan kirsi
kirsten kirstie kirsty kirti kiryung kishor kishore kitaw kithsiri kittiphon kiyohiko kiyoji kiyonori kiyoshi kjell
kliem klostergaard knebel knopik kobra kodji koen kohei kohmei koichi koichiro koji kokil kolja komal konduru
konstantin konstantinos koon koravangattu koray korine kornee kosuke kota kotaro kottakkaran kotter kouichi kouki
kourtney koushik kousuke kragh krasimir kriengsak krina kris krishan krishnaraj krissy krista kristen kristi kristian
kristin kristina kristine kristof kristy krisztián krunal krzysztof kshitij ksuseel kuan kuangyi kuei kui kun kunli
kuppuchipalayam kurt kurtis kush kwaku kwang kwing kwong kyeong kyla kylie kyohei kyoko kyoo kyoon kyoungwon kyu kyun
kyung kürşat laifei laihao lainey lais laishram laith laiza lajos lakshman lamia lamine lampros lana lance landouard
langbong lanlan lapin lara larissa larry lars lasse latha latifa lauder laura lauren laurence lauri laurie lavinia
lawrence laxman laylan laëtitia lcdr leah leanne leema legrande lei leif leila leitao leiying lejun lekha lemi lena
lenard lene lennart lenore lenwood leo leon leonardo leone leonel leonid leonidas leonor leopold les lesheng leslee
lesley leslie leticia letizia levent leyao leyi liam liana lianbo lianfu liangcai lianghua liangjie liangliang
liangming liangna liangping liangtian liangwei liangyu liansheng lianyong liaquat libin libo librilianti licheng lida
lidan lidmila lidong lieke liesbet liesbeth liese lieven lifeng lihai lihong lihua lihui lijian lijuan lijun lili
lilian liliana lilin liliya lily limin lina lincoln linda lindsley linfeng linfu ling lingfei lingfeng linghao lingli
lingling lingyan lingzhi linkai linlin linsen linya lionel lior lipeng liping liqiao liqiu liqun liron lisa lisandro
lisanne lise liselotte lisha lisheng listz litong liugang liuping liuyi livia livio liviu liwen liyan liyong liza
lizandro lizhe lizhen lizy lluís lodewijk lohmor loic lokesh lome longfa longfei longfeng longhui longkai longping
lonneke lonnie loraine lordello loredana loreen loren lorena lorenzo loreto lori lorin lorna lorne lorraine loucrecia
louis louisa louise lourdes lourens lovejit lowell lozoya luana luann luba lubica lubina lubnaa luboš luc luca lucia
luciana luciano lucie lucilio lucilla lucinda lucindo lucinéa lucio luckshi lucy ludmil ludmila ludo ludovic luen
luerbio lugang luigi luis luisa luiz luiza lukasz luke lukáš lulin lulu luman lun lupércio luwy luyao luz luís luísa
lyman lynda lyndon lynn lynne lyonell lyse lyudmila lászló léopold maaike maarten macarena macb maciej maciek mackitz
madalena madeleine madeline madhav madhavi madhukar madhuram madhuri madhusudan madina madlen maeve mafalda magalì
magda magdalena maged maha maharajan mahendran mahesh maheswari mahmoud mahon mahrus mai maik maike maiko mainak mainá
maisam maja majid maju makiko makoto maksim maksymilian malek malgorzata malika malin mamiko mamoru mamoun mamun mana
manas mandeep mandelin maneesh manesh manfred mangmang mangueira manika maninpat manish manisha manja manjunatha
manoel manoj manoji manon manowarul mansel mansur manuel manuela manuelle maolin maranatha maranda marc marcel marcela
marcella marcello marcelo marcia marcin marco marcos marcus marcílio maree marek maren marfil marga margaret margarete
margarida margarita margit margot margriet marguerite maria mariachiara mariagrazia mariam mariamma marian mariana
marianna marianne mariano maricela marie mariee marieke marielis marielle marieta mariette marif marija marijn marijne
marika mariko marilene marin marina mario marion marisa marisol marissa marit marius mariusz marja marjan marjit
marjorie mark markku markus marleen marlen marlena marlene marlys marni marsha marston marta martha martial martijn
martina martine martyn marvin marwan mary marya maryam maryann maryanne maryse marzhan marzieh maría masafumi masaharu
masahiko masahiro masahisa masahito masakazu masaki masako masamichi masanori masao masashi masateru masato masatoki
masatoshi masaya masayoshi masayuki masazumi mashael masood masooma masoomeh masoud massimiliano massimo mat mateusz
matha matheus mathew mati matias matilde matloob matongo matsumaru matt matteo matthew matthias matti mattos matvey
matúš maulana maureen mauricio maurizio mauro maurício max maxat maxim maximilian maxine maya mayank mayhar mayra
mazin maïlys małgorzata mediatrice meenu meera megan megumi meharajul mehdi mehmet mehrdad mehrun mehul meir meiyan
meiyao meiyu melanie melanio melepurath melese melike melissa melita melodee melody melvin melvyn mendonça menghua
mengistu mengjie mengkun mengwei mengying mengyuan mercedes mercouri mercè mercês meredith merilda merin merkur merlin
merry merve messod mesut metka miaomiao miaoqing micaela micah mical michael michaela michaella michaelovitch michal
michalis michał michel michele michelle michiko michinaka michinori michiro mich鑜e mickaël mienur miguel mihoko mihyun
miji mijung mika mikael mike miki mikkel miklos mikola mikołaj milagros mildred milena milind milla milo miloslav
milton min minahil minakshi minal ming mingdao mingdong mingfang mingfu minggang minghao mingjin mingjun mingming
mingrong mingsheng mingshun mingui mingxia mingxin mingyan mingying mingyu mingzhu minh minjie minjuan minoru minqin
minsun minwoo mioara miral mircea miren miriam mirjam miroslav mirtha miryana mirza mirzaei misako misbah mitchum
mithat mitsumu mitsuo miwako mizuki mogens mohaddeseh mohamad mohamed mohammad mohammadimehr mohammadnejad
mohammadreza mohammadsaleh mohammed mohaned mohd mohsen moira moises mojca mojmír mojtaba mojun molan molly mona
monalisha monica monika monique monish monisha mony morten moses moshe mostafa moto motohiro mousavi moussa mowaffaq
moxi moya mozhgan mradu mrinal mrinmaya msafiri mudassar muhammad muhan mukta mukund mumtaz mundher munehito munnalal
murat murdo murni muryam mustafa muti mutsumi muxing myles myong myoung myrfyn myriam myron myrsini myung myunggwon
máire márcio mário márton máté mónica mônica nabiul nacire nader naderi nadia nadine nafisa naga nagarajan nagib nagma
naiem naila naim naira najdah najy naleen nan nanci nancy nandagopal nanik nanping naoki naoko naomi naoto naotsugu
naoya naoyoshi napatra narasimhan narasinga narayanasamy narayanaswamy narciso narcís narendra narikazu nariman narjes
nasehi naser nashwa nasr nasreen nasrum nasser nassim natalia natalie natalya natascha natascia natasha natasja
nathalie nathan nathaniel natsuko natsumi natália naveed naveen navid navin navneet nawzat nayan nayara nayden nazar
nazife nazim nazli nazneen naïma ndema necdet ned nedzmidin neela neeraj neeta negar negrão neil neja nejad nektarios
nele nellie nello nemiah nena neng nermeen nerses neslihan nesreen nessa neta nete neves neville nevin nezih ngoc nhat
niall nian nianting nibaldo nica nicasio nicholas nick nico nicodemo nicola nicolae nicolas nicole nicoleta nicoletta
nicoll nicolás nicuşor nidhal nidhi niels nien nieves nigam nigel nikola nikolaos nikolaus nilanthi nilay nilgün nils
nima nimesh nina ning ningbo ninghui ningning ningxiang nino nintita nirmal nirmala nirmalya nita niteesh nitesh nitin
nitish nivedita nives noah noam nobel nobuaki nobuhiro nobujiro nobumichi nobuya nobuyuki noel noelia noelle noemi
noemí nogarotto nogendra nona nong noorthikalyan nooshin nora norah norbert nordica norifumi norihiko norihiro
norikazu noriko norio norli norma norman norrina nouman noureddine noëlle nripen nugrohoaji nunilo nuray nurcan
nurgali nurhazrina nuria nusiba nusrat nyaz nyunt nándor oakley oapeng obaid obteene oceana oday odette ofelia ofer
offir oguzhan okke oksung oktriana olaf oleg oleh oleksandr olena olfat olga olgerd olha oliver olivia olivier olus
omar omid omkar ondřej opoku orapin oren orestis orit ormstrup osamu oscar oshra oshrit oskar osnat osvaldo ovadia
owes ozal ozgur paco paige paladino pallab pamela panayiotis pandeng pankaj paola paolo parag parakriti parisa parisi
parmeshwar parteek parth partha parto parvaneh parvin pascal pasquale pathegama pathum patrice patricia patrick patrik
patrizia patryk patrícia patty paul paula pauline paulo pavan pavel pavla pavlovich pawan pawel paweł peder pedram
pedro peifu peigen peigong peijian peili peilin peipei peiran peixuan peiyang peiyun pelham penelope pengbo pengchao
pengcheng pengfei pengfeng pengpeng pengxiao pengxin pengyao pengyu pengyun peninnah penny pentti peny per perazzoli
perica pernilla petar peter petr petra petros petrus phichayut phil philip philipj philipp philippe phillip phoebe
phong phuong pier pierluigi piero pierre piet pieter pieterjan ping pingkan pingping pini piotr pippa piroska
pitchaporn piyameth piyapong piyushkumar plamen poku poliana polina polo pona ponisseril pontus pooja poom pourmirzaie
pradeep pradip prajnya prajwal pranab pranav praneetha pranita prasanna prasanta prashant prashanthan pratibha
pratyoosh praveen predrag prin priscila priscilla priya priyan priyanka priyansh pubo pudji puja punit punitha puragra
purna puteri putri päivi péter pêssi qamar qian qiang qiangui qianlei qianli qianming qiannan qianqian qianwen
qiaoqiang qiaoxia qichang qichao qidong qihai qihang qihua qijin qikun qimeng qiming qing qingfen qingguang qinglin
qingling qingnan qingning qingqing qingsheng qingxiang qingxin qingxing qingyu qinhua qinxiu qinyue qinzhen qiong
qirui qiuchan qiuhao qiuhong qiujin qiusheng qiuwei qiuwen qiuyu qixian qiyi qiyue qizhi quanhua quanli quanliang
quanxi quanyou quanzhi quentin quinton qun qunhui quoc qurat rabab rabelo rabia rabindra rachael rachel radek
radheshyam radhika radnyi radoslaw raewyn rafael raffael raffaele rafiah rafik rahul raian raina rainer rainilde
raissa raiziane raja rajai rajalakshmi rajanikanta rajat rajendra rajendrakumar rajesh raji rajiv rajko rajlaksmi
rajnish rakesh rakibul rakshith raktim ralf ralph ram ramaprabhu ramazan ramchandra ramez ramin ramis ramona ramy
ramya ramyashree ranadip randa randal randall randeep randi randolph randy ranjan ranjna raphael raquel raquiba
rashidi rasik ratna ratnagopal raul rauri raute ravena ravi rawan raweewan rawson rayabarapu raylene razagh razali
razhan razieh rebeca rebecca rebekah rebekka reeling reenu reghan regina reine reinhard reinhild reinout reisoli
rejane rekha renan renata renato renchao renchong rende renee renick renjiang renjie renlei rens renwei rené renée
reshma reshmina reuben reuven reynold reza rezzonico rhayssa rhonda rhun rianne riaz ricardo riccardo richa richard
rick rie rieke riemer riho riichiro riitta rika rima rinku rishab rishi rita riti ritika riza rizalinda rizuan rob
robert roberta roberto robin robt rocco rocio rodante roddy roderick rodney rodolfo rodrick rodrigue rody roger rogier
rohitha rohollah rokea roksana roland rolf rollin romanee romina ron rona ronald ronaldo ronette rong rongbo rongkai
rongkang rongmin rongqi rongwei rongxi rongze roni ronit rory rosalind rosane rosani rosanna rosario rosemary rosi
rosie rossano rossella roterdan roxana roya royston ruaidhri ruana ruanyang rubayet ruben rubens rubina rubí ruchi
rudolf rudru rufika rui ruibo ruidong ruifang ruifeng ruiguo ruijia ruijie ruiping ruiqing ruirui ruisi ruixia rujira
ruma rumi rumyana rune runliang runlin runmao ruochen ruodan ruohan ruohao ruolan rupa rupali rupert rupjyoti ruslan
rustam ruth ruwanthi ružica ryne ryo ryosuke ryota ryskul ryuichi ryutaro réda rémi rüdiger saad saadet saba
sabarethinam saberi sabina sabine sabrina sabuj saburo sabyasachi sachel sachin sacilotto sadeer sadhvikas sadik saef
saeid saerok safi safia safwan sagar sagi sahadevan saheed sahereh sai said saifudin saikat saikh saima sait sajal
sajid sal salah salari salehi salin sally salma salman salomeh saloni salpasaranis sama saman samantha sameer samer
sami samia samin samir samira samiran sampo samrah samual samuel samuli samya sancar sandhya sandip sandra sang
sangeeta sanghyun sanghyup sangoh sania sanjay sanjiv sanjoy sankui sant santanu santhanahalli santiago santosh sanyi
sanziana saori sara sarabeth sarah sarahann sarahi sarang sarbajit sarbin sarbjeet sarinder sarit sarmad sarmila
sascha sasha saskia satchit satisharunkumar satoru satoshi satrajit satsuki satyajit saughar saul saulo saurav savas
saveez saverio savio savita savvina saylam sazadur saúl sean sebahat sebastiaan sebastian sebastiano sebo secil sedat
segismundo sehngxi seigo seiichi seiji seiyun selcuk sellappan selma selome sema semin senanayake seng sengwee senping
senthil seok seon seong seongkoo seonho seonjin sepehr seppo sera serafino serdar serena sergei sergej sergey sergii
sergio sergios sermsak servando seth sethesh setti seung seungho seungmo sever sevitha sewoong seya seyed seyma
seymour shabir shabiremu shabitha shabnam shachar shadia shadpour shagun shahbaz shahed shahera shahin shahram shahzeb
shaibu shaida shaila shailee shailly shaimaa shakinah shakti shalini shalom shanbao shane shania shanjun shankar
shannon shanshan shantanu shanwen shaofeng shaohua shaojie shaojun shaopeng shaoqing shaorong shaoru shaowei sharafa
shareen shari sharida sharon shasha shashi shashikiran shavkat shawn shay shaymaa sheela sheetal sheila sheinei
sheinfeld shek shekhar shelby sheldon shelly sheng shengdao shenghai shenghui shengjian shengjie shengliang shengming
shengnan shengren shengsong shenhua shenjian shenlong shenming shereen sheri sherif sherilyn sherri shervin sheryl
shiang shibani shibiao shifeng shigeaki shigemitsu shigeru shigeyoshi shih shihai shihang shiheng shihua shijie shik
shikai shil shilin shilong shilpa shimeng shimon shing shingo shinichi shinichiro shinji shinsuke shinya shio shiqi
shiqian shiqing shirleta shiro shishir shitao shitian shiv shiva shiwen shixia shixiang shiyong shiyu shizuka shoba
shohei shoichi shoko shong shoo shoudao shoufeng shouhua shoulong shraddha shravan shravankumar shreesh shresh shreya
shreyansh shreyes shrike shrimoyee shripaad shripad shruti shuai shuang shubha shubhankar shubhayan shubhra shubin
shubing shucheng shufang shufeng shugang shugart shugo shuguang shuhua shuichi shuichiro shuiguang shuiqing shujaat
shujia shujie shujuan shukai shukui shuliang shuling shuming shun shuna shunan shunhua shunkai shunli shunshun
shunsuke shunta shunxin shuo shuqi shuxian shuxiang shuxiao shuyun shuza shuzo shweta shyam shyamchand siavash
sibudjing sidahmed siddalingappa siddha siddharth siddhartha sidnei sidney sidong sidra siew sigrid sigrun sigurd
sigurdur sihao sijia sik sikandar silas silke silvestru silvia silvie silvio silvius simo simona simone simonetta
sindal sindhu sindy sinead sinéad siping siqi siri sisi sitinur sitong sivasankaran siwar siwen siwoo sixin siyang
siyu siyuan sjoerd sjurdur slavu smita sneha snehal soeon soesilo sofi sofia sofiane sofie sofus sofía sohae soheila
sohel soley solveig somayeh songmin songming songpei songping songwen songying sonia sonja soo soobin sook soon
soonhyun soonok soowon sophia sophie soran sorin soroush sota soumya soung soura sourav southida sowmya soyoung
spandana spencer sposina spyros sravan sree sreenivasa sreepat sreepriya srikanth sripaiboonkij stacia stacy staffan
staffy stanislav stanisław stanley stavros steen stefan stefania stefanie stefano stefany steffie stelios stelvio
stephan stephania stephanie stephen steve steven stig stinson stojce stoyan stuart stylianakis stéphane stéphanie
st閜hane subaru subhas subhash subhasish subhendra subramaniam suchetha suchismita sudeep sudesh sudhara sudhir sudipta
sue suhang suhanya suhua sujana sujantha sujeenthar sujoy suk sukhbir sukru sulamita suleyman sulin sultan suma
sumaiya suman sumaryadi sumeet sumei sumera sumit sumita sumitra summers sune sung sungeun sunghwan sunghyun sunho
sunil sunita sunitha sunni sunny sunyoung suraksha suranjan surasak surasree suresh suriyani surya susan susana
susanna susanne sushma susumu suvarchala suvarna suvir suzan suzannah suzanne suzhen svata sven sverre svetlana
sviatlana svjetlana swarnali swasti swayam swetha syamsul syazwati sybil sydne syed sylvia szilvia sébastien sérgio
séverine sílvia sónia süreyya tabatha tadashi tadiboyina tae taeg taichi taimoor taisaku taisiya taisuke takaaki
takahide takahiro takanori takao takashi takayoshi takayuki takeharu takehiko takehiro takeo takeru takeshi takiko
taku takuji takumi takuya takuzo tala talaat talal talamoni talat tali tallison taly tamar tamara tamires tamojit
tamás tanel taner tangbin tania tanja tanmoy tanny tansel tanu tanuja tanveer tanya tapan tapas tara taraka tarek
tarik tarini taryn tasuku tasveer tati tatiana tatjana tatsushi tatsuya tatyana tavares tayyebeh tazim tchia ted
teerapon teijo temitope temuulen teodora tera terence teresa terrell terrence terri teruaki teryl tesfu tetiana tetsu
tetsuhiro tetsuji tetsuya tetyana tevfik teymouri thabisile thach thalya thangaraj thanh thao tharin thavavel theanne
themistocles theo theodora theodore theodosios theodossios theresa theresia theron theunis thi thiago thibault thierry
thilak thimoteo thinh thomas thoms thor thorben thorin thorkild thorsten thoyaja throck thusitha thuy tiago tianfei
tianfeng tianhu tianjun tianming tianping tianqi tiantian tianwei tianxin tianxiu tianxu tianyi tianzhu tibor ticiane
tien tiezhu tiffanie tiffany tihomir tilak till tim timo timothy tina tine tineke ting tingkai tinglong tinglu tingman
tingting tingyang tingyun tirtha tito tiziana tiziano tobias tobin toby todd togas tohru toka tolga toluwase tom
tomasz tomazo tomaž tomislav tommy tomoaki tomohiko tomohiro tomohisa tomoya tomsich tomáš tondra tongguang tongjian
tongtong tonguc tongwei tony toná toquero tore toritseju torsten toru toshihiko toshiji toshiki toshio toshitaka
toshiya toyabur toyoaki toyofumi tošo tracey tracy trambak trasias treat trescases trevor trey tricia tridib trilochan
trishool tristan troy troyen trudy truls tryambak tsui tsujiaki tsukasa tsumugi tsun tsunghsueh tsutomu tuba tuero
tugce tung tuomas turaj tusa tushar tuukka tuyue tuğçe twee tycho tyrone tómas tülay udaya udhaya ueverton ulf ulises
ulrich ulrike ulviye uma umamaheswar umberto ummi umut upton urs ursula urszula usma utith utpal uwe uzair uğur
vadakkencherry vade vadim vagish vahid vaishali valdinei valentin valentyna valeria valerie valery vallezi valquíria
valverde vanda vandana vanden vanderluce vanessa varsha varun vasanthi vasconcelos vasiliki vasiliy vassilis vasyl
vaterlaus vedel veeraphol veeraswamy veerle veit velota vemurirama venancio venkata venkatagiri venkatanarayanan
venkatesanprasanna venkitaraman vera verena vernon veronica veronika verónica vesna vibeke vibha vibor vicent vicki
vickie vicky victor victoria victorien vidhya vidne viebrantz vier viet vijay vikas viki vikram viktor viktoras
viktoriya villő vilmundur vinay vince vincent vincenzo vinh vinicius vinni vinod vinothan violeta violette vipin
viraraghavan virendra virginia viridiana viroj vishad vishal vishalannaji vitaly vito vitor vitthal vivek viveka vivi
vivian viviane vivien vladimir vladimír vlasios vlastimil volkan volker volkmar volodymyr vullaganti vuokko vâner
véronique víctor vítor v韈tor wadih wael wafa wafaa wai waine wajid waldimir waldo walid wally walmor wamique
wanatpreeya wanbo wanda wanfeng wankhede wanling wannian wansu wanyi wanying wanzhong wanzhuo waqas warick warren
waruno wasila wasim wataru watcharaporn wayne weerayuth weibin weibing weifeng weiguo weihua weijia weijian weijie
weijing weijuan weijun weikuan weiling weimin weiming weinan weipeng weiping weiru weiwei weiwu weixun weiyan weiyi
weiyu weiyun weizhao weizhen weizhong wellingson wen wenbin wenbo wendell wendi wending wendy wenfang wenfei wenfen
wenguo wenhao wenheng wenjie wenjing wenjuan wenjue wenjun wenlan wenli wenliang wenlong wenmin wenning wenpeng
wenping wenpo wenpu wenqi wenqing wenquan wenshan wenshuo wentao wentian wenting wenwen wenxia wenxiang wenxin wenxuan
wenyi wenyuan wenzel wenzuixiong wern werneck wesley whitlow wichai wieland wilberforce wilfred wilfried willem
william willibald willie willy wincy winfried winnie wissam wittwer wojciech wolfgang wolfram won wondimagegn wonil
wonkyung woojung wook worapot worawan worthington wouter wucheng wulong wyger wynne władysław włodzimierz xavier xenia
xiajun xiameng xian xianbao xianchang xianchun xiandong xianen xianfeng xiang xiangbo xiangchen xiangdong xianghe
xiangjun xiangke xianglan xianglian xiangong xiangrong xiangshi xiangwen xiangxiang xiangxin xiangyu xiangzhou xianhua
xianhui xiani xianliang xianpeng xianqing xianxiang xianzhi xiaobei xiaobin xiaobo xiaocang xiaochen xiaochuan
xiaochun xiaocui xiaodan xiaodong xiaofang xiaofei xiaofeng xiaogang xiaoguang xiaohong xiaohua xiaojian xiaojiao
xiaojie xiaojuan xiaokui xiaolan xiaolei xiaoli xiaolian xiaoliang xiaolin xiaoling xiaolong xiaomeng xiaomin xiaoming
xiaona xiaonin xiaoping xiaoqian xiaoqiang xiaoqing xiaoran xiaosan xiaoshan xiaoshuang xiaosong xiaosun xiaotao
xiaoting xiaotong xiaowei xiaoxiao xiaoxu xiaoxuan xiaoxue xiaoyan xiaoyang xiaoying xiaoyu xiaoyuan xiaoyue xiaoyun
xiaozhen xiawei xigang xilin xilong ximei ximena xin xingcai xingchen xingyuan xinjing xinjun xinlei xinli xinlin
xinlong xinlu xinmeng xinping xinqiao xinquan xinrong xinxing xinyi xinyu xinyue xiongfei xiping xiran xirui xisheng
xiuhai xiujin xiuli xiulin xiumei xiuping xiurong xiuwen xiuyue xiwen xixiang xixuan xiyan xiyu xiyue xoaquín xuan
xudong xuedong xuefei xuefeng xuegang xuehao xuejian xuejiao xuejin xueju xuejun xuemei xuemin xueqiang xueqing
xueshan xuesong xuewen xueying xueyuan xuezhi xufeng xuhang xuhui xun xuping xuwei xuxu xuyu yaakov yachao yacov yadu
yael yafang yafen yafeng yahong yahui yahya yaileen yair yaiyr yajuan yali yalian yamil yanan yanbin yanbo yanchao
yanfei yanfeng yangbao yanghang yangsheng yangyang yanhui yaning yanke yanlei yanling yanming yann yanping yanqin
yanqing yanqiu yanrong yansen yanshang yantao yanting yanwei yanyuan yanyun yanzhen yanzong yaoguang yaohua yaohui
yaojie yaolin yaoling yaoming yaosi yaoting yaozeng yaozu yapeng yaping yaqi yaqing yarong yash yasin yasir yasmin
yasrin yasser yassine yasuhide yasuhiro yasuhisa yasunori yasuo yasushi yasuto yatao yathavan yawei yaxian yaxuan
yazmin yecheng yee yelena yeliz yener yeol yeon yeong yerry yesid yessie yibin yibo yichen yichun yidan yifan yifeng
yihang yihao yihua yihui yiji yijie yijuan yildiray yilong yimiao yimin yinan yinchu yinfeng ying yingce yingchao
yingchun yinghua yingjie yingjun yingqing yingtao yingwei yingwen yingxiu yingyan yining yinrui yinxiang yinxing yiran
yiren yirong yiruo yishai yishu yiwei yiwen yixian yixuan yiyang yiyao yiyong yiyun yizhen yizheng yizhi yizhou ylva
yngve yoenha yogesh yohannes yohsuke yoichi yoko yolanda yone yong yongchang yongchao yongcun yongde yongfa yongfang
yonghao yonghong yongjie yongjoon yongjun yongkui yongping yongqiang yongqing yongxiang yongyan yongze yoram yorg
yosef yoshiaki yoshifumi yoshihiro yoshihisa yoshimitsu yoshinao yoshinori yoshitaka yoshiyuki yosra yosry yosuke
youbao youjuan youn youngseop youqing yousaf yousef youxin youzhi yuanchao yuandan yuanfeng yuankun yuanli yuanqiu
yuantao yuanxin yuanyuan yubiao yubo yuchen yuchi yudan yue yuebin yuechi yuedan yueh yuehong yuetong yufang yuguang
yuhang yuhao yuhong yuhua yuichi yuji yujia yujie yujing yuki yukihiro yukiko yukio yuko yukti yukun yuliang yuliati
yulin yulong yulu yumiko yumin yumo yun yuna yunbo yundan yundi yunfan yunfei yungil yunhua yunji yunkai yunlei yunlin
yunlong yunpeng yunrui yunseon yunsi yunus yunxiao yunzhi yupei yupeng yuping yuqi yuqiang yuqing yuquan yuri
yurievich yuriy yusheng yushu yushun yusuke yuta yutaka yuting yutong yuval yuxia yuxiang yuxie yuxin yuxuan yuya
yuyang yuying yuyu yuyuan yuzhi yvan yves yvonne yıldırım yılmaz zabihi zach zachary zackery zada zade zafer zafiris
zahava zaher zahide zahir zahra zaid zaigao zainab zaiyi zakhia zaoyu zbynek zdena zdenek zdenka zdeněk zdziskaw zebao
zeeshan zefan zehui zeinab zengmin zenonas zeping zequn zerihun zetian zewen zexi zeyang zeynep zeyu zeyuan zezhou
zhanbing zhanchen zhangli zhangquan zhangtong zhangying zhanming zhanwei zhanyu zhaohui zhaojun zhaoqi zhaoqian
zhaowei zhaoxiang zhaoyi zhe zhehan zhen zhengbao zhengbin zhenggan zhenggang zhenghao zhengjian zhengpeng zhengqi
zhengtao zhenguo zhengyang zhengyu zhenhua zhenjiong zhenjun zhenkuan zhenlei zhenling zhenmin zhenpei zhenping
zhenwei zhenxin zhenyu zhenzhen zhi zhibiao zhibin zhichang zhichao zhichen zhicheng zhicong zhifeng zhigang zhiguang
zhiguo zhihan zhiheng zhihou zhihua zhihui zhijun zhikai zhili zhilin zhiling zhilong zhimin zhiming zhipeng zhiqiang
zhiquan zhiren zhirong zhishan zhishang zhitao zhiwei zhixiong zhiyi zhiying zhiyuan zhongchang zhonghou zhonghui
zhongjie zhongkai zhongliang zhongmin zhongping zhongtao zhongwei zhongxiong zhongxuan zhongye zhongyu zhongzhi
zhouyang zhuangzhuang zhuoda zhuojia zhuoma zhuowei zhuxiao ziang zichen zidi zidong zied zihai zihao zihua zijian
zijie zijun zilei zili zilun zimin ziming zining zipei zirui zita ziteng zitong ziying ziyu zlatko zobir zofia zohra
zoi zokhrab zoltan zoltán zonghong zongjie zongli zonglin zongsheng zongtang zongwei zouheir zsolt zsófia zuleika
zuliang zuojun zuoling zupeng zurni zuxun zuzanna ádley ángela ángeles árpád ângela ängla åke élise émilie ésio óscar
örjan özlem üllas łukasz ştefan štefan živorad ștefania марина خالد خليل
""".split()
)
