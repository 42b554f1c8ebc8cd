"""A made-up Chinese and English blog full of citations that mislead, with the right answers.

Every trap that real blogs hold is here several times; titles and sentences are
invented. A case is a sentence in which ⟦…⟧ marks the mention in question, with
its address behind it in parentheses where the sentence has a link, and
``*…*`` is italics. Its answer is the docnames that it means, or what else it
is: ``missing``, ``work``, ``ambiguous``, ``nothing``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sphinxext_blog.records import DocName, Mention, Post
from sphinxext_blog.references import find_places, resolve, sentence_around

__all__ = ['CASES', 'POSTS', 'SITE_URLS', 'Case', 'mentions_of', 'outcomes']

SITE_URLS = ('https://math.example/archives/{id}', 'https://spaces.example/archives/{id}')

_TITLES = {
    # a series with full-width numbers
    'heat1': '扩散随笔（一）：把一杯水搅浑',
    'heat2': '扩散随笔（二）：从随机游走到热方程',
    'heat3': '扩散随笔（三）：得分函数的几何',
    'heat14': '扩散随笔（十四）：常微分的捷径',
    'heat15': '扩散随笔（十五）：直线最快',
    'heat16': '扩散随笔（十六）：一步生成的代价',
    'heat17': '扩散随笔（十七）：一致性的两种读法',
    'heat18': '扩散随笔（十八）：噪声从哪里来',
    # a series in brackets
    'seg1': '【词语切分系列】 1. 前缀树与自动机',
    'seg2': '【词语切分系列】 2. 基于边界熵的生词发掘',
    'seg3': '【词语切分系列】 3. 字标注法与双向循环网络',
    'seg4': '【词语切分系列】 4. 全卷积的切分模型',
    # parts divided in halves
    'road7': '注意力拾遗：7、长度外推与窗口截断',
    'road20': '注意力拾遗：20、潜变量压缩好在哪里？（上）',
    'road21': '注意力拾遗：21、潜变量压缩好在哪里？（下）',
    # a post about a paper, and posts with marks in their titles
    'attention': '《Attention Over Everything》浅读（附代码）',
    'capsules': '《Capsules Without Tears》读后',
    'orbit1': '《方程与星空》：三体问题的来龙去脉（一）',
    'orbit2': '《方程与星空》：三体问题的来龙去脉（二）',
    'reading': '重读《自然哲学的数学原理》：一个几何习题',
    # titles of their own
    'lora': '对齐全量微调！这是我见过最巧妙的低秩改进（一）',
    'mup': '初探MuP：超参数怎样跨越模型的尺度',
    'minimum': '梯度流：探索通向最小值之路',
    'spherical': '球面上随机点落在同一半球的概率',
    'flow': '细水长流之耦合层：可逆网络的基本概念与实现',
    'norm': '为什么谱范数比弗罗贝尼乌斯范数更自然',
    'softmax': '寻找一个光滑的最大值函数',
    'pathint': '路径积分入门：从折线到泛函',
    'festival1': '祝大家中秋节快乐！',
    'festival2': '祝大家中秋节快乐!',
    'rope': '博采众长的旋转编码',
    'entropy': '熵不起：从最大熵原理谈到温度',
    'implicit': '从隐式正则看梯度下降的偏好',
    'bert': '你可能不需要那么大的词表',
    'review2011': '用一个不等式总结二〇一一年',
    'codec': 'Weight Decay Revisited',
    # English
    'vae1': 'Variational Autoencoders (Part 1): The Evidence Lower Bound',
    'vae2': 'Variational Autoencoders (Part 2): A Bayesian View',
    'vae3': 'Variational Autoencoders (Part 3): Why the Posterior Collapses',
    'dup2a': 'Normalizing Flows (Part 2): Coupling Layers',
    'dup2b': 'Normalizing Flows (Part 2): From a Bayesian Perspective',
    'perm1': 'The Permanent Income Model',
    'perm2': 'The Permanent Income Model II',
    'perm3': 'The Permanent Income Model III',
    'lec1': 'Lecture 1: Vector Spaces and Their Duals',
    'lec2': 'Lecture 2: Norms on Matrices',
    'lec3': 'Lecture 3: Singular Values and Where They Come From',
    'weight': 'How Much Does a Gradient Weigh?',
    'primer': 'A Gentle Primer on Random Walks',
    'fourier': 'The Fourier Transform of the Gamma Function',
}

_ADDRESS = {name: str(5000 + 37 * i) for i, name in enumerate(_TITLES)}

POSTS: tuple[Post, ...] = (
    *(
        Post(DocName(name), title, facts=(('id', _ADDRESS[name]),), language='zh' if title > '~' else 'en')
        for name, title in _TITLES.items()
    ),
    Post(DocName('elsewhere'), '没有编号的一篇杂记'),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with a mention and what it means."""

    trap: str
    source: str
    text: str
    answer: tuple[str, ...]


def _address(name: str) -> str:
    return f'https://math.example/archives/{_ADDRESS[name]}'


