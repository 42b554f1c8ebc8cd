"""Words that say nothing about the subject of a text."""

from __future__ import annotations

__all__ = [
    'CHINESE',
    'ENGLISH',
    'FUNCTION_CHARACTERS',
    'GENERAL',
    'LEADING',
    'LONGEST_CHINESE',
    'NAMELESS',
    'TRAILING',
]

FUNCTION_CHARACTERS = '的了是和与及或而但就也都被把吗呢吧啊呀嘛这那哪很我你他她它们您谁'
"""Ideographs that hardly ever stand inside a technical term: runs of text are split at them."""

_AROUND = (
    '一最篇在有为个些又还再则若且即所之其于以某每各该此并更将让给向从么着过得地说来去到要会能可不没只才'
    '对使由当如因故则亦仍却均皆'
)

LEADING = ''.join(dict.fromkeys(_AROUND + '用本种中里时后做去又太较颇挺非常需想先仅'))
"""Ideographs that lead into a term, and are dropped before it unless they are bound to it: 用梯度, 对偶."""

TRAILING = ''.join(dict.fromkeys(_AROUND + '已新中上下里时后内外等起出成点儿样第'))
"""Ideographs that lead out of a term, and are dropped after it unless they are bound to it."""

CHINESE = frozenset(
    """
    一个 一些 一种 一样 一般 一下 一点 一直 一定 一次 一起 一步 一篇 一方面 一部分 一系列 两个 三个 几个
    一段时间 段时间
    多个 各种 某些 某个 某种 每个 所有 任何 其他 其它 其中 其实 其次 之后 之前 之间 之一 以及 以下 以上 以后
    以前 以外 以来 因为 因此 所以 由于 于是 如果 假如 假设 如何 如下 如图 如此 例如 比如 虽然 尽管 然而 不过
    但是 可是 而且 并且 或者 还是 还有 不仅 不同 不是 不会 不能 不要 不用 不再 不难 没有 没什么 什么 为什么
    怎么 怎样 那么 这么 可以 可能 可见 可知 能够 应该 应当 需要 必须 只要 只有 只是 只能 就是 就会 也是 都是
    正是 便是 即可 即使 通过 使用 利用 采用 进行 得到 给出 给定 考虑 发现 认为 知道 看到 看出 介绍 讨论 说明
    表示 表明 指出 提到 提出 称为 叫做 作为 成为 变成 关于 对于 根据 按照 基于 以便 为了 已经 曾经 正在 将会
    非常 比较 相当 十分 更加 最后 最终 首先 然后 接着 接下来 下面 上面 前面 后面 这里 那里 这样 那样 本文
    文章 笔者 作者 读者 本节 上述 事实上 实际上 一般来说 换句话说 也就是说 简单来说 显然 当然 同样 类似 相应
    相关 方面 时候 东西 地方 意思 意味 具有 包括 包含 属于 来自 而言 来说 起来 出来 下来 过来 上去 思考 详细
    经常 事情 简介 示意图 相信 主题 容易 继续 充分 良好 无法 发布 分享 常用 通常 寻找 标题 明显 多数 自行
    相似 思路 方案 众所周知 顾名思义 换句话 理论上 篇论文 篇文章 文中 文章中 论文中 之路 猜测 兴趣 究竟 直观
    明确 主要 主角 主旨 总结 构成 构建 提供 获得 同时 阶段 开始 找出 出自 太大 太多 确实 诸多 流行 实用 通俗
    经过 阐述 简明 详尽 多多少少 我们 你们 他们 它们 大家 自己 阅读 全文 点击 阅读全文 点击阅读全文 今天
    最近 后来 目前 现在 仍然 依然 依旧 第一 第二 第三 首页 来看 看来 看看 来讲 想到 想要 希望 感觉 觉得 似乎
    好像 大概 大约 左右 至少 至多 甚至 特别 本身 往往 较高 较低 较大 较小 较多 较少 多次 背后 两者 二者 三者
    勉强 八仙过海 各显神通 看上 看上去 本博客 读者们 两种 三种 几种 一类 这类 此类 各类 一般地 一般性 一件
    一篇文章 一文 一节 一章 一边 一旦 一来 一时 一切 一番 一套 一致性地 上一篇 下一篇 上文 下文 前文 后文
    前者 后者 前几天 昨天 明天 去年 今年 近年 近来 最近几年 近期 当时 当初 当年 当中 此前 此后 此时 此外
    此处 随后 随着 随即 不久 刚刚 刚才 已有 早已 一直以来 长期 长期以来 由来已久 从此 从而 从中 进而 继而
    因而 故而 反而 反之 反过来 否则 不然 不妨 不禁 不得不 不得 不过如此 不少 不多 不大 不小 不易 不料 不断
    不够 不足 不必 不止 不仅仅 不论 不管 无论 无需 无须 无非 未必 未免 未曾 并不 并非 并未 毫无 毫不 绝非
    绝不 决不 不如 与其 宁可 尚且 尚未 何况 况且 再者 再次 再说 再看 首次 每次 有时 有时候 有些 有点 有的
    有关 有助于 有利于 有效 有力 有限的 有趣 有意思 有没有 没用 没法 没能 真的 真正 其一 其二 其三 其间 尤其
    尤为 特别是 特意 专门 单纯 单单 仅仅 仅有 只不过 只需 只需要 只好 只管 总之 总的来说 总而言之 综上
    综上所述 换言之 换句话来说 严格来说 具体来说 通俗来说 通俗来讲 相对来说 众多 许多 许许多多 好多 大多
    大多数 大部分 大批 大家好 大大 大致 大体 大约是 少数 几乎 差不多 近乎 靠近 远远 越来越 越是 愈发 日益
    逐渐 逐步 渐渐 慢慢 迅速 快速 马上 立即 立刻 顿时 忽然 突然 偶然 偶尔 时常 常常 常见 常有 频繁 重新
    核心思想 主要是 首要 基础上 根本 根本上 本质上 原则上 形式上 实质上 理解为 看作 看成 视为 当作 当成 称作
    称之为 叫作 名为 所谓 俗称 简称 又称 亦即 即是 乃是 乃至 以至 以至于 以致 直到 直至 截至 到底 究其原因
    归根结底 说到底 难道 何必 何谓 如何是好 怎么办 怎么样 怎么样呢 为何 何时 何处 哪些 哪个 哪里 哪怕 任一
    另一 另一个 另一方面 另外 另有 别的 其余 余下 剩下 分别 各自 各个 各有 彼此 相比 相较 相比之下 比起 较之
    更为 更是 更好 更多 更大 更小 更高 更低 更快 更进一步 最为 最好 最多 最少 最早 最大的 最新 极其 极为
    极大 极度 颇为 相当于 等等 等价于 之类 诸如 诸如此类 譬如 举例 举例来说 举个例子 案例 模样 程度上 见解
    意见 教训 启示 灵感 猜想到 难以 难免 难得 易于 便于 利于 善于 在于 至于 鉴于 限于 处于 位于 源于 出于
    源自 发自 得出 得知 得以 得了 给予 赋予 予以 加以 加上 加之 连同 融合到 阐明 企图 打算 选用 选定 认识到
    意识到 体会 体会到 了解 获知 学会 学到 看懂 弄懂 弄清 搞清楚 搞懂 明显地 明确地 含糊 表现出 体现出 展现
    显得 显露 反映出 暗示 预示 导致 造成 引发 引出 带来 带有 含有 占有 缺少 目标是 注意到 忽视 突出 显眼
    阻止 留下 放下 放弃 舍弃 抛弃 删除 增多 改动 变得 转换为 转为 出发点 入手 着手 尽头 表面上 一侧 右端
    到处 处处 凭借 参见 遵循 沿用 沿着 按理 毕竟 终究 终于 总算 总是 老是 始终 一贯 一律 统统 全都 总共 一共
    共有 合计 平均来说 顺便 顺带 顺利 恰好 恰恰 正好 正如 正因为 精彩 美妙 奇妙 神奇 有趣的是 值得 值得一提
    值得注意 遗憾 可惜 幸运 幸好 好在 欢迎 感谢 谢谢 敬请 惊讶 惊叹 惊人 意料 显而易见 不言而喻 由此可见
    不难发现 不难看出 可想而知 大同小异 举一反三 来龙去脉 循序渐进 殊途同归 一目了然 言归正传 闲话少说
    老生常谈 抛砖引玉 水到渠成 迎刃而解 不得而知 眼花缭乱 煞费苦心 绞尽脑汁 想方设法 层出不穷 五花八门
    应接不暇 望文生义 似曾相识 异曲同工 别有洞天 索然无味 获益匪浅 无独有偶 归根到底 万变不离其宗 月份 新的
    旧的 新颖 全新 原有 原来 原本 原先 本来 本该 本月 本次 同一个 等同 雷同 一模一样 不一样 有所 有所不同
    有着 有了 没了 用到 用来 用于 可用 可行 可取 可惜的是 好的 坏的 够用 足够 足以 至今 迄今 迄今为止 依次
    其次是 末了 碰到 碰上 面临 牵涉 覆盖到 提供了 说明了 指的是 在此 在此之前 在这里 到此 到了 就此 为此
    对此 因此可以 如上 如前 如前所述 如上所述 同理 同理可得 即便 即便如此 就算 纵使 尽管如此 倘若 若是 要是
    万一 除非 除了 除此之外 除外 此间 之外 之内 之中 之上 之下 之时 之所以 以免 以期 以求 以往 自从 自此
    自身 本人 他人 有人 没有人 各位 诸位 网友 作者们 作者认为 笔者认为 说起 说来 说说 谈谈 谈到 谈论 浅谈
    漫谈 杂谈 闲聊 聊聊 讲讲 讲到 讲述 写道 写到 写下 写出 读到 读完 读过 听说 据说 据悉 众说纷纭 网上
    代码如下 附上 令人 小编 赘述 搜罗
    """.split()
)
"""Words that bind and refer: text is split at them, they stand in no term."""

