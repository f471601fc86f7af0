"""Words of errors. Places (file, line, key) and names come first and are the same in both languages."""

from __future__ import annotations

from typing import Final

SEPARATOR: Final = {"en": ", ", "zh": "、"}

_SENTENCES: dict[str, tuple[str, str]] = {
    # around other sentences
    "error": ("Error: {what}", "错误：{what}"),
    "good": ("{file}: good", "{file}: 无误"),
    "warning": ("Warning: {what}", "警告：{what}"),
    "at": ("{place}: {what}", "{place}: {what}"),
    "of_key": ("{key}: {what}", "{key}: {what}"),
    "lines": ("{lines}", "{lines}"),
    "more": ("{n} more errors are not shown", "另有{n}处错误未列出"),
    "noted": ("{what} ({note})", "{what}（{note}）"),
    # parts of sentences
    "nearest": ("; did you mean {name!r}?", "；是不是想写{name!r}？"),
    "goes_under": ("; it goes under {names}", "；应写在{names}之下"),
    "goes_in_steps": (
        "; levers move in steps: policy: [{{lever: ..., from: ..., level: ...}}]",
        "；政策工具按步设定：policy: [{{lever: ..., from: ..., level: ...}}]",
    ),
    "names": ("{names}", "{names}"),
    "names_cut": ("{names} ... ({n} in all)", "{names}……（共{n}个）"),
    "none": ("none", "无"),
    "nothing": ("nothing", "空值"),
    "a_mapping": ("a mapping", "一组“键: 值”"),
    "a_list": ("a list", "列表"),
    "a_list_of": ("a list of {n:,}", "{n:,}项的列表"),
    "an_empty_list": ("a list that is empty", "空列表"),
    # what a key may hold
    "number": ("a number", "数"),
    "finite": ("a finite number", "有限的数"),
    "whole": ("a whole number", "整数"),
    "text": ("a text", "文本"),
    "texts": ("a text, or one for each language: {{en: ..., zh: ...}}", "文本，或按语言分写：{{en: ..., zh: ...}}"),
    "in_quotes": ("{what}; in quotes it is one: {quoted}", "{what}；加引号即为文本：{quoted}"),
    "true_or_false": ("true or false", "true或false"),
    "at_least": ("a number of at least {n:,}", "不小于{n:,}的数"),
    "at_most": ("a number of at most {n:,}", "不大于{n:,}的数"),
    "above": ("a number above {n:g}", "大于{n:g}的数"),
    "below": ("a number below {n:,}", "小于{n:,}的数"),
    "at_least_entries": ("a list of {n} or more", "至少{n}项的列表"),
    "at_most_entries": ("a list of {n} at most", "至多{n}项的列表"),
    "between": ("a number from {low:,} to {high:,}", "{low:,}到{high:,}之间的数"),
    "whole_between": ("a whole number from {low:,} to {high:,}", "{low:,}到{high:,}之间的整数"),
    # keys and values of YAML files
    "found": ("found {found}; allowed: {allowed}{nearest}", "读到{found}；应为：{allowed}{nearest}"),
    "unknown_key": ("unknown key {found}; allowed: {allowed}{nearest}", "没有{found}这个键；可用：{allowed}{nearest}"),
    "missing": ("the key {missing!r} is missing{nearest}", "缺少键{missing!r}{nearest}"),
    "no_scenario": (
        "there is no scenario {found}; allowed: {allowed}{nearest}",
        "没有名为{found}的情景；可用：{allowed}{nearest}",
    ),
    "not_shipped": (
        "{place}: base: found {found}, which is no shipped scenario; allowed: {allowed}{nearest}",
        "{place}: base: 读到{found}，内置情景中没有它；可用：{allowed}{nearest}",
    ),
    "no_package": (
        "{place}: packages: found {found}, which is no package; allowed: {allowed}{nearest}",
        "{place}: packages: 读到{found}，没有这个政策包；可用：{allowed}{nearest}",
    ),
    "scenario_mapping": (
        "{place}: found {found}; a scenario is a mapping, such as name: my_scenario{hint}",
        "{place}: 读到{found}；情景文件应由“键: 值”组成，例如 name: my_scenario{hint}",
    ),
    "packages_list": (
        "{place}: packages: found {found}; allowed: a list of names, such as [linkage]",
        "{place}: packages: 读到{found}；应为名称列表，例如 [linkage]",
    ),
    "circular": ("{place}: base: circular, {chain}", "{place}: base: 循环引用，{chain}"),
    "package_keys": (
        "{place}: a package holds name, title, why and policy, not {found!r}",
        "{place}: 政策包只含name、title、why和policy，不含{found!r}",
    ),
    "override": (
        "{place}: write a path of keys and a value, such as population.firms=5000",
        "{place}: 应写成“键的路径=值”，例如 population.firms=5000",
    ),
    "lever": (
        "unknown lever {found!r}; `ftz scenario schema` lists all{nearest}",
        "没有{found!r}这项政策工具；`ftz scenario schema`列出全部{nearest}",
    ),
    "quarter": (
        "{found} is no quarter; write a year and a quarter, such as 2025Q1",
        "{found}不是季度；应写年份和季度，例如 2025Q1",
    ),
    "quarter_range": ("{found} is outside {first} to {last}", "{found}不在{first}至{last}之内"),
    "or_opening": (
        "{what} (or opening: the quarter in which each zone opens)",
        "{what}（或写 opening，即各试验区设立的季度）",
    ),
    "switch": ("found {found}; allowed: on, off", "读到{found}；应为：on、off"),
    "always_on": (
        "found off; this mechanism cannot be switched off, the others need what it writes",
        "读到off；此机制不能关闭，其他机制需要它的结果",
    ),
    "no_zones": ("{lever} is a national lever and takes no zones", "{lever}是全国性政策工具，不能指定试验区"),
    "no_zone_yet": (
        "there is no zone in {place} (a new one stands under new_zones); allowed: {allowed}",
        "{place}没有试验区（新设的应写在new_zones中）；可用：{allowed}",
    ),
    "new_zones_once": (
        "a province has one zone at most; given twice: {names}",
        "每个省份至多一个试验区；重复：{names}",
    ),
    "area_before_zone": (
        "the further area of {zone} opens in {opens}; allowed: after the zone itself, which opens in {opening}",
        "{zone}的扩展区域定于{opens}启用；须晚于试验区本身的设立（{opening}）",
    ),
    "area_twice": (
        "{zone} has one further area at a date; given twice: {opens}; write one with the size of both",
        "{zone}在同一季度只能有一个扩展区域；重复：{opens}；请合写为一个，规模相加",
    ),
    "area_too_large": (
        "the further areas of {zone} are {size} times its first area together; allowed: {most} at most",
        "{zone}各扩展区域的规模合计为最初片区的{size}倍；至多为{most}倍",
    ),
    "above_or_below": ("name above or below, one of the two", "above与below须写且只写其一"),
    "one_or_several": (
        "name one sign, or a list of signs under one of these keys and nothing beside it: {keys}",
        "写一个信号；或在以下键之一列出各信号，不另写其他键：{keys}",
    ),
    "signs_once": ("name each sign once", "每个信号只写一次"),
    "signs_exclude": (
        "{found} is never above {above} and below {below} in the same quarter; change a threshold, or write any",
        "{found}在同一季度不可能既高于{above}又低于{below}；请修改阈值，或改用any",
    ),
    "combinations": (
        "{found:,} combinations of thresholds and quarters; allowed: {most} at most, so name fewer",
        "阈值与季度数共有{found:,}种组合；至多{most}种，请少写一些",
    ),
    "rules_once": ("each rule needs a name of its own; given twice: {names}", "每条规则须有不同的名称；重复：{names}"),
    "rules_stripped": (
        "{name} has rules; layers are frozen in runs whose levers have dates",
        "{name}含有视信号而定的规则；逐层冻结只适用于政策有固定日期的运行",
    ),
    "rules_scaled": (
        "{name} has rules; to make costs equal dated steps are scaled, and what a rule will do is not known before",
        "{name}含有视信号而定的规则；使成本相等靠缩放有固定日期的步骤，而规则何时生效事先并不知道",
    ),
    "no_opening": (
        "{lever} is a national lever; it needs a quarter, not opening",
        "{lever}是全国性政策工具，应写具体季度，不能写opening",
    ),
    "zones_once": (
        "name each zone once, and at least one; without the key all zones are meant",
        "每个试验区只写一次，至少写一个；不写此键即指全部试验区",
    ),
    "tiers_once": ("name each tier once", "每个层级只写一次"),
    "fields_once": ("name each field once", "每个产业领域只写一次"),
    "partners_once": ("name each partner once", "每个贸易伙伴只写一次"),
    "tiers_or_fields": ("name tiers or fields, not both", "tiers与fields只写其一"),
    "field_of_shock": (
        "{found} is no field of industry; allowed: {allowed}{nearest}",
        "没有名为{found}的产业领域，可用：{allowed}{nearest}",
    ),
    "partner_of_shock": (
        "{found} is no partner; allowed: {allowed}{nearest}",
        "没有名为{found}的贸易伙伴，可用：{allowed}{nearest}",
    ),
    "zone_status": (
        "zone_status is 0 or 1 and moves at once (ramp 0)",
        "zone_status只能为0或1，且一步到位（ramp: 0）",
    ),
    "before_start": ("{end} is before the start, {start}", "{end}早于起始季度{start}"),
    "unit_range": (
        "{number:g} is outside [{low:g}, {high:g}] ({unit})",
        "{number:g}不在[{low:g}, {high:g}]之内（{unit}）",
    ),
    "above_zero": ("{number:g} must be above 0 ({unit})", "{number:g}应大于0（{unit}）"),
    "elasticities": ("firm_elasticity must be above 1", "firm_elasticity应大于1"),
    "too_few_firms": (
        "{firms} firms are too few: the model needs {least} or more",
        "企业数{firms}过少：模型至少需要{least}家",
    ),
    "too_many_slots": (
        "minimum_slots {slots} in {cells} provinces and fields needs more firms than minimum_firms {firms}",
        "minimum_slots为{slots}时，{cells}个“省份—领域”组合所需企业多于minimum_firms（{firms}）",
    ),
    "no_size_limit": (
        "capital + labour + talent + knowledge = {scale:.3f} must be at most {limit:.3f} (1/rho - {margin:g} at "
        "firm_elasticity {elasticity:g}): firms would have no size limit",
        "capital + labour + talent + knowledge = {scale:.3f}，至多为{limit:.3f}（firm_elasticity为{elasticity:g}时的"
        "1/rho - {margin:g}），否则企业规模没有上限",
    ),
    # files
    "unreadable": ("{path}: cannot be read ({reason})", "{path}: 无法读取（{reason}）"),
    "unwritable": ("{path}: cannot be written ({reason})", "{path}: 无法写入（{reason}）"),
    "write_over": (
        "{found} would be written over; add --force, or choose another place",
        "{found} 将被覆盖；请加--force，或另选位置",
    ),
    "too_large": (
        "{path}: {size:,} bytes; a scenario has at most {most:,}",
        "{path}: {size:,}字节；情景文件至多{most:,}字节",
    ),
    "not_utf8": (
        "{place}: no UTF-8 text; is this a YAML file?",
        "{place}: 不是UTF-8文本；若是以GBK等编码保存的YAML文件，请另存为UTF-8",
    ),
    "empty": ("{path}: empty; it needs at least a name", "{path}: 文件为空；至少要有name"),
    "too_deep": (
        "{place}: nested too deeply; at most {most} levels are allowed",
        "{place}: 嵌套过深；至多{most}层",
    ),
    "no_yaml": ("{place}: cannot be read as YAML ({reason}){hint}", "{place}: 无法按YAML读取（{reason}）{hint}"),
    "wide_colon": ("; a colon is “: ”, not “：”", "；冒号应为半角“: ”，不是全角“：”"),
    "directive": (
        "{place}: found {found}; directives, which change how YAML is read, are not allowed",
        "{place}: 读到{found}；不允许使用改变YAML读法的指令",
    ),
    "unprintable": (
        "{place}: {path}: found the character {found}, which cannot be printed",
        "{place}: {path}: 含有不可打印的字符{found}",
    ),
    "long_number": (
        "{place}: {path}: found {found}; a whole number has at most {most} digits",
        "{place}: {path}: 读到{found}；整数至多{most}位",
    ),
    "wrong_tag": ("{found} is no !!{tag}", "{found}不是!!{tag}"),
    "anchors": (
        "{place}: anchors and aliases (& and *) are not allowed",
        "{place}: 不允许使用锚点和别名（&和*）",
    ),
    "the_file": ("the file", "文件"),
    "a_date": ("a date", "日期"),
    "a_tag": ("the tag {tag}", "标签{tag}"),
    "not_plain": (
        "{place}: {path}: found {found}; allowed are texts, numbers, true, false, lists, mappings",
        "{place}: {path}: 读到{found}；只允许文本、数、true、false、列表和“键: 值”",
    ),
    "key_text": ("{place}: {path}: the key {found:.40} must be a text", "{place}: {path}: 键{found:.40}应为文本"),
    "duplicate": (
        "{place}: {path}: duplicate key {found!r}; it is set in line {first} already",
        "{place}: {path}: 键{found!r}重复；第{first}行已经设置",
    ),
    "exists": (
        "{path}: exists already; choose another --out, or --force",
        "{path}: 已存在；请用--out另选文件，或加--force覆盖",
    ),
    # stubs
    "no_checkout": (
        "`ftz dev` writes into a checkout of the sources, and {folder} is none: clone the repository and `make setup`",
        "ftz dev只能写入源代码的检出目录，{folder}不是：请先克隆仓库并运行make setup",
    ),
    "stub_kind": (
        "there is no stub for {found!r}; allowed: {allowed}{nearest}",
        "没有{found!r}的模板；可用：{allowed}{nearest}",
    ),
    "stub_name": (
        "{found!r} is no name: 3 to 40 small letters, digits and _, a letter first, and no word of Python",
        "{found!r}不能用作名称：应为3至40个小写字母、数字与_，以字母开头，且不是Python的关键字",
    ),
    "stub_taken": (
        "{found!r} is the name of {what} already; those that are there and nearest: {others}",
        "{found!r}已是{what}的名称；已有的相近名称：{others}",
    ),
    "stub_lever": ("a lever", "一项政策工具"),
    "stub_indicator": ("an indicator", "一项指标"),
    "stub_mechanism": ("a mechanism", "一个机制"),
    "stub_exists": (
        "{path}: exists already, and is not written over; nothing was written",
        "{path}: 已存在，不会覆盖；未写入任何内容",
    ),
    "stub_place": (
        "{path}: the place for new lines ({line}) is gone; nothing was written",
        "{path}: 找不到插入新行的位置（{line}）；未写入任何内容",
    ),
    # folders
    "no_experiment": (
        "{folder} is no experiment folder: it has no {missing}",
        "{folder} 不是实验文件夹：其中没有{missing}",
    ),
    "bad_manifest": ("{path} cannot be read: {reason}", "{path} 无法读取，不是完整的JSON：{reason}"),
    "incompatible": (
        "{folder} cannot be read ({reason}): its files and manifest do not fit together, or this program is at fault",
        "无法读取 {folder}（{reason}）：其中的文件与清单不相容，或本程序有误",
    ),
    "damaged": ("{folder} is not as it was written: {what}", "{folder} 与写入时不同：{what}"),
    "foreign_manifest": (
        "{path} is not the manifest of an experiment (see {where})",
        "{path} 不是实验的清单（见{where}）",
    ),
    "older_folder": (
        "this folder was written by an older version ({version}), which kept sentences in place of findings; make it "
        "again: {command}",
        "该文件夹由旧版本（{version}）写入，其中保存的是文字而非结果记录；请重新生成：{command}",
    ),
    "not_in_manifest": (
        "{folder} holds files that are not in its manifest ({found}) and is not replaced; move them, or choose "
        "another folder with --out",
        "{folder} 中有清单之外的文件（{found}），未予覆盖；请移走这些文件，或用--out另选文件夹",
    ),
    "folder_fixed": (
        "{folder} is the current folder, or a disk of its own, and cannot be replaced; choose a folder inside it with "
        "--out",
        "{folder} 是当前文件夹或独立挂载的磁盘，无法替换；请用--out在其中另选文件夹",
    ),
    "folder_name": (
        "{folder}: no name that every system can read; choose another folder with --out",
        "{folder}：名称无法在所有系统上读取；请用--out另选文件夹",
    ),
    "link_odd": (
        "{folder}: {name} is a link, but not to a file; put the file itself there",
        "{folder}：{name}是链接，但并不指向文件；请改放文件本身",
    ),
    "link_out": (
        "{folder}: {name} is a link that leads out of the folder, to {target}; put the file itself there",
        "{folder}：{name}是指向文件夹之外（{target}）的链接；请改放文件本身",
    ),
    "swollen": (
        "{path} unpacks to {rows:,} rows, far more than a file of its size holds; it is not read",
        "{path} 解压后有{rows:,}行，远超同等大小文件应有的行数，未予读取",
    ),
    "foreign_files": (
        "{folder} holds files that are no experiment of ours and is not replaced; choose another folder with --out",
        "{folder} 中的文件不是本程序的实验结果，未予覆盖；请用--out另选文件夹",
    ),
    "other_kind": (
        "{folder} holds an experiment of {stored!r} and would be replaced by one of {kind!r}; choose another folder "
        "with --out",
        "{folder} 中是{stored!r}的结果，将被{kind!r}的结果覆盖；请用--out另选文件夹",
    ),
    "file_not_folder": (
        "{folder} is a file, not a folder; choose another with --out",
        "{folder} 是文件，不是文件夹；请用--out另选",
    ),
    "folder_unwritable": ("{folder} cannot be written: {reason}", "{folder} 无法写入：{reason}"),
    "locked": (
        "{folder} is being written by {holder}; wait for it, or choose another folder with --out",
        "{folder} 正由{holder}写入；请等待，或用--out另选文件夹",
    ),
    "another_process": ("another process", "另一进程"),
    "process": ("process {process} on {host}", "主机{host}上的进程{process}"),
    "no_sweep_folder": (
        "{folder} holds an experiment of {kind!r}, not a sweep",
        "{folder} 中是{kind!r}的结果，不是sweep（扫描）的结果",
    ),
    "not_kept": ("{folder} keeps {kept}, not {found}", "{folder} 只保存{kept}，没有{found}"),
    "changing": (
        "{folder} changes faster than it can be read; try again",
        "{folder} 变化太快，来不及读取；请重试",
    ),
    "outcomes_too_large": (
        "{folder}: its outcomes need {size:,.0f} GB at once, more than {most:,.0f} GB; make a sweep of fewer points",
        "{folder}：其结果需一次占用{size:,.0f} GB内存，超过{most:,.0f} GB；请减少样本点",
    ),
    "ghost_runs": (
        "{folder} holds runs that its manifest does not know, or the same run twice",
        "{folder} 中有清单所不知的运行，或同一运行出现两次",
    ),
    "no_whole_point": (
        "of no point of the sweep are all runs finished: strategies cannot be compared",
        "扫描中没有任何一个样本点的全部运行均已完成：无法比较各策略",
    ),
    "no_finished": ("{folder} holds no finished run", "{folder} 中没有已完成的运行"),
    "no_finished_yet": ("{folder} holds no finished run yet", "{folder} 中还没有已完成的运行"),
    "run_of_before": (
        "{folder}: {found} was made under another design file, which the folder does not hold any more",
        "{folder}：{found}由另一设计文件产生，文件夹中已无该文件",
    ),
    "no_run": ("{folder} holds no run {found!r}{nearest}", "{folder} 中没有运行{found!r}{nearest}"),
    "folder_scenario": (
        "{folder} has no scenario {found!r}; it has {allowed}{nearest}",
        "{folder} 中没有情景{found!r}；其中有{allowed}{nearest}",
    ),
    "folder_replicate": (
        "{folder} has no replicate {found} of {name}; it has {n}",
        "{folder} 中没有{name}的第{found}次重复（从0数起）；共有{n}次",
    ),
    "another_sweep": (
        "{folder} holds another sweep (changed: {changed}); a sweep may only get more scenarios, more replicates, or "
        "more points of a Sobol sequence or a list; choose another folder with --out",
        "{folder} 中是另一次扫描（改动之处：{changed}）；扫描只能增加情景、重复次数，或Sobol序列与list的样本点；"
        "请用--out另选文件夹",
    ),
    "scenarios_hold": ("what its scenarios hold", "情景的内容"),
    "another_model": (
        "{folder} was made by model {stored}, this is {now}: its numbers may differ and are not mixed. `ftz verify "
        "{folder}` says whether they do; choose another folder with --out",
        "{folder} 由模型{stored}生成，当前为{now}：数值可能不同，不能混用。可用`ftz verify {folder}`核对；"
        "请用--out另选文件夹",
    ),
    "another_design": (
        "{folder} holds a design that kept other outcomes of its runs; choose another folder with --out",
        "{folder} 中的方案设计所保存的运行结果与本次不同；请用--out另选文件夹",
    ),
    "start_failed": (
        "{name} cannot be a start: a run of it ended with an error: {error}",
        "{name}不能作为起点：其运行出错：{error}",
    ),
    # design files
    "design_mapping": (
        "{place}: a design file is a mapping, such as name: my_design",
        "{place}: 设计文件应由“键: 值”组成，例如 name: my_design",
    ),
    "lever_or_package": ("name a lever or a package, one of the two", "lever与package须写且只写其一"),
    "package_as_written": (
        "a package is pulled in the zones and at the pace that it names itself",
        "政策包的试验区与节奏以其自身规定为准",
    ),
    "nothing_to_choose": ("name choices or sites", "须写choices或sites"),
    "province_or_area": (
        "name province (where a new zone may stand) or area (of a zone that exists), one of the two",
        "province（可新设试验区的省份）与area（可启用扩展区域的现有试验区）须写且只写其一",
    ),
    "only_beside": ("it goes with {key} only", "只能与{key}同时写"),
    "site_twice": (
        "{place} is a site already; write its dates into one entry",
        "{place}已在备选地之列；请把各时点写在同一条中",
    ),
    "sites_at_once": (
        "found {found}; there are {places} places under sites",
        "读到{found}；sites中只有{places}个备选地",
    ),
    "package_dates": (
        "levers of {name} begin in several quarters; a package waits for a sign as a whole: name its levers one by one",
        "{name}的政策工具分几个季度启动；政策包只能整体等待信号，请逐项写明其政策工具",
    ),
    "choice_twice": ("name each value once", "每个取值只写一次"),
    "one_of_both": ("name {a} or {b}, not both", "{a}与{b}只写其一"),
    "one_bound": ("name least or most, one of the two", "least与most须写且只写其一"),
    "one_aim": (
        "nsga3 spreads its search over several aims, and there is one; use nsga2",
        "nsga3用于多个目标，此处只有一个；请用nsga2",
    ),
    "chosen_twice": ("{name} may be chosen already; name each once", "{name}已在可选之列；每项只写一次"),
    "choice_quarter": (
        "{found} is outside {fork} to {end}, in which strategies differ",
        "{found}不在{fork}至{end}之内，各战略仅在此期间不同",
    ),
    "indicator_of_national": (
        "{found!r} is no national indicator{nearest}",
        "没有名为{found!r}的全国指标{nearest}",
    ),
    "indicator_of_places": (
        "{found!r} is no national indicator; name whose it is: {keys}",
        "{found!r}不是全国指标；须指明所属：{keys}",
    ),
    "indicator_of_region": (
        "{found!r} is no indicator of provinces{nearest}",
        "没有名为{found!r}的省级指标{nearest}",
    ),
    "indicator_of_partner": (
        "{found!r} is no indicator of partner economies{nearest}",
        "没有名为{found!r}的伙伴经济体指标{nearest}",
    ),
    "indicator_of_zone": (
        "{found!r} is no indicator of zones{nearest}",
        "没有名为{found!r}的试验区指标{nearest}",
    ),
    "design_year": (
        "{found} is no year of the run: it plays {first} to {last}",
        "{found}年不在运行之内：运行自{first}年至{last}年",
    ),
    "years_in_order": ("the first year {first} is after the last, {last}", "起始年份{first}晚于结束年份{last}"),
    "no_worst": (
        "more of {name} is neither better nor worse, so no province fares worst",
        "{name}没有优劣之分，无从判断哪个省份最不利",
    ),
    "no_zone_there": ("{place} has no zone", "{place}未设自贸试验区"),
    "idle_way": (
        "“{what}” is what the start does already, and changes nothing; leave it out",
        "“{what}”与起点相同，不起作用；请删去",
    ),
    "aim_unsaid": (
        "more of {name} is neither better nor worse; say aim: most or aim: least",
        "{name}没有优劣之分；请写明aim: most或aim: least",
    ),
    "strip_broke": (
        "{strategy} cannot be stripped: the run of seed {seed} ended with an error: {error}",
        "无法拆解{strategy}：种子{seed}的运行出错：{error}",
    ),
    "no_rows": ("{path} has no rows: no run was completed", "{path} 没有数据：没有完成任何运行"),
    "nothing_compared": (
        "{folder} has no {missing}: nothing was compared",
        "{folder} 中没有{missing}：未作比较",
    ),
    "reference_failed": (
        "all runs of the reference {reference} failed, so that nothing can be compared with it; runs.parquet in "
        "{folder} has their errors",
        "参照情景{reference}的所有运行均失败，无从比较；错误信息见{folder}中的runs.parquet",
    ),
    "no_final_rows": ("comparison.csv has no rows for {year}", "comparison.csv中没有{year}年的数据"),
    # commands and their options
    "engine": (
        "--engine is local or dask, not {found!r}{nearest}",
        "--engine应为local或dask，不是{found!r}{nearest}",
    ),
    "method": (
        "--method is sobol or morris, not {found!r}{nearest}",
        "--method应为sobol或morris，不是{found!r}{nearest}",
    ),
    "interval": ("interval is t or bootstrap, not {found!r}", "interval应为t或bootstrap，不是{found!r}"),
    "by": ("by is {allowed}, not {found!r}{nearest}", "by应为{allowed}之一，不是{found!r}{nearest}"),
    "whole_number": (
        "{option} is a whole number from {low} to {high}, not {found!r}",
        "{option}应为{low}到{high}之间的整数，不是{found!r}",
    ),
    "sweep_new": (
        "{found!r} is one word too many: one sweep is run at a time, here {sweep}; `ftz sweep new NAME` writes a file",
        "多出{found!r}：一次只运行一个扫描，此处为{sweep}；新建扫描文件请用`ftz sweep new NAME`",
    ),
    "sweep_unnamed": (
        "a name is missing: ftz sweep new NAME",
        "缺少名称：ftz sweep new NAME",
    ),
    "scenario_name": (
        "name: found {found!r}; allowed: up to 64 letters, digits, _ . -",
        "name: 读到{found!r}；应为不超过64个字母、数字或 _ . -",
    ),
    "no_library": (
        'this needs {library}, which is not installed; install it with: pip install "{requirement}"',
        '此功能需要{library}，尚未安装；安装命令：pip install "{requirement}"',
    ),
    "scheduler_alone": (
        "--scheduler is the address of a Dask cluster; add --engine dask",
        "--scheduler是Dask集群的地址；请加上--engine dask",
    ),
    "no_answer": ("no Dask scheduler answers at {address} ({reason})", "{address} 没有Dask调度器应答（{reason}）"),
    "no_workers": (
        "the Dask scheduler at {address} has no workers yet; start some and try again",
        "{address} 的Dask调度器还没有工作进程；请启动后重试",
    ),
    "worker_model": (
        "a worker has model {has}, the sweep asks for {wanted}; install the same",
        "某工作进程的模型为{has}，扫描要求{wanted}；请安装同一版本",
    ),
    "lost_worker": (
        "worker processes ended without a result: killed, or out of memory",
        "工作进程未返回结果即终止：被终止，或内存不足",
    ),
    "workers_die": (
        "worker processes died again and again: killed, or out of memory; try fewer --workers",
        "工作进程一再终止：被终止，或内存不足；请减少--workers",
    ),
    "no_parameter_or_mechanism": (
        "there is no parameter or mechanism {found!r}; mechanisms with parameters: {allowed}{nearest}",
        "没有名为{found!r}的参数或机制；带参数的机制：{allowed}{nearest}",
    ),
    "trace_one": (
        "ftz trace: give a NAME, or --matrix, or --figure, not several of them",
        "ftz trace: NAME、--matrix、--figure只能选其一",
    ),
    "trace_from": ("ftz trace: --from belongs to --figure", "ftz trace: --from须与--figure同用"),
    "trace_nothing": (
        "there is no claim, mechanism, lever, parameter or indicator {found!r}{nearest}",
        "没有名为{found!r}的论断、机制、政策工具、参数或指标{nearest}",
    ),
    "story_kind": (
        "a story is about a firm, a region, a zone or a pair, not {found!r}",
        "故事的主角只能是firm（企业）、region（省）、zone（试验区）或pair（省份配对），不是{found!r}",
    ),
    "no_firm": (
        "there is no firm {found!r}; a firm is the number of its slot, 0 to {last}",
        "没有企业{found!r}；企业用席位编号表示，0到{last}",
    ),
    "no_pair": (
        "there is no pair {found!r}; a pair is the codes of two provinces, such as SH-JS; codes: {allowed}{nearest}",
        "没有{found!r}这个配对；配对写作两个不同省份的代码，如SH-JS；代码：{allowed}{nearest}",
    ),
    "pair_off": (
        "in {name} nobody bargains: the mechanism coordination is off",
        "{name}中没有协同谈判：coordination机制已关闭",
    ),
    "no_place": (
        "there is no {what} {found!r}; allowed: {allowed}{nearest}",
        "没有{found!r}这个{what}；可用：{allowed}{nearest}",
    ),
    "province": ("province", "省份"),
    "zone": ("zone", "试验区"),
    "indicator": ("{found!r} is no national indicator{nearest}", "全国指标中没有{found!r}{nearest}"),
    "indicator_of_place": (
        "no indicator of the nation, a province or a zone is called {found!r}{nearest}",
        "全国、省份和试验区的指标中没有{found!r}{nearest}",
    ),
    "place": (
        "no province or zone is called {found!r}; there are {allowed}{nearest}",
        "没有名为{found!r}的省份或试验区；可用：{allowed}{nearest}",
    ),
    "at_year": (
        "the year {found} is not played: --at takes years from {first} to {last}",
        "模拟不含{found}年：--at应为{first}至{last}之间的年份",
    ),
    "nothing_to_export": (
        "{folder} holds no tables of findings, such as those of compare, attribute or robustness",
        "{folder}中没有结果表（如compare、attribute、robustness的结果）",
    ),
    "plot_folder": (
        "figures are drawn from the tables of a folder: give out=..., such as compare([...], out='results/mine')",
        "图由文件夹中的数据表绘制：请给出out=...，例如compare([...], out='results/mine')",
    ),
    "no_figure": (
        "there is no figure {found!r}{nearest}; there are {allowed}",
        "没有名为{found!r}的图{nearest}；可用：{allowed}",
    ),
    "zone_needed": (
        "{names}: an indicator of zones, and {places} has none",
        "{names}是试验区指标，而{places}未设自贸试验区",
    ),
    "sample": (
        "--sample is the number of runs to make again, 0 or more, not {found!r}",
        "--sample是要重算的运行数，应不小于0，不是{found!r}",
    ),
    # experiments
    "worth_nothing": (
        "--equal-cost needs a reference that costs something; {reference} costs nothing",
        "--equal-cost要求参照情景有政策成本；{reference}没有成本",
    ),
    "neither_lever": (
        "{names}: neither a lever nor a mechanism that can be off",
        "{names}：既不是政策工具，也不是可关闭的机制",
    ),
    "no_gap": (
        "{a} and {b} agree in all levers, shocks and parameters: there is no gap to explain",
        "{a}与{b}的政策工具、冲击和参数完全相同，没有差距可供分解",
    ),
    "gap_differs": (
        "{a} and {b} differ in {what}; attribution needs the same {what}",
        "{a}与{b}的{what}不同；差距分解要求二者的{what}相同",
    ),
    "precision_target": (
        "precision is a half-width above 0, not {found!r}",
        "precision是区间的半宽，应大于0，不是{found!r}",
    ),
    "precision_indicator": ("precision: name at least one indicator", "precision: 至少指定一个指标"),
    "precision_reps": (
        "precision needs at least {fewest} replicates at the first look, not {reps}",
        "precision要求首次检查时至少重复{fewest}次，不是{reps}次",
    ),
    "precision_most": (
        "precision: the most replicates, {most}, are fewer than those of the first look, {reps}",
        "precision: 重复次数上限{most}小于首次检查的次数{reps}",
    ),
    "precision_interval": (
        "precision is for t-intervals; leave out the bootstrap",
        "precision只用于t区间；请去掉--bootstrap",
    ),
    "after_crisis": (
        "the year after the crisis is {after}; the run must end later, not in {end}",
        "危机的次年为{after}年；运行应在其后结束，不能止于{end}年",
    ),
    "loaded": (
        "{name} is loaded already; give overrides, firms and end to Scenario.load, or name the scenario",
        "{name}已经载入；请把overrides、firms和end交给Scenario.load，或改用情景名称",
    ),
    "list_needed": ("{name} is a list, such as {example}, not {found}", "{name}应为列表，例如{example}，不是{found}"),
    "two_scenarios": ("a comparison needs at least two scenarios", "比较至少需要两个情景"),
    "given_twice": (
        "{names} is given twice; scenarios are told apart by their name",
        "{names}重复；情景以名称区分",
    ),
    "same_needed": (
        "scenarios of a comparison need the same {what}, but found: {values}",
        "相互比较的情景，其{what}须相同，但读到：{values}",
    ),
    "same_new_zones": (
        "scenarios of a comparison need the same new_zones, whose areas lie in a run from its start, but found:\n"
        "{found}\nwrite the same new_zones into each, and where a zone must not open close it:\n"
        "policy: [{{lever: zone_status, from: opening, level: 0, zones: {zones}}}]",
        "相互比较的情景，其new_zones（新设试验区）须相同，因为片区自运行之初即已划定；但读到：\n"
        "{found}\n请在各情景中写入相同的new_zones，不应设立之处以政策步骤关闭：\n"
        "policy: [{{lever: zone_status, from: opening, level: 0, zones: {zones}}}]",
    ),
    "of_scenario": ("{name}: {what}", "{name}：{what}"),
    "reference": (
        "the reference {found!r} is none of the scenarios compared: {allowed}{nearest}",
        "参照情景{found!r}不在所比较的情景之中：{allowed}{nearest}",
    ),
    "without_zones": (
        "{name} has no zones; name a scenario that has",
        "{name}没有试验区；请指定设有试验区的情景",
    ),
    # sweeps and their designs
    "sweep_mapping": (
        "{place}: a sweep is a mapping, such as name: my_sweep",
        "{place}: 扫描文件应由“键: 值”组成，例如 name: my_sweep",
    ),
    "no_sweep": (
        "there is no sweep {found!r}; allowed: a YAML file, or {allowed}{nearest}",
        "没有名为{found!r}的扫描；可用：YAML文件，或{allowed}{nearest}",
    ),
    "range_or_card": (
        "found {found}; allowed: [low, high], or card for the range on its card",
        "读到{found}；应为：[下限, 上限]，或写card以取参数卡上的范围",
    ),
    "cards_or_mapping": (
        "found {found}; allowed: calibrated, cards, or a mapping such as {{production.talent: [0.02, 0.12]}}",
        "读到{found}；应为：calibrated、cards，或{{production.talent: [0.02, 0.12]}}这样的写法",
    ),
    "ranges": (
        "ranges of draws: found {found}; allowed: {allowed}{nearest}",
        "抽样的取值范围：读到{found}；应为：{allowed}{nearest}",
    ),
    "points_method": ("they belong to method list, not {method}", "只用于method: list，不用于{method}"),
    "levels_method": (
        "they belong to method grid, not {method}; say samples",
        "只用于method: grid，不用于{method}；请改写samples",
    ),
    "samples_method": (
        "a {method} has as many points as it names; leave it out",
        "{method}的样本点数由所列各点决定；请去掉此键",
    ),
    "same_points": (
        "every point names the same uncertainties in the same order",
        "每个样本点都应以相同次序写出相同的不确定参数",
    ),
    "needs_uncertainties": (
        "{place}: design: method {method} needs uncertainties, such as uncertainties: calibrated",
        "{place}: design: method {method}需要不确定参数，例如 uncertainties: calibrated",
    ),
    "needs_method": (
        "{place}: design: uncertainties need a method: grid, lhs, sobol, saltelli or morris",
        "{place}: design: 有不确定参数就要写method：grid、lhs、sobol、saltelli或morris",
    ),
    "shocks_drawn": (
        "{place}: design: shocks come by chance, so points are drawn: lhs, sobol, saltelli or morris, not {method}",
        "{place}: design: 冲击按概率发生，样本点须抽取：lhs、sobol、saltelli或morris，不能用{method}",
    ),
    "shock_twice": (
        "{place}: shocks: a sweep draws one shock of a kind, and none that scenario {name} has; given twice: {kinds}",
        "{place}: shocks: 每种冲击只能抽取一次，且不能是情景{name}已有的种类；重复：{kinds}",
    ),
    "two_numbers": ("{place}: found {n} number(s); allowed: [low, high]", "{place}: 读到{n}个数；应为：[下限, 上限]"),
    "grid_levels": (
        "a grid over the range of a card ({name}) needs levels: 3, or values of your own",
        "在参数卡范围（{name}）上取网格，要写levels: 3之类，或自行给出取值",
    ),
    "lever_of_rule": (
        "{place}: {name}: a rule moves this lever, and only dated steps can be scaled",
        "{place}: {name}: 该政策工具由规则触发，只有固定日期的步骤可以缩放",
    ),
    "unmoved_lever": (
        "{place}: {name}: no scenario of this sweep moves this lever from the fork on; moved are {moved}",
        "{place}: {name}: 本次扫描的情景在分叉之后都不调整这项政策工具；有调整的为：{moved}",
    ),
    "no_parameter": (
        "{found!r} is no parameter; `ftz params` lists all{nearest}",
        "没有名为{found!r}的参数；`ftz params`列出全部{nearest}",
    ),
    "no_range": (
        "the card of {name} has no range; give one, such as [low, high]",
        "{name}的参数卡上没有范围；请写明，如[下限, 上限]",
    ),
    "no_lever": (
        "{found!r} is no lever; `ftz scenario schema` lists all{nearest}",
        "没有{found!r}这项政策工具；`ftz scenario schema`列出全部{nearest}",
    ),
    "status_unscaled": (
        "zone_status is on or off and cannot be scaled",
        "zone_status只有开和关，不能按比例缩放",
    ),
    "lever_share": (
        "{number:g} is outside [0, 1], the share of a lever's move",
        "{number:g}不在[0, 1]之内（政策工具调整幅度的比例）",
    ),
    "no_parameter_or_lever": (
        "{found!r} is no parameter or lever; `ftz params` lists the former{nearest}",
        "没有名为{found!r}的参数或政策工具；`ftz params`列出参数{nearest}",
    ),
    "a_switch": (
        "this parameter is a switch; make two scenarios of it",
        "此参数是开关；请分别写成两个情景",
    ),
    "moves_together": (
        "{number:g}, but the parameter has {n} numbers that move together from 0 (low) over 0.5 (default) to 1 "
        "(high); or name one of them, {path}[0]",
        "{number:g}，但此参数含{n}个数，一同由0（下限）经0.5（默认）变到1（上限）；也可指定其一，如{path}[0]",
    ),
    "no_entry": ("{path} has no number [{entry}]", "{path}没有第[{entry}]个数"),
    "too_many_runs": (
        "{place}: {points:,} points x {scenarios} scenarios x {reps:,} replicates are {runs:,} runs; at most {most:,} "
        "allowed",
        "{place}: {points:,}个样本点×{scenarios}个情景×{reps:,}次重复共{runs:,}次运行；至多{most:,}次",
    ),
    "too_many_factors": (
        "{n:,} uncertainties; at most {most:,} are allowed",
        "{n:,}个不确定参数；至多{most:,}个",
    ),
    "too_much_memory": (
        "{method}: {rows:,} points x {n} uncertainties need {gigabytes:,.1f} GB at once; take fewer samples or "
        "uncertainties, or in a sweep method sobol, which is drawn piece by piece",
        "{method}: {rows:,}个样本点×{n}个不确定参数需要一次占用{gigabytes:,.1f} GB内存；请减少样本或不确定参数，"
        "扫描中也可改用可分块抽取的sobol",
    ),
    "grid_size": (
        "grid: {crossed} give {size} points; at most {most:,} are allowed",
        "grid: {crossed}共{size}个样本点；至多{most:,}个",
    ),
    "samples": (
        "samples is a whole number from 1 to {most:,}, not {found!r}",
        "samples应为1到{most:,}之间的整数，不是{found!r}",
    ),
    "one_name": (
        "every uncertainty needs one name of its own and one range",
        "每个不确定参数都要有各自的名称和一个范围",
    ),
    "not_finite": (
        "{name}: the range {low} to {high} is not made of finite numbers",
        "{name}: 范围{low}到{high}含有非有限的数",
    ),
    "range_reversed": (
        "{name}: the range starts at {low:g}, above its end {high:g}",
        "{name}: 范围的下限{low:g}大于上限{high:g}",
    ),
    "power_of_two": (
        "saltelli: samples is a power of two, such as {near}, not {found}",
        "saltelli: samples应为2的幂，例如{near}，不是{found}",
    ),
    "satisfy": (
        "--satisfy: found {found!r}; allowed: 'gdp>=200000' (level) or 'd(gdp)>=0.5' (difference)",
        "--satisfy: 读到{found!r}；应为'gdp>=200000'（水平）或'd(gdp)>=0.5'（差异）",
    ),
    "satisfy_number": ("--satisfy: {found!r} in {text!r} is no number", "--satisfy: {text!r}中的{found!r}不是数"),
    "few_blocks": (
        "only {blocks} complete blocks of the design were finished; at least {fewest} are needed",
        "只完成了{blocks}个完整的样本块；至少需要{fewest}个",
    ),
    "few_samples": ("--samples is at least {fewest}, not {found}", "--samples至少为{fewest}，而不是{found}"),
    # validation
    "no_file": ("{path}: no such file", "{path}: 没有这个文件"),
    "csv_not_utf8": (
        "{path}: no UTF-8 text; save the table as CSV in UTF-8",
        "{path}: 不是UTF-8文本；请将表格另存为UTF-8编码的CSV",
    ),
    "no_targets": (
        "{file}: no table of targets: columns {missing} are missing",
        "{file}: 不是目标表：缺少列{missing}",
    ),
    "no_figures": (
        "{file}: no table of provincial figures: columns {missing} are missing",
        "{file}: 不是分省数据表：缺少列{missing}",
    ),
    "one_province": (
        "{file}: {found}: only {province} is given; shares need two provinces at least",
        "{file}: {found}: 只有{province}一省；计算份额至少需要两个省份",
    ),
    "row": ("{file}, line {line}", "{file}，第{line}行"),
    "id_twice": ("{place}: id {found!r} is used twice", "{place}: id {found!r}重复"),
    "figure_twice": ("{place}: {found} is given twice", "{place}: {found}重复给出"),
    "cell_quarter": ("{place}: at: {what}", "{place}: at: {what}"),
    "cell_empty": ("{place}: {name} is empty", "{place}: {name}为空"),
    "cell": (
        "{place}: {name} is {found!r}; allowed: {allowed}{nearest}",
        "{place}: {name}为{found!r}；可用：{allowed}{nearest}",
    ),
    "cell_number": (
        "{place}: {name} is {found!r}, not a number of at most {most:g} either way",
        "{place}: {name}为{found!r}，不是绝对值不超过{most:g}的数",
    ),
    "cell_positive": (
        "{place}: {name} is {found!r}, not a number above 0 and at most {most:g}",
        "{place}: {name}为{found!r}，不是大于0且不超过{most:g}的数",
    ),
    "cell_year": (
        "{place}: {name} is {found!r}, not a year from 2013 to {last}",
        "{place}: {name}为{found!r}，不是2013至{last}年之间的年份",
    ),
    "low_above_high": (
        "{place}: low {low:g} lies above high {high:g}",
        "{place}: low（{low:g}）大于high（{high:g}）",
    ),
    "needs_bound": (
        "{place}: a target that expects a {expect} needs low or high",
        "{place}: expect为{expect}的目标须写low或high",
    ),
    "forecast_year": (
        "{place}: year is {found!r}; {variable} is forecast from {origin} to 2035",
        "{place}: year为{found!r}；{variable}的预测从{origin}年至2035年",
    ),
    "no_pyfixest": ("{what}; or use --no-econometrics", "{what}；也可使用--no-econometrics"),
    # the lab
    "link": ("the link cannot be read", "无法读取此链接"),
    "upload_size": (
        "{name}: more than {most:,} bytes; a scenario is smaller",
        "{name}: 超过{most:,}字节；情景文件没有这么大",
    ),
    # cards of papers and references
    "two_homes": ("{claim} has two homes, {first} and {second}", "{claim}出现在两处：{first}和{second}"),
    "no_home": ("{place}: also: {claim} has no home in another card", "{place}: also: {claim}不在其他卡片中"),
    "file_name": (
        "{path}: key: found {found!r}; it must be the file's name, {wanted!r}",
        "{path}: key: 读到{found!r}；应与文件名一致，即{wanted!r}",
    ),
    "references": (
        "{place}: references are a mapping of keys to entries",
        "{place}: 参考文献应写成“键: 条目”",
    ),
    # warnings
    "idle_late": (
        "{name}: steps that start after the run's end, {end}, and never act: {which}",
        "{name}：始于运行结束（{end}）之后、从不起作用的政策步骤：{which}",
    ),
    "idle_closed": (
        "{name}: steps that never act, for their zones are not open, or have no zone_status, until {end}: {which}",
        "{name}：截至{end}，所涉试验区未设立或没有zone_status，因而从不起作用的政策步骤：{which}",
    ),
    "idle_covered": (
        "{name}: steps that never act, for other steps of their lever override them from their first quarter on: "
        "{which}",
        "{name}：自首个季度起即被同一政策工具的其他步骤覆盖，因而从不起作用的政策步骤：{which}",
    ),
    "resumed_elsewhere": (
        "{folder} holds runs that were made elsewhere ({changes}); last digits may differ from those of runs made "
        "here, and `ftz verify` says by how much",
        "{folder} 中已有在其他环境下完成的运行（{changes}）；其末位数字可能与在此完成的运行不同，"
        "`ftz verify`会给出差异大小",
    ),
    "alike": (
        "{names} agree in all levers, shocks, mechanisms and parameters until {end}: their numbers are the same",
        "{names}的政策工具、冲击、机制和参数直至{end}完全相同，所得数值也相同",
    ),
    "before_fork": (
        "{name}: the run ends in {end}, before the fork in {fork}, from which strategies differ",
        "{name}：运行止于{end}，早于各战略开始分叉的{fork}",
    ),
    "idle_shock": (
        "{name}: the shock {kind} starts in {start}, after the run's end",
        "{name}：“{kind}”冲击始于{start}，晚于运行结束",
    ),
    "idle_area": (
        "{name}: the further area of {zone} opens in {opens}, after the run's end",
        "{name}：{zone}的扩展区域于{opens}启用，晚于运行结束",
    ),
    "idle_zone": (
        "{name}: the new zone in {province} opens in {opens}, after the run's end",
        "{name}：{province}的新设试验区于{opens}设立，晚于运行结束",
    ),
    "no_font": (
        "no installed font has Chinese characters, so Chinese figures are written as SVG only; for PNG install one, "
        "for example Debian's fonts-noto-cjk",
        "未安装中文字体，中文图只写成SVG；如需PNG，请安装中文字体，例如Debian的fonts-noto-cjk",
    ),
    # what replay and verify found
    "no_outputs": ("the manifest lists no files", "清单中没有列出任何文件"),
    "file_missing": ("{name} is missing", "{name} 缺失"),
    "file_changed": ("{name} was changed", "{name} 被改动"),
    "not_of_tables": ("{name}: not what the tables give", "{name}: 与由数据表重新计算的结果不符"),
    "nothing_follows": (
        "tables and manifest do not fit together: {reason}",
        "数据表与清单不相容：{reason}",
    ),
    "not_of_plan": ("{name}: not what the sweep's plan gives", "{name}: 与扫描方案所给的不符"),
    "labels_wrong": (
        "{name}: {column} is {found} where {right} belongs; {n} of {all} rows differ",
        "{name}: {column}为{found}，应为{right}；{all}行中有{n}行不同",
    ),
    "rows_wrong": ("{name}: {found} rows, and its runs have {right}", "{name}: 有{found}行，其运行应有{right}行"),
    "column_lost": ("{name}: no column {column}", "{name}: 缺少{column}列"),
    "runs_extra": (
        "runs.parquet: runs that the manifest does not have: {runs} ({n})",
        "runs.parquet: 含有清单所没有的运行：{runs}（共{n}次）",
    ),
    "runs_missing": (
        "runs.parquet: runs of the manifest are missing: {runs} ({n})",
        "runs.parquet: 缺少清单中的运行：{runs}（共{n}次）",
    ),
    "runs_counted": (
        "manifest.json: {listed} runs are {status}, and runs.parquet has {found}",
        "manifest.json: 记有{listed}次运行状态为{status}，runs.parquet中有{found}次",
    ),
    "part_damaged": ("part {part:06d} is torn or was changed", "分块{part:06d}残缺或被改动"),
    "file_added": ("{name} was added", "{name} 为后来添加"),
    "then_now": ("{what}: {then} then, {now} now", "{what}：当时{then}，现在{now}"),
    "fails_now": ("it failed now, and did not then", "现在失败，当时没有失败"),
    "failed_then": (
        "it ended with an error then ({error}), and does not now",
        "当时以错误结束（{error}），现在没有",
    ),
    "column_new": ("{column} is new", "{column}是新增的"),
    "column_gone": ("{column} is not made any more", "{column}不再生成"),
    "rows_differ": ("{column}: {then} rows then, {now} now", "{column}: 当时{then}行，现在{now}行"),
    "values_differ": (
        "{column}: {then!r} then, {now!r} now in {quarter}; {n} of {all} values differ",
        "{column}: {quarter}当时为{then!r}，现在为{now!r}；{all}个值中有{n}个不同",
    ),
}