def _at(name: str, form: str) -> str:
    return form.replace('#ID', _ADDRESS[name])


_A = 'elsewhere'

_TABLE: dict[str, tuple[tuple[str, str, str], ...]] = {
    'the title as it is': (
        (_A, '在⟦《扩散随笔（三）：得分函数的几何》⟧中我们已经推导过这个恒等式。', 'heat3'),
        (_A, '这正是⟦《为什么谱范数比弗罗贝尼乌斯范数更自然》⟧要回答的问题。', 'norm'),
        (_A, '请先看⟦《你可能不需要那么大的词表》⟧。', 'bert'),
        (_A, '本文接着⟦《注意力拾遗：20、潜变量压缩好在哪里？（上）》⟧往下写。', 'road20'),
        (_A, '参考文章⟦《球面上随机点落在同一半球的概率》⟧。', 'spherical'),
        (_A, '此外还有⟦《路径积分入门：从折线到泛函》⟧《熵不起：从最大熵原理谈到温度》可看。', 'pathint'),
        (_A, '在之前的⟦《寻找一个光滑的最大值函数》⟧一文中，笔者给出了两种构造。', 'softmax'),
        (_A, '⟦《熵不起：从最大熵原理谈到温度》⟧一文发布后，有读者来信问温度的单位。', 'entropy'),
        (_A, '本文算是⟦《你可能不需要那么大的词表》⟧的续篇，主要补充实验。', 'bert'),
        ('heat3', '经过⟦《扩散随笔（一）：把一杯水搅浑》⟧的铺垫，得分函数就不难理解了。', 'heat1'),
        (_A, '若还没读过⟦《从隐式正则看梯度下降的偏好》⟧，建议先翻翻。', 'implicit'),
        (_A, '类似的计算见⟦《博采众长的旋转编码》⟧的附录。', 'rope'),
        (_A, '从⟦《从隐式正则看梯度下降的偏好》⟧到《寻找一个光滑的最大值函数》，', 'implicit'),
        (_A, '读者可能还记得⟦《球面上随机点落在同一半球的概率》⟧这道题。', 'spherical'),
        (_A, '我们在论文里用到的引理，证明见⟦《为什么谱范数比弗罗贝尼乌斯范数更自然》⟧。', 'norm'),
        (_A, '不少论文引用了⟦《博采众长的旋转编码》⟧，', 'rope'),
        (_A, '⟦《路径积分入门：从折线到泛函》⟧（2016年）已经很旧了。', 'pathint'),
        (_A, '（参考⟦《你可能不需要那么大的词表》⟧）', 'bert'),
    ),
    'respelled': (
        (_A, '在⟦《扩散随笔(三): 得分函数的几何 》⟧中我们推导过。', 'heat3'),
        (_A, '见⟦《扩散随笔（3）：得分函数的几何》⟧一文。', 'heat3'),
        (_A, '见⟦《注意力拾遗:7、长度外推与窗口截断》⟧。', 'road7'),
        (_A, '见⟦《【词语切分系列】2.基于边界熵的生词发掘》⟧。', 'seg2'),
        (_A, '见⟦《初探muP：超参数怎样跨越模型的尺度》⟧。', 'mup'),
        (_A, '见⟦《⟪方程与星空⟫：三体问题的来龙去脉（一）》⟧。', 'orbit1'),
    ),
    'old title': (
        (_A, '在⟦《梯度流：探索通往最小值之路》⟧里提到过。', 'minimum'),
        (_A, '如⟦《对齐全量微调！这是我见过最巧妙的低秩（一）》⟧所述。', 'lora'),
        (_A, '可参考⟦《球面上的随机点落在同一半球的概率》⟧。', 'spherical'),
        (_A, '在⟦《寻求一个光滑的最大值函数》⟧中给出过。', 'softmax'),
        (_A, '在⟦《为什么说谱范数比弗罗贝尼乌斯范数更自然》⟧中。', 'norm'),
        (_A, '在⟦《初探MuP：超参数如何跨越模型的尺度》⟧中。', 'mup'),
        (_A, '在⟦《用一个不等式总结2011年》⟧里许过愿。', 'review2011'),
        (_A, '在⟦《从隐式正则化看梯度下降的偏好》⟧中。', 'implicit'),
        (_A, '在⟦《梯度流：通向最小值之路》⟧里提到过。', 'minimum'),
        (_A, '正如⟦《球面上随机点落在同一个半球的概率》⟧算过的那样。', 'spherical'),
        (_A, '在⟦《你可能不需要这么大的词表》⟧里。', 'bert'),
        (_A, '在⟦《为何谱范数比弗罗贝尼乌斯范数更自然》⟧里。', 'norm'),
        (_A, '在⟦《寻找一个光滑最大值函数》⟧里。', 'softmax'),
        (_A, '在⟦《博采众家之长的旋转编码》⟧里。', 'rope'),
        (_A, '在⟦《球面上随机点落于同一半球的概率》⟧中。', 'spherical'),
        (_A, '在⟦《从隐式正则看梯度下降的偏爱》⟧中。', 'implicit'),
        (_A, '在⟦《路径积分入门：由折线到泛函》⟧中。', 'pathint'),
        (_A, '在⟦《扩散随笔（十四）：常微分方程的捷径》⟧中。', 'heat14'),
        (_A, '在⟦《注意力拾遗：20、潜变量压缩究竟好在哪里？（上）》⟧中。', 'road20'),
        (_A, '在⟦《【词语切分】2. 边界熵与生词发掘》⟧中。', 'seg2'),
    ),
    'subtitle or tail left out': (
        (_A, '我们在⟦《细水长流之耦合层》⟧里写过实现。', 'flow'),
        (_A, '在⟦《路径积分入门》⟧中定义了测度。', 'pathint'),
        (_A, '在⟦《扩散随笔（十五）》⟧中说过直线最快。', 'heat15'),
        (_A, '在⟦《注意力拾遗：7》⟧中。', 'road7'),
        (_A, '在⟦《〈Attention Over Everything〉浅读》⟧里讲过。', 'attention'),
        (_A, '按照⟦《初探MuP》⟧的约定。', 'mup'),
        (_A, '这里沿用⟦《扩散随笔（十六）》⟧的记号。', 'heat16'),
        (_A, '见⟦《你可能不需要那么大的…》⟧。', 'bert'),
        (_A, '见⟦《为什么谱范数比弗罗贝尼乌斯...》⟧。', 'norm'),
        (_A, '见⟦《《Attention Over Everything》浅读》⟧。', 'attention'),
    ),
    'series prefix left out': (
        (_A, '按⟦《基于边界熵的生词发掘》⟧的做法。', 'seg2'),
        (_A, '见⟦《字标注法与双向循环网络》⟧。', 'seg3'),
        ('seg4', '其实⟦《前缀树与自动机》⟧已经够用。', 'seg1'),
        (_A, '用⟦《从随机游走到热方程》⟧的记号。', 'heat2'),
        (_A, '就像⟦《长度外推与窗口截断》⟧那样。', 'road7'),
        (_A, 'We argued in ⟦“Why the Posterior Collapses”⟧ that it does.', 'vae3'),
        (_A, '方法同⟦《全卷积的切分模型》⟧。', 'seg4'),
        (_A, '这是⟦《一致性的两种读法》⟧的推论。', 'heat17'),
        (_A, '这是⟦《常微分的捷径》⟧的推论。', 'heat14'),
    ),
    'wrong number beside the right address': (
        (_A, f'在⟦《扩散随笔（十四）：直线最快》⟧({_address("heat15")})中。', 'heat15'),
        (_A, f'在⟦《注意力拾遗：21、潜变量压缩好在哪里？（上）》⟧({_address("road20")})中。', 'road20'),
        (_A, f'见《⟦扩散随笔（二）⟧》({_address("heat3")})。', 'heat3'),
        (_A, f'见⟦（十四）⟧({_address("heat16")})。', 'heat16'),
        (_A, f'See ⟦Variational Autoencoders (Part 2)⟧({_address("vae3")}) for the proof.', 'vae3'),
    ),
    'title of a section': (
        (_A, f'见⟦《数值解与采样解》⟧({_address("pathint")}#数值解与采样解)。', 'pathint'),
        (_A, f'见⟦《窗口的截断》⟧({_address("road7")}#%E7%AA%97%E5%8F%A3%E7%9A%84)。', 'road7'),
        ('heat18', f'见⟦《一步生成》⟧({_at("heat16", "/archives/#ID#一步生成")})。', 'heat16'),
    ),
    'marks within or outside': (
        (_A, '可以先读⟦《〈Attention Over Everything〉浅读（附代码）》⟧。', 'attention'),
        (_A, '可以先读⟦《Attention Over Everything》⟧浅读（附代码）。', 'attention'),
        (_A, '参考旧文⟦《Attention Over Everything》⟧浅读一文。', 'attention'),
        (_A, '参考⟦《Capsules Without Tears》⟧读后。', 'capsules'),
        (_A, '见⟦《《方程与星空》：三体问题的来龙去脉（一）》⟧。', 'orbit1'),
        (_A, '见⟦《方程与星空》⟧：三体问题的来龙去脉（二）。', 'orbit2'),
        (_A, '这道题取自重读⟦《自然哲学的数学原理》⟧：一个几何习题。', 'reading'),
        (_A, '见⟦《“Capsules Without Tears”读后》⟧。', 'capsules'),
        (_A, '见⟦《重读〈自然哲学的数学原理〉：一个几何习题》⟧。', 'reading'),
        (_A, '见⟦《扩散随笔》⟧（三）。', 'heat3'),
        (_A, '见⟦《扩散随笔》⟧系列的第十七篇文章。', 'heat17'),
        (_A, '见⟦《〈方程与星空〉：三体问题的来龙去脉（二）》⟧。', 'orbit2'),
        (_A, '见⟦〈Capsules Without Tears〉读后⟧。', 'nothing'),
        (_A, '见⟦《“Attention Over Everything”浅读》⟧。', 'attention'),
        (_A, '见⟦《扩散随笔（三）》⟧：得分函数的几何。', 'heat3'),
        (_A, '见⟦《词语切分系列》⟧第三篇。', 'seg3'),
        (_A, '见⟦《【词语切分系列】 1. 前缀树与自动机》⟧。', 'seg1'),
        (_A, '见⟦《Capsules Without Tears读后》⟧。', 'capsules'),
    ),
    'the title of a paper, linked to a post': (
        (_A, f'这就是⟦《Implicit Bias of Gradient Steps》⟧({_address("implicit")})。', 'implicit'),
        (_A, f'见论文⟦《Attention Over Everything》⟧({_address("attention")})的介绍。', 'attention'),
        (_A, f'见⟦Rotary Positions Made Simple⟧({_address("rope")})。', 'rope'),
    ),
    'paper or post': (
        (_A, '论文⟦《Attention Over Everything》⟧提出了多头的机制。', 'work'),
        (_A, '谷歌的论文⟦《Attention Over Everything》⟧影响深远。', 'work'),
        (_A, '自⟦《Attention Over Everything》⟧一文发表以来，', 'work'),
        (_A, '最早出自⟦《Capsules Without Tears》⟧（arXiv 2101.00001）。', 'work'),
        (_A, '笔者的文章⟦《Attention Over Everything》⟧写得比较粗糙。', 'attention'),
        (_A, '本博客以前的⟦《Capsules Without Tears》⟧介绍过动态路由。', 'capsules'),
        (_A, '不熟悉的读者可以看看⟦《Attention Over Everything》⟧。', 'ambiguous'),
        (_A, '参考⟦《Capsules Without Tears》⟧。', 'ambiguous'),
        (_A, '论文⟦《Weight Decay Revisited》⟧首先指出了这一点。', 'work'),
        (_A, 'In the paper ⟦“Weight Decay Revisited”⟧ the authors decouple it.', 'work'),
        (_A, '在笔者的⟦《Weight Decay Revisited》⟧中，', 'codec'),
        (_A, '又见⟦《Weight Decay Revisited》⟧。', 'ambiguous'),
        (_A, '牛顿的⟦《自然哲学的数学原理》⟧写于三百多年前。', 'work'),
        (_A, '后来的工作大多改进⟦《Attention Over Everything》⟧这篇论文的结构。', 'work'),
        (_A, '胶囊的概念来自⟦《Capsules Without Tears》⟧[3]。', 'work'),
        (_A, '笔者曾在⟦《Capsules Without Tears》⟧读后里抱怨过。', 'capsules'),
        (_A, '我写过的⟦《Weight Decay Revisited》⟧也讨论了这个系数。', 'codec'),
        (_A, 'arXiv上的⟦《Weight Decay Revisited》⟧。', 'work'),
    ),
    'papers': (
        (_A, '论文⟦《On the Width of Shallow Minima》⟧给出了界。', 'work'),
        (_A, '最近看到⟦《A Note on Rank-One Updates》⟧，很受启发。', 'work'),
        (_A, '两篇论文《Flat Priors》⟦《Curved Posteriors》⟧几乎同时出现。', 'work'),
        (_A, '在⟦《Diffusion Is a Heat Bath: A Survey》⟧中作者用了另一种记号。', 'work'),
        (_A, '见⟦《Spectral Steps》⟧(https://arxiv.org/abs/2401.01234)。', 'work'),
        (_A, '文章⟦《The Lottery of Kernels》⟧的思路类似。', 'work'),
        (_A, '我们参考了⟦《Variational Autoencoders for Tabular Data》⟧的设置。', 'work'),
        (_A, '⟦《Weight Decay Revisited Again》⟧则持相反的意见。', 'work'),
        (_A, '李雷在⟦《Lecture Notes on Matrix Norms》⟧里证明过。', 'work'),
        (_A, '去年的⟦《Normalizing Flows on Manifolds》⟧又推进了一步。', 'work'),
        (_A, '其开山之作是⟦《Learning to Segment Without Words》⟧。', 'work'),
        (_A, '后续工作有⟦《Random Walks on Expanders》⟧等。', 'work'),
        (_A, '可参考综述⟦《A Gentle Survey of Random Walks》⟧。', 'work'),
        (_A, '即⟦《How Much Does a Gradient Cost?》⟧。', 'work'),
        (_A, '今年ICLR的一篇⟦《Softmax Is Not a Bottleneck》⟧也有类似的观察。', 'work'),
        (_A, '出自⟦《Score Matching by Heat》⟧，', 'work'),
        (_A, '来自某大厂的⟦《Rotary Positions, Rotated》⟧。', 'work'),
        (_A, '我们介绍⟦《Sliced Transport Maps》⟧的主要结果。', 'work'),
        (_A, '之前介绍过⟦《Mean-Field Kernels》⟧，', 'work'),
        (_A, '笔者在阅读⟦《Cheap Attention for Long Text》⟧时，', 'work'),
        (_A, '本文的主角是⟦《Low-Rank Adaptation Done Twice》⟧，', 'work'),
        (_A, '又如⟦《Segmenting Words with Entropy》⟧、《Cutting Sentences》。', 'work'),
        (_A, '见⟦《LoRA之外的低秩方法综述》⟧这篇论文。', 'work'),
        (_A, '发表在期刊上的论文⟦《基于边界熵的新词抽取研究》⟧。', 'work'),
        (_A, '同期的⟦《Width Is Enough: Shallow Minima Revisited》⟧，', 'work'),
        (_A, '本文的方法和⟦《Gradient Weights》⟧里的不同。', 'work'),
        (_A, '思路源于⟦《How Much Does a Gradient Step Weigh?》⟧一文的附录。', 'work'),
        (_A, '作者在⟦《Score Functions for Everyone》⟧里已经说明。', 'work'),
        (_A, '我们之前讨论过的⟦《Heads Without Tails》⟧。', 'work'),
        (_A, '可以跟⟦《Transformers Are Trees》⟧比较一下。', 'work'),
        (_A, '前两天在Arxiv上刷到了⟦《Rotary Is Rotation》⟧，', 'work'),
        (_A, '经典之作⟦《The Permanent of a Matrix》⟧。', 'work'),
        (_A, '⟦《RoPE之后：位置编码综述》⟧（arXiv）。', 'work'),
        (_A, '中科院的⟦《面向长文本的注意力机制研究》⟧。', 'work'),
    ),
    'books and films': (
        (_A, '这个说法出自⟦《费恩曼谈物理》⟧一书。', 'work'),
        (_A, '华先生的⟦《数论引导》⟧里有一道习题。', 'work'),
        (_A, '教材⟦《概率论与随机过程》⟧第三章。', 'work'),
        (_A, '最近在重看电影⟦《美丽的定理》⟧。', 'work'),
        (_A, '《数学译丛》⟦《数学通讯》⟧等杂志都登过。', 'work'),
        (_A, '登在⟦《科学周报》⟧上。', 'work'),
        (_A, '笔者读了⟦《几何原本》⟧前六卷。', 'work'),
        (_A, '高中时买过一本⟦《趣味微积分》⟧。', 'work'),
        (_A, '在图书馆翻到⟦《电动力学导论》⟧，', 'work'),
        (_A, '⟦《时间的形状》⟧里写道：', 'work'),
        (_A, '《庄子》⟦《淮南子》⟧里都有这个寓言。', 'work'),
        (_A, '一边听⟦《月光》⟧，一边写代码。', 'work'),
        (_A, '我们还参考了⟦《泛函分析习题集》⟧的附录。', 'work'),
        (_A, '⟦《概率》⟧（第二版）的第五章。', 'work'),
        (_A, '详见⟦《数学手册》⟧。', 'work'),
        (_A, '以前看过的⟦《星际穿行》⟧也用了这个设定。', 'work'),
        (_A, '引自朗道的⟦《力学》⟧。', 'work'),
        (_A, '推荐阅读⟦《矩阵分析与应用》⟧。', 'work'),
        (_A, '我们在⟦《实变函数论》⟧里学过。', 'work'),
        (_A, '以前在⟦《中学生数理化》⟧上看到一道题。', 'work'),
        (_A, '高考前看了一遍⟦《盗梦者》⟧。', 'work'),
        (_A, '正如⟦《道德经》⟧所说，', 'work'),
        (_A, '教科书⟦《量子力学讲义（第三卷）》⟧。', 'work'),
        (_A, '网友推荐的⟦《信息论基础》⟧很不错。', 'work'),
        (_A, '这门课叫⟦《数学模型》⟧。', 'work'),
        (_A, '来自⟦《美国数学月刊》⟧的一道征解题。', 'work'),
        (_A, '在公众号文章⟦《大模型的十个谣言》⟧中。', 'work'),
        (_A, '知乎上的⟦《怎样理解张量》⟧。', 'work'),
        (_A, '其实⟦《路径积分与量子物理》⟧里早有答案。', 'work'),
        (_A, '书架上有一本⟦《熵：一种新的世界观》⟧。', 'work'),
        (_A, '⟦《随机过程》⟧教材里的例题。', 'work'),
        (_A, '听完⟦《十年》⟧，又听《后来》。', 'work'),
        (_A, '译自⟦《科学美国人》⟧。', 'work'),
        (_A, '中学时读的⟦《从一到无穷大》⟧。', 'work'),
        (_A, '我们看⟦《三国演义》⟧第二十回。', 'work'),
        (_A, '根据⟦《自然》⟧杂志的报道，', 'work'),
        (_A, '参考资料：⟦《高等代数简明教程（上册）》⟧。', 'work'),
        (_A, '作者即⟦《梯度之书》⟧的作者。', 'work'),
        (_A, '⟦《扩散》⟧是一部纪录片。', 'work'),
        (_A, '在⟦《方程与函数》⟧这门选修课上。', 'work'),
    ),
    'a post that is not there': (
        (_A, '在《扩散随笔（三）：得分函数的几何》和⟦《扩散随笔（五）：变分的下界》⟧中。', 'missing'),
        (_A, '按⟦《注意力拾遗：9、温度与熵》⟧的结论。', 'missing'),
        (_A, '在之前的文章⟦《用时间换显存的小技巧》⟧中。', 'missing'),
        (_A, '笔者所写的⟦《再谈最速降线》⟧。', 'missing'),
        (_A, '本博客的⟦《三角函数的无理数值》⟧。', 'missing'),
        (_A, '见⟦《旧文一则》⟧(https://math.example/archives/9)。', 'missing'),
        ('seg2', '见⟦《【词语切分系列】 7. 无监督的语言模型》⟧。', 'missing'),
    ),
    'place in the series': (
        ('heat15', '⟦上一篇文章⟧我们推导了常微分方程。', 'heat14'),
        ('heat16', '在⟦上一篇⟧里说过。', 'heat15'),
        ('heat17', '我们在⟦（十五）⟧中证明了直线最快。', 'heat15'),
        ('heat18', '从⟦（十六）⟧的结果出发。', 'heat16'),
        ('heat18', '见⟦（十七）⟧。', 'heat17'),
        ('heat18', '⟦本系列第三篇⟧已经说过。', 'heat3'),
        ('heat18', '⟦本系列的第二篇文章⟧。', 'heat2'),
        ('heat18', '⟦前三篇文章⟧都在讨论一步生成。', 'heat15 heat16 heat17'),
        ('heat16', '⟦前两篇⟧是准备。', 'heat14 heat15'),
        ('seg3', '⟦下一篇文章⟧介绍卷积。', 'seg4'),
        ('seg3', '⟦本系列前两篇文章⟧用的是无监督的方法。', 'seg1 seg2'),
        ('heat17', '在⟦上上篇文章⟧里。', 'heat15'),
        ('seg1', '⟦第三篇文章⟧会用到循环网络。', 'seg3'),
        (_A, '⟦上一篇文章⟧说过。', 'nothing'),
        ('heat3', '（一）首先，⟦（二）⟧其次，', 'nothing'),
        ('heat3', '代入式⟦（二）⟧即得。', 'nothing'),
        ('heat3', '⟦上一篇论文⟧的方法。', 'nothing'),
        (_A, '见《扩散随笔（十四）》⟦（十五）⟧两篇。', 'heat15'),
        (_A, '见《扩散随笔（十四）：常微分的捷径》、⟦（十六）⟧等文章。', 'heat16'),
        ('heat18', '我们⟦上一篇文章⟧介绍了一致性。', 'heat17'),
        ('heat16', '紧接⟦上文（十五）⟧的讨论。', 'nothing'),
        ('heat17', '在⟦本系列的第十四篇⟧中。', 'heat14'),
        ('heat17', '在⟦第十四篇⟧中我们见过它。', 'heat14'),
        ('road21', '⟦上篇文章⟧给出了训练的结果。', 'road20'),
        ('seg2', '⟦前一篇文章⟧讲了自动机。', 'seg1'),
        ('seg2', '⟦后一篇⟧换成循环网络。', 'seg3'),
        ('heat18', '这是今年的⟦第三篇文章⟧。', 'nothing'),
        ('heat18', '由性质⟦（三）⟧可知。', 'nothing'),
        ('heat18', '条件（一）、⟦（二）⟧缺一不可。', 'nothing'),
        ('heat18', '在⟦前三篇⟧中，我们', 'heat15 heat16 heat17'),
        (_A, '见《扩散随笔（一）：把一杯水搅浑》、（二）、⟦（三）⟧。', 'heat3'),
        ('heat17', '因此（一）⟦（二）⟧都成立。', 'nothing'),
        ('heat18', '读过⟦前一篇⟧的读者知道，', 'heat17'),
        ('seg3', '下面是第二章的内容，见⟦第二章⟧。', 'nothing'),
        ('heat15', '⟦上一篇⟧论文里没有证明。', 'nothing'),
        ('heat15', '目⟦前三篇文章⟧都已投稿。', 'nothing'),
        ('heat18', '见⟦（九）⟧。', 'nothing'),
        ('heat2', '接下来的⟦下一篇文章⟧推导得分函数。', 'heat3'),
        ('road7', '⟦前两篇文章⟧讨论了位置。', 'missing'),
        ('heat3', '本文是⟦系列第三篇⟧。', 'nothing'),
    ),
    'meaning in the address only': (
        (_A, f'这就是⟦RoPE⟧({_address("rope")})。', 'rope'),
        (_A, f'证明在⟦这里⟧({_address("norm")})。', 'norm'),
        (_A, f'见⟦2011年版本⟧({_address("review2011")})。', 'review2011'),
        (_A, f'见⟦（十七）⟧({_address("heat17")})。', 'heat17'),
        ('heat17', f'⟦上一篇文章⟧({_address("heat3")})说过。', 'heat3'),
        (_A, f'⟦{_address("mup")}⟧({_address("mup")})', 'mup'),
        (_A, '见⟦维基⟧(https://zh.wiki.example/wiki/热方程)。', 'nothing'),
        (_A, '见⟦主页⟧(https://math.example/)。', 'nothing'),
        (_A, '数据在⟦这里⟧(https://math.example/usr/uploads/2015/data.zip)。', 'nothing'),
    ),
    'addresses': tuple(
        (_A, f'见⟦这里⟧({_at(name, form)})。', name)
        for name, form in (
            ('norm', 'http://math.example/archives/#ID'),
            ('norm', 'https://www.math.example/archives/#ID/'),
            ('rope', 'https://spaces.example/archives/#ID'),
            ('rope', 'http://www.spaces.example/archives/#ID/?utm_source=feed&utm_medium=rss'),
            ('road7', 'https://math.example/archives/#ID#%E7%AA%97%E5%8F%A3'),
            ('road7', '/archives/#ID'),
            ('mup', '/archives/#ID/#开头'),
            ('mup', 'https://web.archive.org/web/20190101000000/https://math.example/archives/#ID'),
            ('flow', 'http://web.archive.org/web/2019id_/http://www.math.example:80/archives/#ID/'),
            ('flow', 'https://math.example/archives/#ID/comment-page-2#comment-14196'),
            ('bert', '//math.example/archives/#ID'),
            ('bert', 'HTTPS://MATH.EXAMPLE/archives/#ID?alias=1'),
            ('seg1', 'https://math.example/index.php/archives/#ID/'),
            ('seg1', 'math.example/archives/#ID'),
            ('seg2', 'https://math.example/archives/#ID.html'),
            ('seg2', 'https://math.example//archives//#ID'),
            ('heat1', ' https://math.example/archives/#ID '),
            ('heat1', 'https://math.example/archives/#ID?share=weixin&from=timeline'),
        )
    ),
    'one title of two posts': (
        (_A, '⟦《祝大家中秋节快乐》⟧', 'ambiguous'),
        (_A, f'⟦《祝大家中秋节快乐！》⟧({_address("festival2")})', 'festival2'),
        (_A, 'See ⟦“Normalizing Flows (Part 2)”⟧.', 'ambiguous'),
        (_A, 'See ⟦“Normalizing Flows (Part 2): Coupling Layers”⟧.', 'dup2a'),
    ),
    'English titles': (
        (_A, 'As shown in ⟦“Variational Autoencoders (Part 2)”⟧, the bound is tight.', 'vae2'),
        (_A, 'As shown in *⟦Variational Autoencoders, Part 3⟧*, it collapses.', 'vae3'),
        (_A, 'In ⟦"How Much Does a Gradient Weigh?"⟧ we left this open.', 'weight'),
        (_A, 'I recommend *⟦A Gentle Primer on Random Walks⟧* first.', 'primer'),
        (_A, 'See ⟦“The Fourier transform of the Gamma function,”⟧ where this is proved.', 'fourier'),
        (_A, 'See ‘⟦The Permanent Income Model III⟧’ for more.', 'perm3'),
        (_A, 'See *⟦The Permanent Income Model, Part II⟧*.', 'perm2'),
        ('perm3', '⟦Part II⟧ of this series is about habit.', 'perm2'),
        ('vae3', 'We saw in ⟦part 2⟧ that the bound is tight.', 'vae2'),
        ('vae3', 'This was ⟦the previous post⟧.', 'vae2'),
        ('lec3', 'Recall the duals of ⟦Lecture 1⟧.', 'lec1'),
        ('lec1', 'We return to norms in ⟦Lecture 2⟧.', 'lec2'),
        ('lec1', 'This is proved in ⟦lecture 3⟧.', 'lec3'),
        (_A, 'Recall the duals of ⟦Lecture 1⟧.', 'nothing'),
        (_A, 'He called it ⟦“how the west was won”⟧.', 'nothing'),
        (_A, 'They wrote ⟦“Deep Learning”⟧ in 2016.', 'nothing'),
        (_A, 'It is *⟦very important⟧* to see this.', 'nothing'),
        ('vae3', '⟦Part 2⟧ of the proof is easy.', 'nothing'),
        (_A, 'In ⟦“Lecture 3: Singular Values and Where They Come From”⟧ it is.', 'lec3'),
        (_A, f'See ⟦Part II⟧({_address("perm2")}).', 'perm2'),
        (_A, 'We discussed this in ⟦“Normalizing Flows (Part 2): From a Bayesian Perspective.”⟧', 'dup2b'),
        (_A, 'As in ⟦“A gentle primer on random walks”⟧, let p be small.', 'primer'),
        (_A, 'See *⟦The Fourier Transform of the Gamma Function⟧*.', 'fourier'),
        (_A, 'See ⟦“Variational Autoencoders, Part III”⟧.', 'vae3'),
        (_A, 'See ⟦“Variational autoencoders (part 1)”⟧.', 'vae1'),
        ('vae1', 'See ⟦part (3)⟧.', 'vae3'),
        ('vae2', 'In ⟦the next post⟧ the posterior collapses.', 'vae3'),
        ('vae3', '⟦The previous two posts⟧ set the stage.', 'vae1 vae2'),
        ('perm2', 'In ⟦Part III⟧, habits return.', 'perm3'),
        ('lec3', 'As ⟦Lecture II⟧ showed, norms differ.', 'lec2'),
        (_A, 'He read ⟦“The Art of Random Walks”⟧ twice.', 'nothing'),
        (_A, 'The book *⟦Random Walks on Graphs⟧* is good.', 'work'),
        (_A, 'We set ⟦“learning rate = 0.1”⟧ here.', 'nothing'),
        ('lec2', 'See chapter 3 and ⟦Lecture 3⟧ of the book by Smith.', 'nothing'),
        (_A, 'See ⟦“Norms on Matrices”⟧.', 'lec2'),
        (_A, 'This is ⟦“the most important theorem of this course”⟧.', 'nothing'),
        (_A, 'In *⟦The Permanent Income Model⟧* there is no habit.', 'perm1'),
        (_A, 'An *⟦evidence lower bound⟧* is a bound.', 'nothing'),
        ('vae2', 'As in ⟦part 1 of the series⟧.', 'vae1'),
        ('vae2', 'In ⟦part 1⟧ of his talk he said so.', 'nothing'),
        (_A, 'See ⟦Variational Autoencoders (Part 3)⟧.', 'vae3'),
    ),
}  # fmt: skip

