/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/blame_words.h"

#include "base/vec.h"

#define LIST(name, ...)                                                        \
	const char *const name[] = { __VA_ARGS__ };                            \
	const size_t name##_nr = ARRAY_SIZE(name)

/* What only people are, have, and do. */
#define VICES                                                                  \
	"lazy|careless|sloppy|stubborn|arrogant|impatient|ignorant|"           \
	"incompetent|negligent|irresponsible|clueless|reckless|thoughtless|"   \
	"complacent|unprofessional|uncooperative|stupid|proud|overconfident|"  \
	"inattentive|distracted|selfish|dishonest|unreliable|hasty"
#define FAILINGS                                                               \
	"fault|mistake|mistakes|negligence|carelessness|oversight|"            \
	"incompetence|laziness|sloppiness|impatience|arrogance|ignorance|ego|" \
	"attitude|inexperience|inattention|indifference|complacency|haste|"    \
	"stubbornness|recklessness|stupidity|blunder|sloppy|lazy|careless|"    \
	"stupid"
#define MISDID                                                                 \
	"fat-fingered|mistyped|misread|misunderstood|misjudged|"               \
	"misconfigured|mishandled|overreacted|botched|bungled|lied|wasted|"    \
	"disregarded|dismissed|misled|neglected|ignored|overlooked|violated|"  \
	"skipped|refused|slept|overslept|panicked|complained|procrastinated|"  \
	"bypassed|withheld|concealed|meddled|interfered|sabotaged|gambled"
#define WRONGLY                                                                \
	"mistakenly|accidentally|inadvertently|wrongly|incorrectly|"           \
	"carelessly|recklessly|blindly|lazily|foolishly|stupidly"
#define DONE                                                                   \
	"merged|deployed|pushed|released|shipped|approved|signed|changed|"     \
	"deleted|dropped|ran|restarted|rebooted|rolled|promoted|committed|"    \
	"edited|upgraded|disabled|enabled|typed|used|pulled|entered|picked|"   \
	"unplugged|chose|told|gave|sent|copied|pasted|shut|stopped|killed"
#define DOING                                                                  \
	"looking|testing|checking|reading|asking|waiting|telling|reviewing|"   \
	"thinking|verifying|validating|running|notice|approval|permission|"    \
	"warning|informing|consulting|understanding|backing|comparing|review"
#define HAD_DONE                                                               \
	"tested|checked|read|followed|asked|listened|looked|told|reviewed|"    \
	"validated|verified|paid|bothered|run|thought"

/* In one clause with a person, these tell a failing of theirs; unless what they
 * did with it was one of these. */
#define AT_FAULT                                                               \
	"mistakenly|forgot|overwrote|sloppy|careless|carelessly|corners|"      \
	"spite|asleep|secretly|blindly|rushed|force-pushed|lied|misled|"       \
	"cheated|panicked|complaining|complained|unprepared|lazily|lazy|"      \
	"reckless|recklessly|ignored|neglected|skipped|bypassed|refused|"      \
	"blamed|incompetence|incompetent|excuses|irresponsible|botched"
#define NEVER_DID                                                              \
	"tested|checked|ran|validated|reviewed|read|looked|explained|told|"    \
	"asked|informed|answered|responded|documented|followed|"               \
	"understood|listened|learned|bothered|communicated|delivered|"         \
	"finished|updated|listens|asks|tests|reads|answers|cares"
#define HARMLESS                                                               \
	"found|find|finds|finding|noticed|saw|see|sees|discovered|fixed|fix|"  \
	"fixes|corrected|reverted|restored|replaced|proposed|suggested|asked|" \
	"reported|confirmed|identified|investigated|learned|realised|"         \
	"realized|removed|added|can|could|may|might|would|should|must|will|"   \
	"cannot|flagged|caught|detected|spotted|joined|received|understood|"   \
	"rejected|explained"
/* What was not done, and is nobody's fault. */
#define UNABLE                                                                 \
	"have|had|get|got|receive|received|see|saw|seen|need|own|hear|heard|"  \
	"exist|find|found|intend|expect|lose|say|mention|specify|agree|mean|"  \
	"experience|suffer|observe|realise|realize|succeed|manage|leave|"      \
	"happen|want|practised|practiced|been|exceed|lack|deviate|touch|"      \
	"break|cause|propagate|set|turn|sit|feel|mind"

#define ZH_AT_FAULT                                                                                   \
	"误删|误改|误覆盖|误关|误操作|误配|误发|误点|误把|误将|误合|误推|"  \
	"偷偷|私下|故意|无视|失联|撂挑子|松懈|涣散|不严谨|闭着眼|藏起来|"   \
	"骗了|太随意|偷工减料|一慌|慌了|判断失误|操作失误|搞挂|搞坏|搞出|" \
	"搞崩|才反应过来|才想起|不干活|知情不报|跳过了|太随便"
