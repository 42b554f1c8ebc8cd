"""Words that say nothing about the subject of a text."""

from __future__ import annotations

__all__ = ['CHINESE', 'ENGLISH', 'FUNCTION_CHARACTERS', 'PLACE_CHARACTERS', 'WEAK_ENDS']

FUNCTION_CHARACTERS = '的了是和与及或而但就也都被把吗呢吧啊呀嘛这那哪很我你他她它们您谁'
"""Ideographs that hardly ever stand inside a technical term: runs of text are split at them."""

WEAK_ENDS = (
    '一最篇在有为个些又还再则若且即所之其于以某每各该此并更将让给向从么着过得地说来去到要会能可不没只才'
)
"""Ideographs that neither begin nor end a term when they are left over from the words around it."""

PLACE_CHARACTERS = '中上里时后'
"""Ideographs that say in, on, at the end of a phrase (空间中): dropped from words of three and more."""

CHINESE = frozenset(
    """
    一个 一些 一种 一样 一般 一下 一点 一直 一定 一次 一起 一步 一篇 一方面 一部分 一系列 两个 三个 几个
    多个 各种 某些 某个 某种 每个 所有 任何 其他 其它 其中 其实 其次 之后 之前 之间 之一 以及 以下 以上
    以后 以前 以外 以来 因为 因此 所以 由于 于是 如果 假如 假设 如何 如下 如图 如此 例如 比如 虽然 尽管
    然而 不过 但是 可是 而且 并且 或者 还是 还有 不仅 不同 不是 不会 不能 不要 不用 不再 不难 没有
    没什么 什么 为什么 怎么 怎样 那么 这么 可以 可能 可见 可知 能够 应该 应当 需要 必须 只要 只有 只是
    只能 就是 就会 也是 都是 正是 便是 即可 即使 通过 使用 利用 采用 进行 得到 给出 给定 考虑 发现 认为
    知道 看到 看出 介绍 讨论 说明 表示 表明 指出 提到 提出 称为 叫做 作为 成为 变成 关于 对于 根据 按照
    基于 以便 为了 直接 间接 已经 曾经 正在 将会 非常 比较 相当 十分 更加 最后 最终 首先 然后 接着
    接下来 下面 上面 前面 后面 这里 那里 这样 那样 本文 文章 笔者 作者 读者 本节 上述 事实上 实际上
    一般来说 换句话说 也就是说 简单来说 显然 当然 自然 同样 类似 相应 相关 部分 方面 情况 时候 时间 问题
    方法 结果 内容 过程 东西 地方 意思 意味 存在 具有 包括 包含 属于 来自 而言 来说 起来 出来 下来 过来
    上去 分析 简单 思考 实现 效果 角度 基本 详细 经常 事情 背景 简介 示意图 论文 研究 理解 相信 原因
    主题 容易 继续 充分 良好 无法 发布 分享 显著 常用 通常 寻找 标题 细节 明显 多数 自行 相似 思路 方案
    工作 众所周知 顾名思义 换句话 理论上 理论 篇论文 篇文章 文中 文章中 论文中 之路 猜测 特性 复杂 兴趣
    究竟 直观 性质 应用 推广 推导 明确 主要 主角 主旨 总结 构成 构建 对应 处理 提供 获得 变化 同时 阶段
    开始 找出 出自 太大 太多 数量 确实 诸多 流行 实用 通俗 经过 方式 现象 阐述 简明 详尽 完整 一致 具体
    抽象 多多少少 我们 你们 他们 它们 大家 自己 阅读 全文 点击 阅读全文 点击阅读全文 引用 今天 最近 后来
    目前 现在 仍然 依然 依旧 第一 第二 第三 首页 来看 看来 看看 来讲 想到 想要 希望 感觉 觉得 似乎 好像
    大概 大约 左右 至少 至多 甚至 特别
    """.split()
)

ENGLISH = frozenset(
    """
    a able about above across actually after again against all almost along already also although always
    am among an and another any anything are around as at away back be became because become been before
    being below best better between both but by call called came can cannot case come could did do does
    doing done down due during each easily easy either else enough especially etc even ever every
    everything example fact far few find first follow following follows for found from full further gave
    general get give given gives go goes going good got had has have having he help hence her here him
    his how however i if in indeed instead into is it its itself just keep kind know known large last
    least less let lets like likely little long look looks lot made make makes making many may maybe me
    mean means might more moreover most much must my namely near nearly need needs never new next no non
    nor not note nothing now number obtain of off often on once one only onto or order other others
    otherwise our out over own part particular particularly per perhaps place please point possible post
    problem put quite rather really right said same say says second see seem seems seen several shall
    she should show shown shows simple simply since small so some something sometimes soon still such
    suppose take taken takes than that the their them then there thereby therefore these they thing
    things think this those though three through thus time to together too two under unless until up
    upon us use used useful uses using usually various very via want was way we well went were what when
    where whether which while who whole whose why will with within without work works would yes yet you
    your
    """.split()
)