WORDS: dict[str, tuple[str, str]] = {f"error.{key}": words for key, words in _SENTENCES.items()}

# what a key of a scenario or sweep means; in English it stands beside the key
NOTES_ZH: Final = {
    "as in English if it is left out": "省略时与英文相同",
    "title that fits beside a line, if the title does not": "标题较长时用于图中标签的简称",
    "quarter of the first step, or opening": "首次调整的季度，或opening",
    "level reached": "达到的水平",
    "number of quarterly steps; 0 and 1 are at once": "分几个季度调整；0和1为一步到位",
    "zones it holds for; all": "适用的试验区；不写为全部",
    "slots for firms": "企业席位数",
    "code of a province without a zone": "没有试验区的省份代码",
    "quarter in which it opens": "设立的季度",
    "zone whose kind of place, fields and partners it has": "类型、产业与伙伴所参照的现有试验区",
    "codes of provinces with a zone, which may get a further area": "可启用扩展区域的现有试验区所在省份代码，可写多个",
    "quarters in one of which it may open": "可设立或启用的季度，可写多个",
    "sites that a package may have": "一个方案至多包含的备选地数",
    "code of a province with a zone, old or new": "有试验区（含新设）的省份代码",
    "relative to the area with which the zone began": "相对于试验区最初片区的倍数",
    "of the nation, or of the place that is named": "全国指标，或所指地方的指标",
    "code of a province": "省份代码",
    "code of the province of a zone": "试验区所在省份的代码",
    "code of a partner economy": "伙伴经济体代码",
    "threshold, in the unit of the tables": "阈值，单位同数据表",
    "quarters in a row that it must have lasted": "须连续出现的季度数",
    "signs that must all be there": "须同时出现的各信号",
    "signs of which one must be there": "出现其一即可的各信号",
    "at most 100 letters": "至多100个字符",
    "levers that move from then on": "此后变动的政策工具",
    "first quarter in which strategies differ": "各战略开始分叉的季度",
    "last quarter of the run": "运行的最后一个季度",
    "letters, digits, _ . -, for it names folders": "字母、数字、_ . -，因为要用作文件夹名",
    "first quarter": "起始季度",
    "last quarter, included": "最后季度（含）",
    "added tariff, ad valorem": "加征的从价关税",
    "factor on the pool of foreign investment; 1 changes nothing": "外商投资总量的倍数；1为不变",
    "severity of the embargo, share of foreign supplies": "断供程度，占国外供应的比例",
    "tiers hit: 0 traditional, 1 strategic-emerging, 2 future": "受冲击的产业层级：0传统、1战略性新兴、2未来",
    "fields of industry hit, instead of tiers": "受冲击的产业领域，代替层级",
    "partners that withhold it; all of them if left out": "断供的贸易伙伴；不写为全部",
    "severity, share of foreign algorithms": "严重程度，占外来算法的比例",
    "severity, share of data lost to use": "严重程度，无法使用的数据比例",
    "share of world demand that is missing": "世界需求缺失的比例",
    "loss of output, log points": "产出损失（对数点）",
    "added price, yuan/t": "加价（元/吨）",
    "points, base points or trajectories": "样本点数、基点数或轨迹数",
    "values of each uncertainty in a grid": "网格中每个不确定参数的取值个数",
    "runs of every scenario at every point": "每个情景在每个样本点的运行次数",
    "seed of the sweep": "扫描的种子",
    "thresholds, in the unit of the tables": "阈值，单位同数据表，可写多个",
    "levels that may be reached; of a package, the share of its own": "可选的水平；政策包为其自身水平的倍数",
    "quarters in which it may begin": "可选的启动季度",
    "signs for which it may wait instead": "可改为等待的信号",
    "groups of zones, each chosen by itself; all zones together": "试验区分组，各组分别选择；不写为全部试验区",
    "codes of provinces without a zone": "没有试验区的省份代码，可写多个",
    "bn yuan of 2013": "2013年价，十亿元",
    "share of draws in which it must hold; on average": "须满足的抽样比例；不写为按均值",
    "code or name of a province, or worst: the one that fares worst": "省份代码或名称；worst为受影响最不利的省份",
    "code or name of a province with a zone": "有试验区的省份代码或名称",
    "year; the last one if it is left out": "年份；不写为期末年份",
    "as the indicator is better if it is left out": "不写则按指标的优劣方向",
    "against the start, or the outcome itself": "与起点之差，或结果本身",
    "of random numbers, parameters and shocks": "随机数、参数与冲击的抽样次数",
    "packages that each search may look at": "每种搜索可评估的方案数",
    "parents, and packages of a later generation at most": "父代数，也是其后每代方案数的上限",
    "fresh draws, which no search has seen": "搜索未曾使用的新抽样次数",
    "packages of the front that are measured again": "重新测算的前沿方案数",
    "last quarter": "最后一个季度",
    "packages: choices with the level and the quarter of each": "方案：所选政策及其水平与季度",
}

