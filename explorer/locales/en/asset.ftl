# Assets, their weight, lineage, receipts; accounts.

facts = Facts
delisted = Delisted
sandboxed = Used in sandboxes only
minted = Minted
call-fee = Call fee
per-unit = a unit
terms = Terms
terms-share = Derivatives share their revenue, and { $rate } of their call fees
terms-buyout = Sold once: who derives from it buys a licence for
protection = Protection
protection-chosen = In sandboxes only, as its owner chose
protection-medical = In sandboxes only: medical data
content = Content
evidence = Evidence
evidence-note = What is attested was confirmed by the curators. What is claimed is the owner's own word.
claimed-adds = A quality that nobody attested can add at most { $cap } to a weight, but take away without limit.
claimed-adds-nothing = A quality that nobody attested adds nothing to a weight, but it can take away.
quality = Quality
impact = Impact
accuracy = Stated accuracy
speed-gain = Stated gain in speed
attested = attested
claimed = claimed
not-stated = not stated

asset-earned = Paid so far
asset-estimate = This month, were it closed now
asset-calls = Uses ({ $month } this month, { $today } today)
asset-derived = Derived directly
asset-weight = Weight in { $month }

weight = Weight
weight-heading = What it weighs
weight-read = How weights work
weight-was = In { $month } it weighed { $weight }.
weight-average = An average asset weighs { $base }.
weight-why = Why a weight of { $weight }
weight-how = The parts of the weight
weight-history = Month by month
weight-none = It shared in nothing yet, so it was not weighed. It is, as soon as something derived from it earns.
weight-base = Base
weight-quality = Quality
weight-usage = Usage
weight-impact = Impact
weight-bound = Bounds
weight-bonus = New asset
weight-quality-note = the average of its kind ({ $kind }) is taken off.
weight-no-average = No quality of this kind was attested yet, so it counts nothing.
weight-no-quality = No quality was stated, so it counts nothing.
weight-usage-note = with { $units }, its place among all active assets, less the middle.
weight-impact-note = attested improvement of what was derived from it.
weight-at-most = , of which at most { $cap } counts
weight-bonus-note = In its first { $months } months an asset weighs { $bonus } times as much.
rank = Usage rank

earnings-by-month = Earnings by month
earnings-none = It was due nothing in a settled month yet.
shared = Share of derivatives
own-fees = Own part of fees
fees-gross = Fees that users paid
why-link = Why?

lineage = Lineage
lineage-of = Lineage of { $asset }
lineage-whole = The whole lineage
lineage-none = It has neither ancestors nor derivatives.
lineage-reading = What it comes from is above, what came from it below.
lineage-count = { $up } ancestors above, { $down } derivatives below.
lineage-cut = More than these are too many to draw; the nearest are shown.
fold-parents = more ancestors
fold-children = more derivatives
parents-all =
    { $count ->
        [one] The one ancestor
       *[other] Direct parents, of { $n } ancestors in all
    }
derived =
    { $count ->
        [one] one derived
       *[other] { $n } derived
    }
derived-head = Derived
derivative = Derivative
derivatives = Derivatives
derivatives-none = Nothing was derived from it yet.
all-of =
    { $count ->
        [one] The one
       *[other] All { $n }
    }

receipts = Receipts
receipts-none = It was not used yet.
receipts-lead =
    { $count ->
        [one] One use, with its receipt.
       *[other] { $n } uses, each with its receipt.
    }
receipt-number = Receipt { $number }
receipt-title = Receipt { $number } of { $asset }
receipt-note = The hash is over this receipt and the hash before it. The chain keeps the last one, so no receipt can be left out, added or changed unseen.
hash-before = Hash before it
derivation = Derivation
certificate-good = The receipts are complete and unchanged
certificate-bad = The receipts stored here differ from the chain
certificate-count =
    { $count ->
        [one] One receipt was hashed again and ends in the chain's own running hash,
       *[other] { $n } receipts were hashed again, one after another, and end in the chain's own running hash,
    }
certificate-none = These receipts were not compared with the chain's running hash yet.

sandbox-jobs = Jobs in sandboxes
sandbox-none = No job used it yet.
history = History

me-lead = Paste your address to see every asset of yours, who used it, and what it brings.
me-wrong = This is no address. It is either 47 or 48 letters and digits long, or begins with 0x and has 40 digits behind it, as Ethereum wallets show it, or 64; copy it from your wallet.
me-note = Nothing is stored, and no wallet is needed to look: what is here is public.
account-earned =
    { $count ->
        [one] Received in one payment
       *[other] Received in { $n } payments
    }
account-estimate = { $month } so far, were it closed now
account-estimate-late = Not all assets were answered for in time. Please look again in a moment.
account-estimate-many = These are more assets than one page adds up: the estimates stand beside each.
balances = Balances
balance-u-held = U held
balance-loom-held = LOOM held
balance-loom-frozen = LOOM frozen
balance-note = What is held stands beside the rest and secures deposits and bonds until these end. What is frozen is how much of all the LOOM must stay.
balance-block = As of block { $block }.
balance-late = The node did not say in time what this address has. Please look again in a moment.
account-owned = Assets owned
account-held = Waits to be claimed
account-spent =
    { $count ->
        [one] Spent on one use
       *[other] Spent on { $n } uses
    }
account-assets = Assets
account-no-assets = This address has no assets.
account-not-owner = owned by another
account-uses = Latest uses of these assets
account-calls = What it used itself
account-transfers = Transfers
estimate-note = The estimate is what the chain would pay were the month closed now. Others' use changes it until the month's end.

alerts = News
alerts-lead = Every use of your assets, every payment and what disputes hold of it, as it becomes final. A fee is what the user paid; what of it goes to an asset's ancestors is settled with the month.
alerts-feed = Subscribe (Atom)
alerts-none = Nothing happened to this address yet.
news-used = { $caller } used { $asset } ({ $units }) and paid a fee of { $amount }, booked in { $month }
news-paid = { $amount } arrived for { $month }
news-held = { $amount } for { $month } could not be delivered and wait to be claimed
news-withheld = { $amount } of the payment for { $asset } in { $month } are held while it is disputed whether { $ancestor } is an ancestor of { $derivative }
news-released = { $amount } of the payment for { $asset } in { $month } that were held are due to you: paid with the next settlement, or to be claimed before
news-released-to = { $amount } of the payment for { $asset } in { $month } that were held are due to { $to }
news-released-revenue = { $amount } of the payment for { $asset } in { $month } that were held are revenue of { $derivative } once more, shared among its other ancestors
feed-title = Heirloom: { $address }