/* What is somebody's duty, and what is left undone on purpose. */
#define ZH_DUTY                                                                                        \
	"看|读|查|测|问|说|写|做|跑|核对|核实|检查|确认|通知|告知|同步|评审|" \
	"复核|审核|审批|申请|报备|上报|汇报|反馈|回复|回应|理会|处理|跟进|"  \
	"盯|遵守|遵循|严格|认真|仔细|充分|及时|提前|主动|事先|备份|演练|"     \
	"验证|校验|清|锁定|维护|履行|尽|落实|执行|商量|沟通|讨论|交代|考虑|" \
	"意识|注意|重视|坚持|阻止|响应|第一时间|按"
#define ZH_WILL                                                                                       \
	"懂|管|听|改|配合|承认|认账|肯|愿|顾|理会|理睬|负责|核对|核实|关心|" \
	"了解|熟悉|熟|上心|重视|遵守|遵循|按|看|写|测|干活|做事|停|校验|来"

LIST(blame_patterns,
     /* failings that only people have */
     "human|operator error|mistake|failure",
     "careless|negligent @|mistake|mistakes|error|errors|of|with|when",
     "@ ~ carelessly|negligently", "@ ~ is|was|were|being|are ~ " VICES,
     "@ % " WRONGLY, "cause|reason|fault was|is|lies ~ carelessness|negligence",
     "due|because|through|from|by ~ carelessness|negligence",
     "carelessness|negligence of|by ~ @",
     "incompetence|incompetent|sloppiness|stupidity|irresponsible",
     "irresponsibly", "@ ~ unprofessional|unprofessionally",
     "lack of care|discipline|diligence|competence|professionalism",
     "no|any|lacking|without|little sense of responsibility",
     "poor|bad judgment|judgement", "asleep at the wheel", "dropped the ball",
     "N ~ without thinking", "should be ashamed", "have known better",
     "guilty party", "held accountable", "reprimanded",
     "be|been|was|were|get punished|disciplined",
     "bonus deduction|deductions|cut|cuts", "as a punishment", "whose fault",
     "lose|lost|loses their|his|her bonus", "sloppy in|code|work|review|job",
     "stupid|silly|dumb|careless mistake|error by|of",
     "if ~ done his|her|their job", "@ ~ blindly",
     "inexperienced|unqualified @", "culprit is|was ~ @",
     "failed|refused|unwilling to take ownership|responsibility",
     "nobody|noone ~ took|takes|take responsibility|ownership",
     "they never do|test|listen|ask|care", "if he|she had|would",
     /* what a person did, or did not do */
     "N % forgot", "N % neglected to", "@ % failed to", "@ % " MISDID,
     "@ ~ and ~ " MISDID, "@ ~ ~ " AT_FAULT, "@ ~ by mistake",
     "N ~ on his|her own ,", "@ ~ on his|her|their own",
     "@ was|were ~ unreachable|asleep|drunk|late", "skipped ~ ~ to save time",
     "@ ~ instead of fixing|testing|asking|checking", "@ ~ and went home|away",
     "gave up on ~ ~ and went", "@ ~ ~ own change|changes|pull without",
     "@ ~ kept adding|asking|pushing|changing",
     "@ ~ left ~ ~ , ~ sloppy|lazy|careless",
     "management|leadership should|never",
     "@ who|that ~ did not know|think|read|understand",
     "people who ~ ~ did not|never", "@ tagged|shipped|merged the wrong",
     "@ keeps|kept breaking|ignoring|failing|missing|forgetting|complaining",
     "@ ~ approved|signed|merged|released|deployed|shipped ~ ~ despite",
     "@ insisted ~ ~ and ignored|refused|never",
     "@ lack|lacks|lacked basic|any", "never took|take|takes ~ seriously",
     "stupid|silly|dumb|careless typo", "botched|bungled by", "let down by ~ @",
     "formal reprimand", "case of negligence|carelessness|incompetence",
     "poor|bad|missing communication by ~ @", "@ ~ assumed ~ ~ and never",
     "N overlooked|ignored the", "@ ~ hid the", "@ ~ left no handover|notes",
     "@ argued ~ while", "@ ~ without a|any|the ~ review|test|approval|backup",
     "because of N we", "@ responsible has|have been",
     "nobody|noone in|from|on ~ team read|tested|checked|looked|reviewed|asked",
     "@ took ~ ~ to wake|react|respond|answer|notice|reply", "was|were lied to",
     "them|him|her ~ not to ~ ~ and|but", "told not to ~ ~ and|but",
     "'s third|second|fourth|latest outage|mistake|incident|failure",
     "avoided by anyone|anybody", "on N that we", "@ ~ ~ and did not",
     "N % failed to communicate|ask|tell", "@ % should have",
     "@ % should not|never have", "@ % should've", "@ % shouldn't have",
     "@ % did not", "@ % didn't", "@ ~ never " NEVER_DID, "@ ~ did not even",
     "@ ~ didn't even", "@ ~ and|but|who did not", "@ ~ and|who didn't",
     "@ of|from|on|in ~ did not", "@ of|from|on|in ~ didn't",
     "N did not bother|think|ask|tell|listen|care|pay|test|review|understand",
     "N % made a|the|another stupid|silly|careless|terrible|bad mistake|error",
     "@ % made a|the|another mistake", "mistake was made by N",
     "N % messed|screwed up", "@ ~ broke production|prod|staging",
     "N % rushed the release|deploy|rollout|fix",
     "N ignored ~ warning|warnings|times|advice",
     "@ % let ~ bug|bugs|error|errors|regression through|slip",
     "@ is|was|were|are too slow|late",
     "@ is|was|were|are not concentrating|paying|careful|qualified",
     "N was|were supposed to ~ and|but ~ not|didn't|forgot|never",
     "N , who never", "@ % been warned", "N ~ " DONE " ~ without " DOING,
     "@ ~ ~ without " DOING,
     "without asking|telling|consulting|informing anyone|anybody|us|me",
     "@ % " DONE " ~ wrong", "@ ~ and " DONE " ~ wrong",
     "N % never listens|listened|asks|asked|bothered|cares|cared|answers",
     "they|who never|hadn't tested|validated|reviewed|bothered|asked|listened",
     "they|who had not tested|validated|reviewed|bothered|asked|read",
     "@ % does|do not care|listen|test|read|bother|think",
     "@ % doesn't|don't care|listen|test|bother|think",
     "can|could not be bothered", "couldn't|can't be bothered",
     "N ~ rubber-stamped|rubberstamped", "@ ~ had no idea|clue",
     "operator % " MISDID, "operator|operators did not pay|notice|check|read",
     "@ ~ sat|sitting on ~ ticket|request|pull|report|issue",
     "kept quiet|silent", "kept ~ to himself|herself|themselves",
     "dragged|dragging his|her|their feet", "looked the other way",
     "@ ~ did|doing nothing", "and did nothing", "people did|doing nothing",
     "went back to bed|sleep", "has|have|had a history of",
     "whoever ~ has|had no clue|idea", "promised ~ ~ and never",
     "responsible for ~ ~ and|but did|didn't|never|forgot|failed",
     "entirely|solely|purely|squarely|simply|all down to|on ~ @|shift",
     "behind our|my|everybody's back|backs",
     "people do|did not follow|read|test|listen|care|respect|bother",
     "people don't|didn't follow|read|test|listen|care|respect|bother",
     "nobody|noone on|from|in ~ team ~ bothers|bothered|answers|listens|cares",
     "know|knows|knew who broke|did", "has been given a warning",
     "obviously|clearly not|never ~ run|tested|read|checked",
     "walked away|out ~ and left", "could not|n't care less",
     "N overreacted|panicked|lied", "N lied about|to", "slept through",
     "whoever ~ never tested|checked|read",
     "you should have checked|tested|asked|read|known|told",
     "took far|way|much too long to react",
     "ignored|ignoring|dismissed our|my|their "
     "warnings|advice|objections|concerns",
     "user error ~ by ~ @", "mistake|blunder|oversight by ~ @",
     "lost his|her|their head|nerve|temper", "@ missed every|obvious|yet",
     "@ missed a|an|the obvious",
     "@ ~ delivered|wrote|left|produced ~ "
     "garbage|crap|rubbish|junk|shoddy|poor|mess",
     "left us|me with a|this mess", "ivory tower",
     "not|didn't|never pull|carry "
     "their|his|her weight",
     "slacked|slacking off", "against ~ advice|objections",
     "and told|informed nobody", "@ took far|way|much too long",
     "@ wasn't|weren't answering|paying|listening|looking|careful",
     "N was|were not answering|listening|reachable",
     "N was|were in a hurry|rush", "N was warned|told ~ , did",
     "N had|has been told|warned|reminded ~ twice|times|repeatedly|before",
     "N kept overriding|insisting|ignoring|promising",
     "N ~ kept overriding|changing ~ decisions|requirements|scope|mind",
     "N ~ should never|not have been given|allowed|trusted|hired|promoted",
     "nobody|noone from|in|on ~ "
     "thought|bothered|told|warned|asked|tested|cared",
     "it was 's job|duty|responsibility", "had ~ @ % " HAD_DONE,
     "if ~ @ ~ had " HAD_DONE, "if N ~ had " HAD_DONE,
     "failure|fault|mistake was|is|were 's", "lies|lay|lie ~ with ~ @",
     "mistake|error|blunder ~ made by ~ @", "error on the part of|by",
     "lacked|lacks ~ "
     "discipline|competence|skill|skills|diligence|commitment|professionalism",
     "lack of commitment|effort|ownership on|from|by|in",
     "any|anyone|anybody competent|sane|decent|sensible",
     "@ ~ overriding|overrode ~ decisions",
     "'s commit|patch|code broke|killed|crashed",
     "poor|bad|terrible|stupid "
     "decision-making|decisions|decision|leadership|planning by|of ~ "
     "@|leadership|management",
     "@ ~ pushed|committed|merged straight|directly to",
     "who skipped|ignored|bypassed ~ review|reviews|test|tests|checklist",
     "formal|written|verbal warning was|issued|given|to",
     "taken|removed off|from ~ rota|rotation", "who ~ will be named|shamed",
     "person|people|those|@ responsible will|has|have|must|should|for this",
     "N should|must be fired|dismissed|sacked",
     /* whose it is */
     "N is|was|were|are to blame", "N is|was|were|are at fault", "fault of @",
     "blame|blamed|blaming ~ @", "blame ~ lies with", "'s " FAILINGS,
     /* 人的失误 */
     "由于|因为|因|属于|是|系|根因|原因|起因|一次|一起 ~ 人为|个人|操作|工作 "
     "失误|疏忽|过失|错误",
     "人为失误|人为疏忽|人为过失|人为错误|人为操作失误 "
     "导致|造成|引起|引发",
     "@ 操作失误|工作失误|违规操作",
     "粗心|疏忽大意|麻痹大意|太大意|马虎|不细心|不够细心|不够仔细",
     "责任心|责任意识|安全意识|质量意识|责任感 "
     "不强|不够|太差|差|淡薄|缺失|不足|薄弱|很差",
     "缺乏|没有|缺少 责任心|责任意识|责任感|担当",
     "@ ~ 不负责任|走过场|拍脑袋|图省事|偷懒|不作为|敷衍",
     "手一抖|手抖|手贱|手欠|脑子进水|脑子不知道|人祸|不上心|不走心|不用心|"
     "态度不端正",
     "敷衍了事|应付了事|难辞其咎|一问三不知|不懂装懂|自以为是|一意孤行|"
     "我行我素|"
     "掉以轻心|置之不理|不闻不问|置若罔闻|阳奉阴违|踢皮球|相互推诿|互相推诿|"
     "得过且过|手忙脚乱|死不认账|不认账|死要面子|信口开河|装作没看|"
     "装没看见|假装没看|拿了钱就跑|作死|"
     "搞小动作|背着我们|背着大家|接着睡|继续睡|拖后腿|烂摊子|朝令夕改|粗枝大叶|"
     "心存侥幸",
     "又|就|都|互相|开始|到处 甩锅", "锅 ~ ~ 背", "产品|领导|业务 拍脑袋",
     "不顾 质量|风险|后果|反对|劝阻", "@ ~ ~ 没有理会|没理会|不予理会",
     "@ ~ 写的 ~ 烂|差|垃圾|一塌糊涂|没法维护",
     "某些|有些|个别 同学|同事|人 ~ 总是|从来|老是|不|没", "谁来|谁去 背|赔",
     "该谁 背|赔", "害得|害 我们|大家|全组|整个|他人|团队",
     "招呼都不打|不打招呼|不提前打招呼",
     "@ ~ "
     "脱离实际|不认真|拍脑袋|形式主义|一刀切|不顾|不承认|造假|隐瞒|瞒报|谎报|"
     "撒谎|摸鱼|划水|"
     "找借口|瞎改|瞎写|乱填|胡写|糊弄|拖拖拉拉|反应迟钝|形同虚设|管理不善|"
     "管理混乱",
     "@ ~ 拖了 ~ 天|周|月|年|小时|进度|才", "明知 ~ 还|仍|却|强行",
     "主持|组织|协调|指挥|执行|监督|督促|推进|应对|处置|沟通 不力",
     "@ ~ 压了|拖了 ~ 天|周|月|年|小时|才",
     "@ ~ ~ 一次|一遍 也没|都没 测|跑|看|查", "@ 不是第一次", "不守 规矩|纪律",
     "谁拍的板|谁写的|谁改的 谁", "责任 全在|都在|在于",
     "水平|能力|态度|素质 堪忧", "团队|大家|领导 ~ ~ 视而不见",
     "@ ~ 视而不见|懒得|太着急|心急|划水|抱怨|误导|搞混|误把|误将",
     "答应 ~ ~ , ~ 没|不", "两个人 ~ ~ 划水|摸鱼", "员工|责任人|当事人 ~ 警告",
     "@ ~ 不该|不应该 碰|改|动|上线", "@ 态度", "团队|大家 ~ ~ 的态度才",
     "@ ~ 偏要|非要|硬要|死活|竟敢|就敢", "@ ~ 压根 没|不", "就敢 ~ 生产|线上",
     "罪魁祸首|始作俑者 ~ ~ 同事|同学|的人",
     "玩忽职守|擅离职守|失职|渎职|屡教不改|管理不力|低级错误|擅自|私自",
     "推卸责任|不听劝|瞎指挥|睁一只眼闭一只眼",
     "甩锅给|水平太差|水平差|素质低|素质差|态度差|不专业|明明知道|"
     "明知故犯",
     "@ 的锅", "全怪 @", "@ ~ 水平不行|自作主张",
     "都怪|就怪|要怪|只能怪|怪我|怪他|怪她|赔罪|谁写的谁负责",
     /* 处罚 */
     "扣|扣除|扣发|扣罚|扣减|取消 ~ 绩效|奖金|工资|年终奖",
     "取消 ~ 评优|评先|晋升", "处以 ~ 元罚款", "罚款 ~ 元",
     "责任人|员工|人 ~ 记过|约谈|调岗|降级|降薪|劝退|罚款",
     "建议 调岗|辞退|开除|劝退|换人",
     "写检讨|记大过|记过处分|通报批评|严惩|严肃处理|处以罚款",
     "被|给予|予以|一次 记过", "@ ~ 处罚|处分|问责|开除|辞退",
     "主要责任人|直接责任人 是|为|系",
     "要负|负有|应负 主要|直接|全部|首要 责任", "给予|对 ~ ~ 处罚|处分|问责",
     "纳入|计入|影响 ~ 绩效|考核", "追究 ~ 责任", "承担 主要|全部|直接 责任",
     "主要责任|全部责任|责任 在|在于 @", "负全责|负全部责任",
     /* 谁没做、谁做错 */
     "一个人的 失误|错误|疏忽|问题", "@ 的 责任|失误|疏忽|过错|过失|错误操作",
     "都是|是|就是 测试|产品|数据|算法|前端|后端|运营|业务 的责任|的错",
     "都是|主要是|就是|是|全是|还是 @ 的问题", "是人的问题|是人的原因",
     "@ % 没|没有|未 "
     "及时|认真|仔细|按|做|测|检查|通知|同步|写|看清|看文档|看日志|提前|尽|"
     "响应|评审|确认|"
     "自测|遵守|遵循|处理|发现|注意|意识|想到|考虑|沟通|跟进|接电话|接告警|"
     "核对|备份|"
     "验证|履行|充分|严格|好好|执行|说|讲|打招呼|上报|汇报|回复|理解",
     "@ ~ 时|时候|之前|之后 没|没有|未 "
     "核对|检查|测试|跑|通知|确认|交代|说|备份|验证|审核|看",
     "@ % 没|没有|未 理会|看|跑|交代|尽到|审核|申请|报备|告知|反馈|复核|落实|"
     "把关|"
     "第一时间|搞清|弄清|想清楚|尽责",
     "@ ~ 没|没有|未 " ZH_DUTY,
     "@ ~ 没|没有|未 把 ~ 清|关|写|备份|测|验|核|锁|合",
     "@ % 就应该|本来应该|原本应该", "@ ~ 不 " ZH_DUTY, "@ ~ 不|没 " ZH_WILL,
     "@ 没人", "@ ~ ~ " ZH_AT_FAULT,
     "@ ~ 根本|压根|从来|总是|老是 ~ 不|没|破坏|忘",
     "@ ~ "
     "想当然|固执己见|光顾着|只顾|一味|拔错|跑错|走错|贴错|接错|也不告诉|"
     "听不进",
     "团队|大家|领导 ~ 从来|根本|压根 不|没", "压根把",
     "@ ~ 没走|没有走 评审|流程|审批", "又被|被 ~ ~ 坑 了|惨",
     "@ ~ ~ 太晚|太迟|笔误", "愚蠢|低级 的 ~ 错误|笔误", "明知 ~ ~ 还",
     "没经验 的 @", "@ ~ ~ 在吵架|在扯皮|在争吵", "@ 连 ~ ~ 都不会|都不懂",
     "书面 警告|检讨", "@ ~ ~ 就应该|早就该|本可以",
     "@ ~ ~ 没做 交接|测试|备份|检查", "如果|要是 @ ~ ~ , ~ ~ 就能",
     "有人|有个人 ~ 忘|漏", "要是 ~ ~ , ~ 就不会",
     "偷工减料|撂挑子|知情不报|纪律涣散|思想松懈|诫勉谈话|松懈了", "@ ~ 闭着眼",
     "算在 ~ 头上", "算在 ~ ~ 头上", "但凡 ~ ~ 都不会|就不会",
     "早就 ~ 告诉|说过|提醒 ~ ~ , 还是", "谁 ~ ~ 谁 要|来|去 ~ 解释|负责|背",
     "因为 @ , ~ ~ 要|得|只好", "写 ~ ~ 的人 ~ 把|太", "连着 ~ ~ 就松懈|松懈了",
     "@ ~ 第二次|第三次|多次|又一次 ~ 故障|出错|搞|误",
     "的人 ~ 根本|压根|完全|从来 不|没", "显然|肯定|明显 有人 ~ 没|没有|未",
     "那帮人|这帮人 ~ 从来|总是|根本|不|没", "写 ~ ~ 的人 脑子|根本|不懂|显然",
     "@ ~ 执意", "执意 ~ 上线|发布",
     "@ ~ 没想清楚|没搞清楚|没交代清楚|没有交代清楚|没有想清楚|考虑不周",
     "@ ~ 没跟|没有跟|没和|没有和 ~ 说|商量|确认|沟通",
     "@ 连 ~ 都没|都不|也没|也不", "同一个人 ~ ~ 第二次|多次|再次|又", "@ % 忘",
     "@ % 误删|错删|删错|搞错|弄错|改错|配错|写错|填错|点错|按错|输错|选错|"
     "乱改|乱配|乱写|随便|手滑|误操作|漏测|漏了|漏掉",
     "@ ~ 把 ~ 搞|弄 错|挂|坏|崩|丢|乱", "@ 又把|又搞|又忘|又没",
     "又把 ~ 搞|弄",
     "@ % 疏忽|大意|失误|懈怠|不懂|不熟|不了解|不重视|不配合|太慢|能力不足",
     "@ ~ 反应太慢|响应太慢|动作太慢|睡着|睡过|未经允许|未经批准",
     "@ ~ 水平有限|水平不够|能力差|什么都不懂|啥都不懂|业务不熟|不靠谱",
     "人员 ~ 能力差|素质差|能力不行", "@ ~ 缺乏 ~ 常识|经验|责任",
     "@ ~ 能力不足|经验不足|不充分|不到位|没写清楚|没说清楚|没讲清楚",
     "@ % 应该早|早该|早就该|早就应该|早应该|本该|本应",
     "本应|本应该|本该 由 @", "如果|要是|假如 @ ~ ~ 就不会",
     "如果|要是|假如|若 @ ~ ~ , ~ 就不会|就不至于|不至于", "@ 从来 不|没",
     "测试 漏测|没测");