# what the system says about a file; in English it says so itself
REASONS_ZH: Final = {
    "ENOENT": "没有这个文件或文件夹",
    "EACCES": "没有权限",
    "EPERM": "不允许的操作",
    "EISDIR": "这是文件夹",
    "ENOTDIR": "路径中有一段不是文件夹",
    "ENOSPC": "磁盘空间不足",
    "EROFS": "文件系统只读",
    "ENAMETOOLONG": "名称过长",
    "EEXIST": "已存在",
    "ELOOP": "符号链接层数过多",
}

# what the YAML reader says, as patterns of the whole
YAML_ZH: Final = (
    (r"mapping values are not allowed here", "此处不能出现“键: 值”；上一行是否缺冒号、缺引号，或缩进有误？"),
    (r"found character '\\t' that cannot start any token", "缩进用了制表符；请改用空格"),
    (r"found character (.+) that cannot start any token", r"不能以\1开头；请加引号"),
    (r"could not find expected ':'", "缺少冒号"),
    (r"found unexpected end of stream|.+, but (?:found|got) '<stream end>'", "文件意外结束；引号或括号是否未闭合？"),
    (r"expected '?<(?:block end|document start)>.+", "缩进或引号有误"),
    (r"expected (.+) or (.+), but got (.+)", r"应为\1或\2，读到\3"),
    (r"expected the node content, but found (.+)", r"此处缺少内容，读到\1"),
    (r"but found another document", "一个文件只能有一份文档；请去掉---"),
    (r"found undefined alias (.+)", r"别名\1没有定义"),
    (r"found unknown escape character (.+)", r"引号中的反斜杠不能与\1连用"),
    (r"unacceptable character (\S+): .+", r"含有不允许的字符\1"),
)

