# Where people sign: registering an asset, and whom its income is paid to.

wallet = Your wallet
wallet-note = A wallet in your browser signs. This site stores nothing from it.
wallet-without-script = Signing needs scripts, which this browser does not run here: the buttons below do nothing. Without scripts, use the command line:

upload = Upload
upload-lead = Register what you made. It takes a few minutes, and costs a fee and a deposit that you see before you sign.
upload-what = What is it?
upload-kind-data = what others learn from: studies, annotations, texts, a tutorial.
upload-kind-model = weights that others run, tune or compress.
upload-kind-script = a program: evaluation, preparation, training.
upload-handle = A name that is not taken yet
upload-medical-mark = medical
upload-medical = Data in a medical domain is only ever used inside a sandbox: what is sensitive never leaves it. The chain ensures that by itself, from the first moment and for good. The file is sealed first, below, and the sealed file’s content id is registered.
upload-scenario = What is it good for? Write a sentence or two for somebody looking for it.
upload-content = Where is the file?
upload-content-note = The chain keeps the file’s content id, which lets anybody check that a file is this one. Choose the file, of any size, and the id is computed here, in your browser; what is sensitive is sealed here first. Or enter the id. The file itself goes nowhere, unless you add it to your own IPFS node, below.
upload-file = Choose a file
upload-cid = Content id
upload-precise = How precise is it?
upload-precise-note = This is your claim: until curators attest it, it adds little or nothing to the weight, and can lower it. State it truthfully: for a false claim the curators can take the asset off the list.
upload-accuracy = Measured accuracy
upload-speed = Faster by
upload-earn = How should it earn?
upload-terms = When somebody derives something from it
upload-share = Share in what it earns
upload-share-note = each month, as long as it earns. This is what most choose; a sale ends it for good.
upload-buyout = Sell once
upload-buyout-note = a licence for a price, and never another cent from what is derived from it.
upload-rate = Part of a derivative’s call fees that is shared
upload-price = Licence price, if you sell
upload-fee = Fee for one unit of use
upload-review = Review and sign

me-wallet = A wallet in your browser knows your addresses. It is only asked for them; nothing is signed.
me-without-script = That needs scripts, which this browser does not run here. Paste the address above instead.

payout = Who is paid
payout-lead = Income goes to an asset’s owner. It can go to another wallet, and what is held for a wallet can be claimed.
payout-bind = Pay an asset’s income to another wallet
payout-bind-note = This holds as long as the asset is yours, and ends with a new owner. Leave the wallet empty to be paid yourself again.
payout-asset = Name or number of the asset
payout-payee = Pay to
payout-claim = Claim what is held
payout-claim-note = If a wallet could not receive a payment, the amount is held for it and tried again each month. What was released to it after a dispute is held as well, and paid with the next settlement. Anybody may have it paid sooner; it goes to that wallet alone.
payout-claim-for = Held for (your own account if empty)
payout-held-show = Show what is held
payout-held = Held for { $account } (could not be delivered, or was released after a dispute):
payout-held-none = Nothing is held for { $account }.
payout-held-wrong = This is not an address: it may be mistyped.

upload-many = Many at once
upload-many-note = A table (CSV) of up to 100 rows, with these columns. A row names its file, whose content id is then computed here, or states the content id; where it does both, they are compared. Kinds are data, model or script; terms are share or buyout; domains are given by name. Every wrong row is named, and either all are registered or none.
upload-table = Choose a table
upload-files = The files of the rows, if any; of medical data the sealed ones. They are read here, and stay on your computer unless you add them to your own IPFS node