_Static_assert(ARRAY_SIZE(blame_patterns) <= BLAME_PATTERNS_MAX,
	       "more patterns than blame.c has room for");

LIST(blame_innocent, "低级错误码",
     /* what runs on it, and nobody of that name */
     "the N fix|change|patch|commit|release|update|build|driver|port|branch",
     "马虎不得", "怪不得", "甩锅文化", "背锅的不", "处罚只会|处罚是",
     "处分只会", "处罚机制|处罚项", "不小心的话",
     "human error is ~ symptom|consequence|label", "lack of care plan",
     /* one of what can go wrong */
     ", human|operator|user error|errors|mistake|mistakes ,",
     "human|operator error|errors , e|such|like",
     "human|operator|user error|errors|mistake|mistakes ~ "
     "can|could|may|might|would|should|must|cannot",
     "regardless|matter of|whose whose|fault", "@ % did not " UNABLE,
     "@ % didn't|never " UNABLE, "@ ~ and|but|who did not " UNABLE,
     "@ ~ and|who didn't|never " UNABLE, "@ of|from|on|in ~ did not " UNABLE,
     "@ % ~ can|could|may|might|must|should|cannot|will|would|able ~ without",
     "can|could|may|to|able ~ without " DOING,
     "@ console|portal|guide|experience|tool|tools|account|accounts|docs|"
     "mode|laptop|role|roles|group|groups|permission|permissions|rights|"
     "panel|interface|api|sdk|token|tokens|program|preview|environment|bot|"
     "bots|agent|agents|service|script",
     "@ ~ " HARMLESS " ~ ~ " AT_FAULT, "@ could|can|may|might have",
     "@ shouldn't have to", "@ should not have to",
     "so ~ @ does|do|doesn't|don't", "@ refused to assume|guess",
     "@ forgot|forget password", "operator failure",
     "@ finding|findings|comment|comments|feedback", "没有|未|不|没 擅自|私自",
     "@ ~ 发现|看到|确认|怀疑|认为|指出|报告|定位|反馈|说|注意到 ~ "
     "没|没有|未|不",
     "@ ~ 没|没有|未|不 "
     "收到|看到|权限|时间|办法|机会|意见|影响|问题|能|可|参与|"
     "读到|得到|写权限|读权限|看见|需要|再|用",
     "@ ~ 不 处理|同步|管理|理想|理解", "@ ~ 有 未",
     "安全组 未|没|不|规则|端口|策略", "@ 没有 ~ ~ 权限|入口",
     "@ % 不 "
     "是|同|再|会|能|可|够|足|到|一|需|用|超|得|应|须|必|要|宜|准|少|多|大|小|"
     "变|见|断|"
     "仅|只|受|允许|许|建议|方便|支持|存在|涉及|影响|在|了|止|参与|直接|依赖|"
     "限|相",
     "@ % 没|没有|未 "
     "能|被|受|发生|变|出现|到|知|人|来|法|必要|经|完成|来得及|关系|"
     "演练|批|授权|登录|注册|安装|配置|设置|启用|指定|填|选择|分配",
     "@ ~ "
     "修复|纠正|恢复|发现|排查|定位|更正|撤回|可能|可以|避免|防止|免得|容易|怕 "
     "~ ~ " ZH_AT_FAULT,
     "员工 门户|系统|账号|信息|数据",
     "'s fault|mistake|mistakes|error budget|tolerance|domain|injection",
     "粗心|马虎|大意 的 ~ ~ 会|可能", "就怪|都怪 ~ 机制|流程|系统",
     "she|he does not know", "someone|somebody does not",
     "human|operator error|errors|mistake|mistakes risk|risks|rate|rates",
     "if|when ~ carelessly", "explained by incompetence",
     "person|developer|engineer should have a|an|the|their|its|no|one|access",
     "未 ~ ~ 或 擅自|私自", "@ who do|does not follow|read|know|understand",
     "不在|不得|不能|不可|不应|不要|禁止|严禁|避免|防止 ~ 私自|擅自",
     "擅自|私自 ~ 会", "ai ~ ~ 失职|擅自|私自");
