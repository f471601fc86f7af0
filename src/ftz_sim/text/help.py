"""Chinese help of the command line, by the English that stands beside each command and option.

It is read only when help is printed in Chinese; `tests/test_help.py` asks for every text of every command.
"""

from __future__ import annotations

TITLES = {
    "ARGUMENTS_PANEL_TITLE": "参数",
    "OPTIONS_PANEL_TITLE": "选项",
    "COMMANDS_PANEL_TITLE": "命令",
    "DEFAULT_STRING": "[默认：{}]",
    "REQUIRED_LONG_STRING": "[必填]",
}

# one line of English, one of Chinese
_LINES = """
Look for packages of levers under a budget, and measure what was found again; an existing folder is resumed.
在预算约束下搜索政策方案，并以新抽样重新测算；已有的文件夹自动续算。
a YAML file: what may be chosen, the budget, the aims
YAML文件：可选政策、预算与目标
Show this message and exit.
显示本帮助。
Scenarios of China's pilot free trade zones and new quality productive forces, simulated.
中国自由贸易试验区与新质生产力的政策情景模拟。
Print the version.
显示版本号。
Run one scenario and write its tables and figures.
运行一个情景，写出数据表与图。
name of a shipped scenario, or a YAML file
自带情景的名称，或YAML文件
seed of the experiment
实验的随机种子
replicates (seeds) of every scenario
每个情景的重复次数（种子数）
slots for firms (2,000 to 1,000,000)
企业数（2,000至1,000,000）
last quarter, such as 2030Q4
最后一个季度，如2030Q4
a.b=c: set a key of the scenario, such as carbon.trend=.03; repeatable
a.b=c：设定情景中的一项，如carbon.trend=.03；可重复
processes; the results are the same for any number
进程数；结果与进程数无关
folder to write (default: results/NAME)
写入的文件夹（默认results/NAME）
keep a folder that holds other files as NAME.kept-1 instead of refusing it
若文件夹中有其他文件，改名保留为NAME.kept-1，而不拒绝执行
draw figures and write report.html
绘图并写出report.html
no progress bar, no tables: only where it was written
不显示进度与表格，只显示写入位置
print one JSON object instead of tables
输出一个JSON对象，不输出表格
Language of the words: en or zh.
文字的语言：en或zh。
the system's
系统
Run scenarios with common random numbers and compare each with a reference.
用公共随机数运行多个情景，并逐一与参照情景比较。
two or more scenarios: names or YAML files
两个或更多情景：名称或YAML文件
scenario to compare with (default: single_ftz or the first)
参照情景（默认single_ftz，否则为第一个）
bootstrap intervals instead of t-intervals
用自助法区间代替t区间
add replicates until half-widths are below it
增加重复次数，直至区间半宽低于该值
indicators asked about (with --precision: to be precise); a,b or repeated
所问的指标（与--precision同用时为须达到精度的指标）；用逗号分隔或重复
most replicates with --precision; --reps are the first
与--precision同用时的最多重复次数；--reps为起始次数
province asked about, and its zone: HB or Hubei
所问的省份及其试验区：HB、Hubei或湖北
years asked about, such as 2030 (default: the last)
所问的年份，如2030（默认为期末年份）
draws of parameters from their ranges, beside the seeds; 0: seeds only
在随机种子之外，于取值范围内抽取参数的次数；0表示只换种子
ranges of draws: calibrated (narrowed where published figures do) or cards
抽样的取值范围：calibrated（公布数据能收窄之处已收窄）或cards（参数卡片所列的全部范围）
scale strategies until they cost as much
调整各战略的力度，使成本相等
Cross scenarios with uncertainties and replicates; an existing folder is resumed or extended.
将情景与不确定参数、重复次数交叉组合；已有文件夹则续跑或扩展。
a YAML file, or the name of a shipped sweep; new: write a file to start from
YAML文件，或自带扫描的名称；new：新建一个扫描文件
name of the new sweep, after new
new之后为新扫描的名称
local (processes on this machine) or dask
local（本机进程）或dask
address of a Dask scheduler, such as tcp://10.0.0.1:8786
Dask调度器地址，如tcp://10.0.0.1:8786
say what would be done and how long it takes; write nothing
只说明将做什么、约需多久，不写任何文件
make runs that failed again
重做失败的运行
Print JSON, for scripts.
输出JSON，供脚本使用。
Make one stored run again and say whether it agrees bit for bit.
重做一次已保存的运行，并说明是否逐位一致。
folder of an experiment
实验的文件夹
a run_id of its runs table
其runs表中的run_id
Check every file of a folder against its manifest, and make some of its runs again.
按清单核对文件夹中的每个文件，并重做其中若干次运行。
how many runs to make again
重做多少次运行
Run the design of a sweep and say which uncertainties matter, for every strategy and every difference.
按设计运行扫描，说明哪些不确定因素重要（各战略及各项差异）。
A sweep file, or the name of a shipped one.
扫描文件，或自带扫描的名称。
morris (screening) or sobol (shares of variance).
morris（筛选）或sobol（方差份额）。
Trajectories (morris) or base points (sobol, a power of two).
轨迹数（morris）或基点数（sobol，须为2的幂）。
Scenario that differences are taken to (default: single_ftz or the first).
计算差异的参照情景（默认single_ftz，否则为第一个）。
folder of the runs (default: results/NAME_METHOD)
运行结果的文件夹（默认results/NAME_METHOD）
folder to write (default: results/NAME_METHOD_sensitivity)
写入的文件夹（默认results/NAME_METHOD_sensitivity）
Say how much of the gap between two scenarios each group of levers, lever or mechanism brings.
说明两个情景的差距中，各组政策工具、各项政策工具或各机制分别贡献多少。
For who extends the model: needs a checkout of the sources.
供扩展模型者使用：须有源代码的检出目录。
Write the stubs of a mechanism, a lever or an indicator; tests name what is left to fill in.
写出机制、政策工具或指标的模板；测试会指出尚未填写之处。
mechanism, lever or indicator
mechanism（机制）、lever（政策工具）或indicator（指标）
name of what is new: small letters, digits and _
新增项的名称：小写字母、数字与_
Freeze layers of the model one after the other and say what share of a gap each of them carries.
逐层冻结模型的组成部分，说明每层解释了差距的多大比例。
seeds, paired
配对的随机种子数
CSV file to write
写入的CSV文件
scenario that it is held against
与之对照的情景
replicates (seeds)
重复次数（种子数）
group or lever (parts that differ), or mechanism (switched off in both)
group或lever（不同的部分），或mechanism（两个情景同时关闭）
pairs of random orders a replicate, with more than eight parts
超过八个部分时，每次重复的随机顺序对数
indicators asked about; a,b or repeated
所问的指标；用逗号分隔或重复
folder to write (default: results/A_against_B)
写入的文件夹（默认results/A_against_B）
Say from a sweep which strategy wins how often, who regrets what, and where the boundary lies.
根据扫描说明各战略胜出的频率、后悔值与胜负分界。
The folder of a sweep.
扫描的文件夹。
Threshold, such as "gdp>=200000" or "d(gdp)>=0.5" (to the reference); repeatable.
阈值，如"gdp>=200000"或"d(gdp)>=0.5"（相对参照情景）；可重复。
folder to write (default: DIR_robustness)
写入的文件夹（默认DIR_robustness）
Write DIR/report.html from the tables of an experiment, drawing the figures that are missing.
根据实验的数据表写出DIR/report.html，并补绘缺少的图。
one Excel workbook instead of CSV files (needs openpyxl)
写成一个Excel工作簿，而不是CSV文件（需要openpyxl）
folder or workbook to write (default: DIR_tables, or DIR.xlsx)
写入的文件夹或工作簿（默认DIR_tables或DIR.xlsx）
Write the tables of an experiment for people: heads in both languages, names and units, ready for Excel.
把实验的数据表写成便于阅读的形式：双语表头、名称与单位，可用Excel打开。
Compare all eight scenarios on the packaged figures, and say where the results are.
用自带数据比较全部八个情景，并说明结果的位置。
An experiment folder.
实验的文件夹。
Start the lab: build a policy on a page and see what the model makes of it. Works without a network.
启动实验室：在网页上搭建政策并查看模拟结果。无需联网。
Port of the page.
网页端口。
Address to listen at; the page has no password, so keep it at home.
监听地址；网页没有密码，请勿对外开放。
Another name by which the page may be asked; repeat for more.
允许访问网页的其他主机名；可重复。
Open a browser.
打开浏览器。
Language of the page; the browser's unless said.
网页语言；默认为浏览器语言。
Tell what happened to one firm, province or zone, or between two governments, when, and why.
讲述某企业、省份、试验区或两地政府之间何时发生了什么、为什么。
The run is played again with its own seed, so that the story is that of the stored tables.
按原种子重新运行，因此所述与已保存的数据表一致。
What the story is about.
讲述的对象。
The slot of a firm (0, 1, ...), the code of a province or zone, or two with a hyphen (SH-JS).
企业编号（0、1……），省份或试验区的代码，或以连字符相连的两个代码（SH-JS）。
An experiment folder, or a scenario.
实验的文件夹，或情景。
Which scenario of the folder; its reference or first one unless said.
文件夹中的哪个情景；默认为参照情景或第一个。
Which replicate of the folder.
文件夹中的第几次重复。
Seed of the experiment, for a scenario.
实验的随机种子（用于情景）。
Slots for firms, for a scenario.
企业数（用于情景）。
Last quarter, for a scenario.
最后一个季度（用于情景）。
Folder for the figure.
图的文件夹。
write over files that are there
覆盖已有文件
Compare the model with published figures, out of sample and under the estimators of the literature.
将模型与公布数据比较，包括样本外检验与文献中的估计方法。
CSV of further figures to score: targets, or provinces (columns province, variable, year, value)
用于检验的其他数据（CSV）：目标值，或省份数据（列：province、variable、year、value）
folder to write
写入的文件夹
replicates of history and of no_ftz
history与no_ftz的重复次数
run the estimators of the literature (pyfixest)
运行文献中的估计方法（pyfixest）
random placements of the zones to play as well
另外模拟多少种随机设区方案
seeds of siphon and radiation by distance (2,000 firms, to 2035); 0: none
按距离计算虹吸与辐射的种子数（2,000家企业，至2035年）；0为不计算
Print the cards of parameters: value, range, unit, grade of evidence, source.
显示参数卡片：取值、范围、单位、证据等级、来源。
A parameter, a mechanism, or a word in either language; all unless said.
参数、机制或中英文词语；默认为全部。
Print what happens in a quarter, in order, with the columns read and written, and the groups of mechanisms.
按顺序显示一个季度内发生的事、读写的列与机制分组。
List the policy levers: meaning, scope, level in history, who uses them, what they cost and what was found.
列出政策工具：含义、适用范围、历史水平、哪些情景使用、成本几何、有何发现。
Follow a claim of the papers to its rule, parameters, levers and tests, or anything of these back to claims.
从原著的论断查到规则、参数、政策工具与检验，或反向查回论断。
A claim (M-RAT), mechanism, lever, parameter or indicator; lists claims unless said.
论断（如M-RAT）、机制、政策工具、参数或指标；默认列出论断。
Write the whole matrix as claims.csv and claims.md.
将整个对应表写成claims.csv与claims.md。
Draw a figure of the main paper.
绘制主要论文中的一幅图。
Folder of a comparison, for numbers on the arrows.
比较结果的文件夹，用于箭头上的数值。
Folder to write the matrix or the figure to.
写入对应表或图的文件夹。
List, show, check, compare and start scenarios.
列出、查看、检查、比较、新建情景。
List the shipped scenarios.
列出自带情景。
Print one scenario with base and packages merged in, as YAML that can be run as it stands.
显示一个合并了基准与政策包的情景，即可直接运行的YAML。
A shipped scenario, or a file.
自带情景，或文件。
Override a key, such as population.firms=5000; repeatable.
改写一项，如population.firms=5000；可重复。
Check scenarios: say what is wrong, and warn of what leaves the range of evidence.
检查情景：指出错误，并提示超出证据范围之处。
Name also the levers and shocks that no published figure covers.
同时列出没有公布数据可依的政策工具与冲击。
Files, or names of shipped scenarios.
文件，或自带情景的名称。
Say in which keys two scenarios differ, after base and packages.
说明两个情景在合并基准与政策包之后有哪些不同。
Print the JSON schema of scenario files, by which editors complete and check.
显示情景文件的JSON模式，供编辑器补全与检查。
Write a scenario file to start from.
新建一个情景文件。
Shipped scenario to start from.
作为起点的自带情景。
File to write; NAME.yaml unless said.
写入的文件；默认NAME.yaml。
Replace an existing file.
替换已有文件。
List, show, run and check exercises for teaching.
列出、查看、运行、批改教学练习。
List the exercises.
列出练习。
Print an exercise: what it is about, what to run, the questions, how to check.
显示练习：内容、运行命令、问题、如何批改。
Run what an exercise asks for.
运行练习所要求的模拟。
Name of an exercise.
练习的名称。
Compare answers with what one's own runs show. Status 0: all are right, or revealed; 1: not all.
将答案与自己的运行结果核对。退出码0：全部正确或已公布；1：未全部正确。
Answers such as a=up b=-1.2; none: all are open.
答案，如a=up b=-1.2；不写则全部未作答。
Folder with the runs; results/exercise_NAME unless said.
运行结果的文件夹；默认results/exercise_NAME。
Print what is right, and what to think about (for teachers).
公布答案与讨论要点（供教师使用）。
Write what a class needs: lesson, slides, role play, worksheets, key, decision sheets.
写出课堂材料：教案、幻灯片、角色扮演、练习单、教师答案要点与决策单。
Folder to write the kit to.
写入材料的文件夹。
Make one scenario of the decisions of all groups of the role play, and say what was not agreed.
将角色扮演中各小组的决策合并为一个情景，并说明哪些未达成一致。
Folder with the decision sheets, YAML or CSV.
决策单（YAML或CSV）所在的文件夹。
Decisions count up to this round.
计入至本轮为止的决策。
Scenario to write; its name is that of the file.
写入的情景文件；情景以文件名命名。
Zones that nobody plays do as their part of the country does.
无人扮演的试验区随所在区域的小组行动。
Write a hand-in: answers, the runs they were read from, and a digest that tells edits.
写出提交文件：答案、所依据的运行结果，以及可发现改动的校验值。
Name or number of the student.
学生姓名或学号。
File to write; hand_in_NAME_STUDENT.json unless said.
写入的文件；默认hand_in_练习_学生.json。
Grade the hand-ins of a class against your own runs. Status 0: all were graded; 1: not all.
以教师自己的运行结果批改全班的提交文件。退出码0：全部已评分；1：未全部评分。
Folder with the hand-ins.
提交文件所在的文件夹。
Folder with your own runs, exercise_NAME each.
教师自己的运行结果所在的文件夹，其中各为exercise_练习名。
Table to write, for Excel; FOLDER_grades.csv unless said.
写入的成绩表（Excel可打开）；默认为文件夹名_grades.csv。
Print what is right, too.
同时显示正确答案。
"""
_ROWS = _LINES.strip().splitlines()
CHINESE = dict(zip(_ROWS[::2], _ROWS[1::2], strict=True))


def chinese(text: str) -> str:
    """Return a help text in Chinese, paragraph by paragraph; one without words stays as it is."""
    return "\n\n".join(CHINESE.get(part, part) for part in text.split("\n\n"))