CASES: tuple[Case, ...] = tuple(
    Case(trap, source, text, tuple(answer.split()))
    for trap, rows in _TABLE.items()
    for source, text, answer in rows
)

_LINK = re.compile(r'⟦([^⟦⟧]*)⟧(?P<close>》?)\((?P<url>[^()]*)\)')
_ITALICS = re.compile(r'\*([^*]+)\*')


def mentions_of(case: Case, line: int) -> tuple[list[Mention], tuple[int, int]]:
    """The mentions of a case's sentence as the site reads them; and the span of the one in question.

    :param line: where the mentions are said to stand, to tell the cases apart.
    """
    text, url = case.text, None
    if match := _LINK.search(text):
        url = match['url']
        text = text[: match.start()] + f'⟦{match[1]}⟧{match["close"]}' + text[match.end() :]
    italics: list[tuple[int, int]] = []
    while match := _ITALICS.search(text):
        text = text[: match.start()] + match[1] + text[match.end() :]
        opened = text[: match.start()].count('⟦') + text[: match.start()].count('⟧')
        start = match.start() - opened
        italics.append((start, start + len(match[1].replace('⟦', '').replace('⟧', ''))))
    start = text.index('⟦')
    end = text.index('⟧') - 1
    text = text.replace('⟦', '').replace('⟧', '')
    found: list[tuple[int, int, str, str, str]] = []
    if url is not None:
        shown = text[start:end]
        if text[:start].endswith('《') and text[end:].startswith('》'):
            shown = f'《{shown}》'
        found.append((start, end, 'url', shown, url))
    else:
        found += [
            (p.start, p.end, p.form, text[p.start : p.end], p.target) for p in find_places(text, italics)
        ]
    mentions = []
    for a, b, form, shown, target in found:
        context, span = sentence_around(text, a, b)
        mentions.append(
            Mention(DocName(case.source), form, shown, target, context, span, f'm-{a}-{b}', line)  # type: ignore[arg-type]
        )
    return mentions, (start, end)


def outcomes(cases: tuple[Case, ...] = CASES, posts: tuple[Post, ...] = POSTS) -> list[tuple[str, ...]]:
    """What the mention in question of each case comes to when all of them are resolved together.

    :returns: docnames, or ``missing``, ``work``, ``ambiguous``, ``nothing``; sorted.
    """
    mentions: list[Mention] = []
    spans: list[tuple[int, int]] = []
    for line, case in enumerate(cases, 1):
        found, span = mentions_of(case, line)
        mentions += found
        spans.append(span)
    result = resolve(posts, mentions, site_urls=SITE_URLS)
    came_to: list[set[str]] = [set() for _ in cases]

    def note(mention: Mention, what: str) -> None:
        start, end = map(int, mention.anchor.split('-')[1:])
        a, b = spans[mention.line - 1]
        if start < b and a < end:
            came_to[mention.line - 1].add(what)

    for link in result.links:
        kind, colon, _ = link.target.partition(':')
        note(link.mention, kind if colon else link.target)
    for ambiguity in result.ambiguous:
        note(ambiguity.mention, 'ambiguous')
    return [tuple(sorted(found)) or ('nothing',) for found in came_to]