_Static_assert(ARRAY_SIZE(blame_innocent) <= BLAME_INNOCENT_MAX,
	       "more of them than blame.c has room for");

LIST(blame_against, "prevent", "prevents", "preventing", "avoid", "avoids",
     "avoiding", "reduce", "reduces", "reducing", "minimize", "minimise",
     "eliminate", "eliminates", "eliminating", "against", "reduced", "risk",
     "risks", "possible", "potential", "not", "never", "no", "nobody",
     "without", "rather", "instead", "git", "don't", "won't", "than", "防",
     "免", "减", "降", "杜", "兜", "不", "非", "无", "勿", "莫");

LIST(blame_fillers, "who", "had", "has", "have", "also", "simply", "just",
     "then", "that", "mistakenly", "accidentally", "obviously", "clearly",
     "again", "repeatedly", "really", "又", "也", "都", "并", "却", "还", "再",
     "一直", "曾", "已", "就", "当时", "完全", "根本", "自己", "自测", "因为",
     "经常", "总是", "因", "事后", "当初", "竟", "竟然", "居然", "压根",
     "一再");

LIST(blame_people, "admin", "administrator", "administrators", "admins",
     "analyst", "analysts", "approver", "approvers", "architect", "architects",
     "artist", "artists", "author", "authors", "colleague", "colleagues",
     "commander", "consultant", "consultants", "contractor", "contractors",
     "dba", "dbas", "designer", "designers", "developer", "developers",
     "devops", "devs", "employee", "employees", "engineer", "engineers", "guy",
     "guys", "he", "hire", "hires", "intern", "interns", "maintainer",
     "maintainers", "marketing", "on-call", "oncall", "ops", "person",
     "programmer", "programmers", "qa", "reviewer", "reviewers", "scientist",
     "scientists", "she", "somebody", "someone", "sre", "sres", "staff",
     "sysadmin", "sysadmins", "team", "teams", "technician", "technicians",
     "tester", "testers", "whoever");

