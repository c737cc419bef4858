"""Texts of stories, sharing, the table and cards of a page, in the format of `kg.map.messages`."""

SHARING = """
story | Story | 导读
stepBack | Back | 上一步
stepOn | Next | 下一步
explore | Explore | 自行查看
leadOut | {n} more lead out of here | 另有{n}项与图外单位有关
leadOutOne | 1 more leads out of here | 另有1项与图外单位有关
share | Share | 分享
copyAddress | Copy link | 复制链接
copyCitation | Copy citation | 复制引用格式
copyFrame | Copy code for another page | 复制嵌入代码
openWhole | Open the whole map | 打开完整网络图
copied | Copied | 已复制
copyByHand | Copy the selected text | 请复制所选文字
citation | {title}. {counts}. Helix KG. {address} (accessed {day}) | {title}：{counts}。Helix KG，{address}（{day}访问）
credit | Helix KG · {links} links from {n} publishers · saved on {day} \
| Helix KG · {links}项合作事项，出自{n}个发布者 · {day}保存
sortBy | Sort by {name} | 按{name}排序
filterRows | Filter rows | 筛选行
tableCsv | Save table (CSV) | 保存表格（CSV）
rowsFound | {n} rows | {n}行
rowsFoundOne | 1 row | 1行
lastLink | last link {date} | 最近一项：{date}
moreLinks | and {n} more | 另有{n}项
noPartners | no partner in its links | 其合作事项中没有合作方
details | Details | 详情
noneInYear | none | 无
pathCount | {i} of {n} shortest paths | 最短路径 {i}／{n}
pathBefore | Previous path | 上一条路径
pathNext | Next path | 下一条路径
skip | Skip to the map | 跳至网络图
pdf | Document (PDF, by printing) | 文档（PDF，通过打印）
since | Since | 起始年
packed | +{n} others | 另有 {n} 个
chips | Filters in force | 当前筛选条件
chipWithout | without {names} | 不含 {names}
chipRemove | Remove filter: {text} | 取消筛选：{text}
chipDated | dated only | 仅含注明日期者
noMatch | No link matches. Remove a filter above. | 没有符合条件的合作事项，请取消上方的筛选条件。
"""
