#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# corpus.pl <folder> <count> [<seed> [<commit>...]]: writes that many retros, two
# thirds in English and one in Chinese, with front matter, pitfalls and actions;
# those of some link two of the commits. The same arguments give the same bytes. Words follow Zipf's law, as they do in any
# language: the word of rank n is 1/n as frequent as the first, so a few are
# everywhere and most of the 30,000 are rare.
use strict;
use warnings;
use utf8;

my ($folder, $count, $seed, @commits) = @ARGV;
die "usage: corpus.pl <folder> <count> [<seed>]\n" unless $count;
srand($seed // 1);

# Sorted by frequency, roughly: what holds a sentence together, then what teams
# write about.
my @english = qw(the to of a and in was that it for on we is not with as this
	by at be from had were when which after before have but our an are so
	model data no only new all release test one did been there more up out
	then they could into than would first time if do two same other also
	run label deploy train version because until without set which their
	config failed check job error changed service still batch queue next
	every never log metric alert day found build fix cache hours team again
	loader table schema pipeline drift feature index window driver memory
	default value missing wrong old while name long review rollback script
	between production staging column rows threshold sample timeout node
	disk network access token upgrade dependency merge branch commit commit
	tag docker image container cluster scheduler worker retry latency spike
	load traffic request response client server database migration backup
	restore replica lock deadlock transaction query plan encoding format
	timezone clock cron report dashboard notebook experiment baseline seed
	gradient loss accuracy precision recall overfit leakage split shuffle
	checkpoint quantize inference embedding tokenizer vocabulary prompt
	annotation labelling guideline reviewer agreement audit quota budget
	invoice vendor contract holiday handover document runbook oncall page
	incident owner deadline estimate scope customer complaint refund);
my @chinese = qw(的 了 在 是 我们 没有 和 数据 不 也 就 上线 模型 问题 一个 这个
	测试 版本 发布 因为 所以 之后 训练 标注 部署 发现 需要 时候 没 时间 已经
	配置 环境 导致 检查 失败 错误 原因 可以 还是 之前 流程 监控 告警 服务 回滚
	脚本 依赖 升级 内存 显存 驱动 磁盘 网络 超时 重试 队列 缓存 任务 接口 字段
	特征 漂移 样本 标签 质量 审核 指标 准确率 召回率 阈值 基线 实验 复现 随机
	种子 学习率 梯度 损失 过拟合 验证集 测试集 泄漏 切分 权重 断点 日志 报表
	数据库 迁移 备份 恢复 主从 延迟 死锁 事务 查询 索引 编码 时区 定时 容器
	镜像 集群 节点 调度 权限 密钥 过期 证书 域名 负载 流量 峰值 扩容 预算 成本
	供应商 合同 客户 投诉 沟通 交接 文档 手册 值班 负责人 截止 估算 范围 需求
	变更 评审 分支 合并 冲突 提交 标准 规范 培训 经验 教训 改进 优化 方案 总结);
my $hanzi = '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成'
	. '会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度'
	. '家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合'
	. '还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看'
	. '原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通'
	. '并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级'
	. '少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任';
my @syllables = map { my $c = $_; map { "$c$_" } qw(a e i o u an er in or) }
	qw(b c d f g h k l m n p r s t v w st tr pl gr);
my @endings = ('', '', '', qw(s ed ing er tion able));
my @kinds = qw(release incident experiment deployment project);
my @status = qw(draft review final final final superseded);
my @labels = qw(data-drift dependency config-change labelling release-process
	capacity access monitoring communication testing 数据质量 依赖 流程);

# The rare words of a rank: made up, always the same ones.
sub rare_word {
	my $rank = shift;
	my $word = $syllables[$rank % @syllables]
		. $syllables[int($rank / @syllables) % @syllables];
	$word .= $syllables[$rank * 7 % @syllables] if $rank % 3;
	return $word . $endings[$rank % @endings];
}

sub rare_hanzi {
	my $rank = shift;
	return substr($hanzi, $rank * 31 % length $hanzi, 1)
		. substr($hanzi, $rank * 17 % length($hanzi), 1);
}

sub rank { return int(30000 ** rand()) - 1 }

sub technical {
	my $kind = int rand 5;
	my $word = $english[40 + rand(@english - 40)];
	return sprintf '`%s/%s_%s.py`', rare_word(int rand 300), $word,
		rare_word(int rand 2000) if $kind == 0;
	return sprintf 'v%d.%d.%d', rand 9, rand 40, rand 10 if $kind == 1;
	return sprintf '%07x', rand 0x10000000 if $kind == 2;
	return 'CUDA' if $kind == 3;
	return 1 + int rand 5000;
}

sub english {
	my $rank = rank();
	return technical() if rand() < 0.04;
	return $rank < @english ? $english[$rank] : rare_word($rank);
}

sub chinese {
	my $rank = rank();
	return ' ' . technical() . ' ' if rand() < 0.03;
	return $rank < @chinese ? $chinese[$rank] : rare_hanzi($rank);
}

# Mostly short, some long.
sub words { my $least = shift; return $least + int(exp(rand 3.2)) }

sub sentence {
	my $zh = shift;
	return join('', map { (rand() < 0.12 ? '，' : '') . chinese() }
		1 .. words(5)) . '。' if $zh;
	return ucfirst(join ' ', map { english() . (rand() < 0.06 ? ',' : '') }
		1 .. words(5)) . '.';
}

# As an editor wraps English.
sub paragraph {
	my $zh = shift;
	my $text = join $zh ? '' : ' ', map { sentence($zh) } 1 .. 1 + rand 4;

	$text =~ s/(.{60,76}) /$1\n/g unless $zh;
	return "$text\n\n";
}

sub title {
	my $zh = shift;
	my $title = sentence($zh);

	$title =~ s/[.。`,，"]//g;
	$title = substr $title, 0, 60;
	$title =~ s/ \S*$// unless $zh;
	return $title;
}

my %headings = (
	0 => ['Summary', 'What was hard', 'Root cause', 'How we solved it',
		'Pitfalls', 'What to improve', 'Actions'],
	1 => [qw(概述 难点 根因 解决方案 踩过的坑 可以优化的地方 行动项)],
);

sub body {
	my $zh = shift;
	my ($last, @h) = reverse @{$headings{$zh}};
	my ($improve, $pitfalls, @prose) = @h;
	my $text = '';

	$text .= "## $_\n\n" . join '', map { paragraph($zh) } 1 .. 1 + rand 2
		for reverse @prose;
	$text .= "## $pitfalls\n\n";
	$text .= '- ' . sentence($zh) . sprintf(" `src/%s/%s.c`\n",
		rare_word(int rand 300), rare_word(int rand 3000))
		for 1 .. 1 + rand 5;
	$text .= "\n## $improve\n\n" . paragraph($zh) . "## $last\n\n";
	$text .= sprintf "- [%s] A%d: %s @%s due:2026-%02d-15\n",
		rand() < 0.5 ? 'x' : ' ', $_, sentence($zh),
		qw(ann bo cy dee)[rand 4], 1 + rand 12 for 1 .. 1 + rand 3;
	return $text;
}

# The fields that a team may leave out. What they name is there: the retro
# before, and the tags that list.sh makes.
sub fields {
	my ($i, $before) = @_;
	my $cause = int rand @commits;
	my $fix = $cause + int rand(@commits - $cause);

	return sprintf <<'EOF', 1 + rand 5, qw(ann bo cy dee)[rand 4],
severity: %d
owner: %s
range: v1.0.0..v1.1.0
started: 2026-%02d-01T10:00:00+08:00
resolved: 2026-%02d-02T10:00:00+08:00
url: https://example.com/%d
related: [%s]
branches: [main]
metrics:
  - {name: latency, before: 120, after: 80, unit: ms, better: lower}
environment: {cuda: "12.1"}
commits:
  cause: [%s]
  fix: [%s]
EOF
		(1 + rand 12) x 2, $i, $before, $commits[$cause],
		$commits[$fix];
}

mkdir $folder;
my $before = '';
for my $i (1 .. $count) {
	my $day = sprintf '20%02d-%02d-%02d', 16 + rand 10, 1 + rand 12,
		1 + rand 28;
	my $zh = rand() < 0.35 ? 1 : 0;
	my $title = title($zh);
	my $front = sprintf <<'EOF', "$day-r$i", $title, $day,
---
id: %s
title: "%s"
date: %s
status: %s
kind: %s
authors: [Person %d <p%d@example.com>]
labels: [%s, %s]
releases: [v%d.%d.0]
paths: ["src/%s/**"]
%s---
EOF
		$status[rand @status], $kinds[rand @kinds], rand 40, rand 40,
		$labels[rand @labels], $labels[rand @labels], rand 9, rand 40,
		rare_word(int rand 300), @commits ? fields($i, $before) : '';
	$before = "$day-r$i";

	open my $fh, '>:utf8', "$folder/$day-r$i.md" or die "$folder: $!\n";
	print $fh $front, "\n# $title\n\n", body($zh);
	close $fh or die "$folder: $!\n";
}