LIST(blame_no_names, "a", "after", "all", "also", "an", "and", "another", "any",
     "anybody", "anyone", "as", "at", "because", "before", "both", "but", "by",
     "can't", "didn't", "do", "does", "doesn't", "don't", "each", "either",
     "every", "everybody", "everyone", "everything", "few", "for", "from",
     "git", "github", "gitlab", "here", "how", "however", "i", "if", "in", "it",
     "it's", "its", "kubernetes", "let's", "many", "monitoring", "most",
     "neither", "never", "nginx", "no", "nobody", "none", "nothing", "now",
     "on", "one", "or", "our", "people", "please", "postgres", "production",
     "prometheus", "redis", "remember", "since", "so", "some", "something",
     "staging", "terraform", "that", "that's", "the", "their", "then", "there",
     "there's", "these", "they", "this", "those", "to", "today", "we", "we're",
     "what", "when", "where", "which", "while", "who", "why", "with", "you",
     "your");

LIST(blame_roles, "开发", "开发人员", "运维", "运维人员", "产品经理",
     "项目经理", "实习生", "新人", "外包", "外包人员", "工程师", "程序员",
     "当事人", "责任人", "相关责任人", "操作人员", "操作员", "审核人", "评审人",
     "管理员", "小哥", "员工", "前任", "业务方", "老板", "主管", "审批人",
     "架构师", "策划", "美术", "施工队", "提交人", "合并人", "坐席", "审核员",
     "管理层", "技术员", "组员", "维护者", "销售", "人员", "那批人", "设计师",
     "分析师", "顾问", "工作人员", "操作工", "夜班", "测试经理", "技术负责人",
     "法务", "标注员", "测试员", "值班员", "客服", "某些人", "个别人", "负责人",
     "他", "她", "他们", "领导", "组长", "小组长", "项目负责人", "某某", "同学",
     "同事", "某开发", "某同学", "标注人员", "值班人员", "dba", "qa", "sre");
