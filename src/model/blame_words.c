/* SPDX-License-Identifier: GPL-2.0-only */
#include "model/blame_words.h"

#include "base/vec.h"

#define LIST(name, ...)                                                        \
	const char *const name[] = { __VA_ARGS__ };                            \
	const size_t name##_nr = ARRAY_SIZE(name)

#define DID_NOT                                                                \
	"read|check|test|follow|think|understand|pay|ask|tell|notice|know|"    \
	"care|listen|do|communicate|look|review|verify|bother"
#define FAILING                                                                \
	"fault|mistake|mistakes|negligence|carelessness|oversight|"            \
	"incompetence|laziness|sloppiness|sloppy|lazy|careless|stupid"

LIST(blame_patterns,
     /* failings that only people have */
     "human|operator error|mistake|failure",
     "careless|carelessly|carelessness|negligence|negligent|negligently",
     "incompetence|incompetent|sloppiness|stupidity|irresponsible",
     "irresponsibly", "@ ~ unprofessional|unprofessionally",
     "lack of care|discipline|diligence|competence|professionalism",
     "no|any|lacking|without|little sense of responsibility",
     "poor|bad judgment|judgement", "asleep at the wheel", "dropped the ball",
     "without thinking", "should be ashamed", "have known better",
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
     "N % forgot", "N % neglected to", "@ % failed to",
     "N % failed to communicate|ask|tell", "@ % should have",
     "@ % should not|never have", "@ % should've", "@ % shouldn't have",
     "@ % did not " DID_NOT, "@ % didn't " DID_NOT,
     "N did not bother|think|ask|tell|listen|care|pay",
     "N % made a|the|another stupid|silly|careless|terrible|bad mistake|error",
     "@ % made a|the|another mistake", "mistake was made by N",
     "N % messed|screwed up", "@ ~ broke production|prod|staging",
     "@ % ignored|overlooked|violated|skipped|refused",
     "@ % slept|overslept|panicked",
     "N % rushed the release|deploy|rollout|fix",
     "N ignored ~ warning|warnings|times|advice",
     "@ % let ~ bug|bugs|error|errors|regression through|slip",
     "@ is|was|were|are too slow|late|lazy|careless",
     "@ is|was|were|are lazy|careless|sloppy|ignorant|clueless",
     "@ is|was|were|are not concentrating|paying|careful|qualified",
     "N was|were supposed to ~ and|but ~ not|didn't|forgot|never",
     "N pushed|deployed|merged|changed|released|deleted ~ without "
     "asking|telling|permission",
     "@ % typed|ran|used|pulled|pushed|deleted|entered|picked the wrong",
     "N , who never", "@ % been warned", "@ % lazily|carelessly",
     "person|people|those|@ responsible will|has|have|must|should|for this",
     "N should|must be fired|dismissed|sacked",
     /* whose it is */
     "N is|was|were|are to blame", "N is|was|were|are at fault", "fault of @",
     "blame|blamed|blaming ~ @", "blame ~ lies with", "'s " FAILING,
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
     "玩忽职守|擅离职守|失职|渎职|屡教不改|管理不力|执意|低级错误|擅自|私自",
     "推卸责任|不听劝|瞎指挥|睁一只眼闭一只眼",
     "甩锅给|水平太差|水平差|素质低|素质差|态度差|不专业|明明知道|"
     "明知故犯",
     "@ 的锅", "全怪 @", "@ ~ 水平不行|自作主张",
     "都怪|只能怪|怪我|怪他|怪她|赔罪|谁写的谁负责",
     /* 处罚 */
     "扣|扣除|扣发|扣罚|扣减|取消 ~ 绩效|奖金|工资|年终奖",
     "写检讨|记大过|记过处分|通报批评|严惩|严肃处理|处以罚款",
     "被|给予|予以|一次 记过", "@ ~ 处罚|处分|问责|开除|辞退",
     "给予|对 ~ ~ 处罚|处分|问责", "纳入|计入|影响 ~ 绩效|考核", "追究 ~ 责任",
     "承担 主要|全部|直接 责任", "主要责任|全部责任|责任 在|在于 @",
     "负全责|负全部责任",
     /* 谁没做、谁做错 */
     "@ 的 责任|失误|疏忽|过错|过失|错误操作",
     "都是|是|就是 测试|产品|数据|算法|前端|后端|运营|业务 的责任|的错",
     "都是|主要是|就是|是|全是|还是 @ 的问题", "是人的问题|是人的原因",
     "@ % 没|没有|未 "
     "及时|认真|仔细|按|做|测|检查|通知|同步|写|看清|看文档|看日志|提前|尽|"
     "响应|评审|确认|"
     "自测|遵守|遵循|处理|发现|注意|意识|想到|考虑|沟通|跟进|接电话|接告警|"
     "核对|备份|"
     "验证|履行|充分|严格|好好|执行|说|讲|打招呼|上报|汇报|回复|理解",
     "@ % 忘",
     "@ % 误删|错删|删错|搞错|弄错|改错|配错|写错|填错|点错|按错|输错|选错|"
     "乱改|乱配|乱写|随便|手滑|误操作|漏测|漏了|漏掉",
     "@ ~ 把 ~ 搞|弄 错|挂|坏|崩|丢|乱", "@ 又把|又搞|又忘|又没",
     "又把 ~ 搞|弄",
     "@ % 疏忽|大意|失误|懈怠|不懂|不熟|不了解|不重视|不配合|太慢|能力不足",
     "@ ~ 反应太慢|响应太慢|动作太慢|拖了|睡着|睡过|未经允许|未经批准",
     "@ ~ 能力不足|经验不足|不充分|不到位|没写清楚|没说清楚|没讲清楚",
     "@ % 应该早|早该|早应该|本该|本应", "本应|本应该|本该 由 @",
     "如果|要是|假如 @ ~ ~ 就不会", "@ 从来 不|没", "测试 漏测|没测");

