#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Half a year of a team that trains and ships a model: a dependency conflict at
# a deployment, biased labels, a drift, a trial that was made again. What is
# printed was captured; only the drift's number is typed. In both languages.
. "${0%/*}/../lib/test.sh"

# say <english> <chinese>: what the team writes, in its language.
say () {
	if [ "$language" = zh ]
	then
		printf %s "$2"
	else
		printf %s "$1"
	fi
}

# show <command>...: what a command prints, for the story.
show () {
	printf '$ git retro'
	printf ' %s' "$@"
	printf '\n'
	at_most 2 git retro "$@"
	printf '\n'
}

# part <file>: the front matter and what was captured, without what is asked.
part () {
	sed '/^<!--.*-->$/d; /^<!--/,/-->$/d; /^commits:/,/^---/{/^  /d}' "$1" |
	grep -vE '^(id|title|status|authors|---)|^  #|^$' |
	sed -E 's/\b[0-9a-f]{40}\b/<id>/g; s/\b[0-9a-f]{7}\b/<id>/g'
	echo
}

half_year () {
	cat >.retro.yml <<-EOF
	version: 1
	dir: retros
	language: $language
	releases: {tags: ["v*"], require: all}
	capture:
	  $(say production 生产):
	    files: [prod/]
	    names: [torch, cuda]
	    patterns: {driver: "DRIVER_VERSION=*"}
	EOF
	mkdir -p prod data train retros
	echo torch==1.12.0+cu113 >prod/requirements.txt
	printf '%s\n' 'FROM nvidia/cuda:11.3.1' 'ENV DRIVER_VERSION=470' \
		>prod/Dockerfile
	echo '{"auc": 0.910, "val": {"loss": 0.41}}' >metrics.json
	echo 'train: {lr: 0.1, seed: 1}' >params.yaml
	git add . && git commit -q -m 'First model' && tick
	git tag v1.0.0 2>/dev/null
	first=$(git retro new --no-edit --release v1.0.0) && part "$first"
	git add . && git commit -q -m 'Retro of v1.0.0' && tick

	# January: newer packages, which the machines cannot run.
	echo torch==2.2.0+cu121 >prod/requirements.txt
	git commit -q -a -m 'Newer torch' && tick
	show env --check
	git retro jot --pitfall --path prod/requirements.txt --commit \
		"$(say 'torch of CUDA 12 does not start on driver 470' \
		'CUDA 12 的 torch 在 470 驱动上起不来')" >/dev/null && tick
	echo torch==1.13.1+cu117 >prod/requirements.txt
	sed -i s/11.3.1/11.7.1/ prod/Dockerfile
	git commit -q -a -m 'The newest that runs' && tick

	# March: labels were biased; the process changed, the gain is measured.
	git retro jot --hard --label "$(say label-bias 标注偏差)" --commit \
		"$(say 'One vendor labelled all cases of the south' \
		'南方的样本全是同一家供应商标的')" >/dev/null && tick
	echo '{"auc": 0.934, "val": {"loss": 0.37}}' >metrics.json
	echo 'train: {lr: 0.05, seed: 1}' >params.yaml
	git commit -q -a -m 'Labels of two vendors

Retro-Note: solved: '"$(say 'Two vendors label each case' '每个样本由两家供应商标注')" && tick
	git tag v1.1.0 2>/dev/null
	second=$(git retro new --no-edit --release v1.1.0) && part "$second"
	git add . && git commit -q -m 'Retro of v1.1.0' && tick

	# May: an experiment, and a drift after the launch.
	mkdir -p ../runs/1/metrics ../runs/1/params
	echo '1700000000 0.931 0' >../runs/1/metrics/auc
	printf 512 >../runs/1/params/batch
	experiment=$(git retro new --no-edit --kind experiment --run ../runs/1 \
		"$(say 'Larger batches' '更大的批')")
	sed -i "s/^## $(say 'What we tried' 试过的办法)\$/&\n\n$(say \
		'| Tried | What it did | Kept |' \
		'| 试了什么 | 效果 | 是否保留 |')\n| --- | --- | --- |\n$(say \
		'| Batch of 512 in `train\/` | no gain, twice the memory | no |' \
		'| `train\/` 的批大小 512 | 没有提升，显存翻倍 | 否 |')/" "$experiment"
	deployment=$(git retro new --no-edit --kind deployment \
		"$(say 'Spring launch' '春季上线')")
	sed -i 's/^drift: #.*/drift:\n  - {feature: age, statistic: PSI, value: 0.31, window: 7d}/' \
		"$deployment"
	git add . && git commit -q -m 'Two retros' && tick

	# June: somebody is about to try it again.
	show trials --failed --path train/
	show list --drift age
	show list --metric auc
	show env v1.0.0..v1.1.0
	show show v1.1.0 | sed '/^\$/p; /^metrics/,/^$/!d'
}

for language in en zh
do
	ok "half a year ($language)" '
		new_repo "$language" && cd "$language" && half_year >../story 2>&1 &&
		git retro check 2>&1 && golden "cli/half-year.$language" ../story
	'
done
test_done