GENERAL = frozenset(
    """
    直接 间接 自然 部分 情况 时间 问题 方法 结果 内容 过程 存在 分析 简单 实现 效果 角度 基本 背景 论文 研究
    理解 原因 显著 细节 工作 理论 特性 复杂 性质 应用 推广 推导 对应 处理 变化 数量 方式 现象 完整 一致 具体
    抽象 引用 事实 显示 需求 技术 常规 出现 博客 加入 引起 特定 特殊 单独 大量 少量 若干 接近 反复 重复 重点
    重要 关键 任意 剩余 互相 相互 进一步 当前 早期 程度 层面 方向 场景 环节 步骤 途径 手段 办法 做法 想法
    看法 说法 观点 建议 经验 启发 疑问 疑惑 困惑 困难 难题 难点 难度 结合 综合 整合 汇总 归纳 概括 梳理 回顾
    回忆 回答 解答 解释 描述 叙述 陈述 论述 探讨 探究 追求 尝试 试图 准备 计划 决定 选择 挑选 选取 确定 确认
    断定 判断 认识 掌握 熟悉 清楚 清晰 明白 表现 体现 呈现 展示 反映 揭示 暴露 产生 引入 具备 拥有 缺点 优点
    优势 好处 作用 功能 价值 意义 目的 目光 关注 关心 重视 忽略 强调 允许 禁止 避免 防止 保证 确保 保持 维持
    保留 去掉 去除 消除 增加 增大 增强 减少 减小 降低 提高 提升 改善 改进 改变 变动 转变 转化 调整 修改 修正
    更换 替换 替代 代替 取代 出发 起点 终点 开头 结尾 末尾 中间 里面 外面 内部 外部 侧面 正面 反面 左边 右边
    上方 下方 附近 周围 四周 依赖 依靠 借助 借鉴 参考 参照 照样 全部 完全 彻底 整个 整体 总体 平均 恰当 合适
    适合 适当 适用 合理 巧妙 漂亮 优雅 欣赏 意外 期待 时代 年代 日子 时刻 时期 期间 瞬间 新型 相同 差别 区别
    差异 成功 失败 成果 成立 形成 组成 接触 遇到 面对 针对 围绕 涉及 涵盖 类比 个人 人们 别人 朋友 同学 老师
    链接 下载 生活 例子 实例 示例 样子 同一 更新 探索 缺乏 领会 配合 功效 劣势 坏处 用处 目标
    approach approaches article articles author authors based blog certain consider considered
    considering contrast despite different discuss discussed easier essentially exactly explain
    explained fairly finally generation important interesting introduce introduced later latest mainly
    method methods model models nice obvious obviously overall paper papers posts present presented
    previous previously propose proposed reader readers recent recently respectively result results
    section similar similarly simpler specific specifically starting talk toward towards typically
    understand well-known whereas wherein admit admits contrary intrinsically relied relies rely terse
    com def elif isinstance self www
    """.split()
)
"""Words of every text: no term by themselves, though they may be a part of one (重要性采样)."""

NAMELESS = frozenset(
    """
    定义 定理 证明 引理 推论 命题 例题 习题 练习 记号 公式 表达式 符号 算法 代码 程序 模板 复杂度 时间复杂度
    结论 条件 满足 成立 普通 普通的 标题 摘要 前言 引言 结语 附录 小结 数学 形式 计算 输入 输出 任务 数据
    参数 基本概念 基本性质 基本运算 基本思想 前置知识 提示 算出 写成 记为 记作 设为 变为 称为 取值 数值
    第一步 第二步 第三步
    algorithm algorithms analysis answer assume assumption case claim code complexity compute computed
    computing condition conjecture constant contain contains corollary define defined definition denote
    denoted describe described description equation equivalent exercise exist exists fact form formula
    functions holds implementation implies index input introduction lemma let mathematics notation output
    parameter proof proofs properties property proposition prove proved remark result satisfies satisfy set
    solution solve solved solving statement step study tell theorem time topic value values variable write
    written
    """.split()
)
"""Words of all of mathematics: reasons why two posts are alike, perhaps, but the name of no subject."""

LONGEST_CHINESE = max(map(len, CHINESE))

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
"""Words of English that say nothing of a subject: they are no terms at all."""