_Static_assert(ARRAY_SIZE(blame_patterns) <= BLAME_PATTERNS_MAX,
	       "more patterns than blame.c has room for");

LIST(blame_innocent, "低级错误码", "马虎不得", "怪不得", "甩锅文化", "背锅的不",
     "处罚只会|处罚是", "处分只会", "处罚机制|处罚项", "不小心的话",
     "human error is ~ symptom|consequence|label", "lack of care plan",
     /* one of what can go wrong */
     ", human|operator|user error|errors|mistake|mistakes ,",
     "human|operator error|errors , e|such|like",
     "operator error|errors can|could|may|might|would", "she|he does not know",
     "someone|somebody does not",
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
     "经常", "总是", "因");

LIST(blame_people, "admin", "administrator", "administrators", "admins",
     "analyst", "analysts", "author", "authors", "colleague", "colleagues",
     "commander", "contractor", "contractors", "dba", "dbas", "developer",
     "developers", "devops", "devs", "employee", "employees", "engineer",
     "engineers", "he", "hire", "hires", "intern", "interns", "lead",
     "maintainer", "maintainers", "marketing", "ops", "person", "programmer",
     "programmers", "qa", "reviewer", "reviewers", "scientist", "scientists",
     "she", "somebody", "someone", "sre", "sres", "staff", "sysadmin",
     "sysadmins", "team", "teams", "technician", "technicians", "tester",
     "testers", "whoever");

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
     "管理员", "他", "她", "他们", "领导", "组长", "小组长", "项目负责人",
     "某某", "同学", "同事", "某开发", "某同学", "标注人员", "值班人员", "dba",
     "qa", "sre");
LIST(blame_fields, "前端", "后端", "测试", "算法", "数据", "产品", "运营",
     "值班", "标注", "安全", "网络", "平台", "客服", "基础架构", "架构", "业务",
     "质量", "中间件", "存储", "市场", "销售", "研发", "代码评审", "审核",
     "评审", "某某", "新来的", "供应商的", "外包");
LIST(blame_endings, "同学", "同事", "人员", "工程师", "团队", "组", "部门",
     "组长", "经理", "的人", "组的人", "负责人", "人", "们", "那边");

LIST(blame_families, "张", "王", "李", "刘", "陈", "杨", "赵", "周", "吴", "徐",
     "孙", "朱", "胡", "郭", "林", "罗", "梁", "宋", "郑", "谢", "韩", "唐",
     "冯", "董", "萧", "曹", "袁", "邓", "许", "傅", "沈", "彭", "吕", "苏",
     "卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "潘", "杜", "钟", "汪",
     "姜", "范", "谭", "廖", "邹", "熊", "陆", "郝", "孔", "崔", "邱", "秦",
     "顾", "侯", "邵", "孟", "龙", "钱", "汤", "尹", "黎", "贺", "赖", "龚",
     "黄", "高", "马");
LIST(blame_no_families, "张量", "周期", "周末", "周一", "周二", "周三", "周四",
     "周五", "周六", "周日", "周报", "周会", "周边", "胡乱", "许多", "许可",
     "范围", "范式", "顾客", "顾问", "钱包", "叶子", "叶节", "陈旧", "陈述",
     "罗列", "杜绝", "陆续", "宋体", "钟表", "谢谢", "林立", "龙头", "孔径",
     "唐突", "郑重", "黄金", "黄色", "黄灯", "高可", "高并", "高峰", "高危",
     "高优", "高级", "高频", "高负", "高阶", "高层", "高风", "高流", "高吞",
     "高精", "高版", "马上", "马虎", "王牌", "贺卡", "汤普", "高速", "高价",
     "高亮", "高维", "高斯", "高延");

LIST(blame_leads, "是", "由", "因", "为", "怪", "对", "让", "被", "和", "与",
     "给", "在", "但", "而", "果", "即", "有");