LIST(blame_fields, "前端", "后端", "测试", "算法", "数据", "产品", "运营",
     "值班", "标注", "安全", "网络", "平台", "客服", "基础架构", "架构", "业务",
     "质量", "中间件", "存储", "市场", "销售", "研发", "代码评审", "审核",
     "评审", "某某", "新来的", "供应商的", "外包");
LIST(blame_endings, "同学", "同事", "人员", "工程师", "团队", "组", "部门",
     "组长", "经理", "的人", "组的人", "那帮人", "小哥", "负责人", "人", "们",
     "那边");

LIST(blame_things, "系统", "平台", "组件", "组合", "模块", "服务", "脚本",
     "工具", "流程", "环境", "集群", "接口", "框架", "引擎", "程序", "任务",
     "后台", "页面", "插件", "机器人", "账号", "工单");

LIST(blame_families, "张", "王", "李", "刘", "陈", "杨", "赵", "周", "吴", "徐",
     "孙", "朱", "胡", "郭", "林", "罗", "梁", "宋", "郑", "谢", "韩", "唐",
     "冯", "董", "萧", "曹", "袁", "邓", "许", "傅", "沈", "彭", "吕", "苏",
     "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "潘", "杜", "钟", "汪",
     "姜", "范", "谭", "廖", "邹", "熊", "陆", "郝", "孔", "崔", "邱", "秦",
     "顾", "侯", "邵", "孟", "龙", "钱", "汤", "尹", "黎", "贺", "赖", "龚",
     "黄", "高", "马", "何", "雷", "夏", "戴");
LIST(blame_no_families, "张量", "周期", "周末", "周一", "周二", "周三", "周四",
     "周五", "周六", "周日", "周报", "周会", "周边", "胡乱", "许多", "许可",
     "范围", "范式", "顾客", "顾问", "钱包", "叶子", "叶节", "陈旧", "陈述",
     "罗列", "杜绝", "陆续", "宋体", "钟表", "谢谢", "林立", "龙头", "孔径",
     "唐突", "郑重", "黄金", "黄色", "黄灯", "高可", "高并", "高峰", "高危",
     "高优", "高级", "高频", "高负", "高阶", "高层", "高风", "高流", "高吞",
     "高精", "高版", "马上", "马虎", "王牌", "贺卡", "汤普", "高速", "高价",
     "高亮", "高维", "高斯", "高延", "何时", "何种", "何处", "何必", "何以",
     "何况", "雷达", "雷区", "夏令", "夏天", "夏季");

LIST(blame_leads, "是", "由", "因", "为", "怪", "对", "让", "被", "和", "与",
     "给", "在", "但", "而", "果", "即", "有");