# what the reader of CSV files says
CSV_ZH: Final = (
    (r"'(.+)' expected after '\"'", r"引号之后应为\1；文中的引号应写两遍"),
    (r"unexpected end of data", "文件意外结束；引号是否未闭合？"),
    (r"field larger than field limit \((\d+)\)", r"单元格超过\1个字符；引号是否未闭合？"),
)

# what is wrong with a command line, as Typer says it, piece by piece
USAGE_ZH: Final = (
    (r"No such command (.+?)\.(?= |$)", r"没有命令\1。"),
    (r"No such option: (\S+)", r"没有选项\1"),
    (r" ?\(Possible options: (.+)\)", r"；是不是想写\1？"),
    (r"(?<=\w), (?=--)|(?<='), (?=')", "、"),  # options, and what stands in quotes
    (r" ?Did you mean (.+)\?", r"是不是想写\1？"),
    (r"Missing command\.", "缺少命令；全部命令见--help"),
    (r"Missing argument (.+)\.", r"缺少\1"),
    (r"Missing option (.+)\.", r"缺少选项\1"),
    (r"Option (.+) requires an argument\.", r"选项\1须给出取值"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)", r"多出的参数：\1"),
    (r"Invalid value for (.+?): ", r"\1取值有误："),
    (r"Value error, ", ""),
    (r"(.+) is not one of (.+)\.", r"\1不在可选值之中：\2"),
    (r"Input should be a valid integer.*|'(\S+)' is not a valid int(eger)?\.", "应为整数"),
    (r"Input should be a valid number.*|'(\S+)' is not a valid float\.", "应为数"),
    (r"Input should be (?:greater than or equal to|at least) (\S+)", r"应不小于\1"),
    (r"Input should be (?:less than or equal to|at most) (\S+)", r"应不大于\1"),
    (r"(\S+) is not in the range (.+)\.", r"\1不在范围\2之内"),
)
