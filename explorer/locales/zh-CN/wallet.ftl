# 签名之处：登记资产，以及收入付给谁。

wallet = 您的钱包
wallet-note = 由您浏览器中的钱包签名。本站不保存其任何信息。
wallet-without-script = 签名需要脚本，而此浏览器未在此运行脚本：下方的按钮不起作用。没有脚本时，可使用命令行：

upload = 上传
upload-lead = 登记您制作的内容。只需几分钟；手续费和押金在签名前都会显示。
upload-what = 它是什么？
upload-kind-data = 供他人学习：影像、标注、文本、教程。
upload-kind-model = 供他人运行、微调或压缩的权重。
upload-kind-script = 程序：评测、预处理、训练。
upload-handle = 尚无人使用的名称
upload-medical-mark = 医疗
upload-medical = 医疗领域的数据只能在沙箱中使用：敏感内容绝不离开沙箱。链会自动保证这一点，从登记之初起永久有效。其文件会先在下方封存，登记的是封存后文件的内容标识。
upload-scenario = 它有什么用？用一两句话写给寻找它的人看。
upload-content = 文件在哪里？
upload-content-note = 链上保存文件的内容标识，任何人都能据此核对文件。选择文件（大小不限）后，标识会在您的浏览器中计算，敏感内容先在此封存；也可以直接填写。除非您在下方把文件添加到自己的 IPFS 节点，否则文件本身不会被发送到任何地方。
upload-file = 选择文件
upload-cid = 内容标识
upload-precise = 它有多精确？
upload-precise-note = 这是您的声明：策展人核定之前，它对权重的增益很小或没有，却可能减少权重。请如实填写：声明不实的，策展人可将资产下架。
upload-accuracy = 实测准确率
upload-speed = 速度提升
upload-earn = 它如何赚取收入？
upload-terms = 当有人由它衍生出新资产时
upload-share = 参与分成
upload-share-note = 只要衍生品有收入，每月都有分成。多数人选择这一项；出售则永久终止分成。
upload-buyout = 一次性出售
upload-buyout-note = 以一个价格出售授权，此后由其衍生的一切都不再带来收入。
upload-rate = 衍生品调用费中用于分成的比例
upload-price = 出售时的授权价格
upload-fee = 每单位使用费
upload-review = 核对并签名

me-wallet = 您浏览器中的钱包知道您的地址。这里只向它询问地址，不签署任何内容。
me-without-script = 这需要脚本，而此浏览器未在此运行脚本。请改为在上方粘贴地址。

payout = 收款人
payout-lead = 收入付给资产的所有者；也可以付给另一个钱包，为钱包保管的款项可以领取。
payout-bind = 将资产的收入付给另一个钱包
payout-bind-note = 只要资产仍属于您就一直有效，换了所有者即失效。钱包留空则重新付给您自己。
payout-asset = 资产名称或编号
payout-payee = 付给
payout-claim = 领取保管的款项
payout-claim-note = 钱包无法收款时，款项会为其保管，并在每月再次尝试支付。争议结束后归它的款项也会先为其保管，随下次结算支付。任何人都可以提前触发支付；款项只会付给该钱包。
payout-claim-for = 为谁保管（留空则为您自己的账户）
payout-held-show = 查看保管的款项
payout-held = 为 { $account } 保管（未能送达，或争议结束后归其所有）：
payout-held-none = 没有为 { $account } 保管的款项。
payout-held-wrong = 这不是地址：可能输错了。

upload-many = 批量上传
upload-many-note = 最多 100 行的表格（CSV），包含以下各列。每行可写文件名，其内容标识在此处计算；也可直接写内容标识；两者都写则会核对。种类为 data、model 或 script；条款为 share 或 buyout；领域填写名称。有误的行会逐一指出；全部登记或全部不登记。
upload-table = 选择表格
upload-files = 各行的文件（如有），医疗数据请选择封存后的文件：文件在此处读取，除非您把它们添加到自己的 IPFS 节点，否则仍留在您的电脑上
