# Assets, their weight, lineage, receipts; accounts.

facts = Facts
delisted = Delisted
sandboxed = Used in sandboxes only
minted = Minted
call-fee = Call fee
per-unit = per unit
terms = Terms
terms-share = Derivatives share their revenue, and { $rate } of their call fees
terms-buyout = Sold once: whoever derives from it buys a licence for
protection = Protection
protection-chosen = In sandboxes only: its owner's choice
protection-medical = In sandboxes only: medical data
content = Content
evidence = Evidence
evidence-note = Attested: confirmed by the curators. Claimed: the owner's own word.
claimed-adds = A quality that nobody has attested can add at most { $cap } to the weight; what it can take away has no such limit.
claimed-adds-nothing = A quality that nobody has attested adds nothing to the weight, but can lower it.
quality = Quality
impact = Impact
accuracy = Stated accuracy
speed-gain = Stated speed gain
attested = attested
claimed = claimed
not-stated = not stated

asset-earned = Paid so far
asset-estimate = This month, if it closed now
asset-calls = Uses ({ $month } this month, { $today } today)
asset-derived = Direct derivatives
asset-weight = Weight in { $month }

weight = Weight
weight-heading = What it weighs
weight-read = How weights work
weight-was = In { $month } it weighed { $weight }.
weight-average = An average asset weighs { $base }.
weight-why = Why a weight of { $weight }
weight-how = The parts of the weight
weight-history = Month by month
weight-none = It has shared in no revenue yet, so it was not weighed. It will be once something derived from it earns.
weight-none-sold = It is sold once: whoever derives from it buys a licence and shares nothing with it, so it is not weighed.
weight-none-delisted = It has shared in no revenue yet, so it was not weighed. While it is off the list, it shares in none.
weight-none-unproven = It has shared in no revenue yet, so it was not weighed. While the curators have attested neither its quality nor its impact, it shares only in what derivatives earn that have no proven ancestor.
weight-base = Base
weight-quality = Quality
weight-usage = Usage
weight-impact = Impact
weight-bound = Limits
weight-bonus = New asset
weight-quality-note = the average of its kind ({ $kind }) is subtracted.
weight-no-average = No quality of this kind has been attested yet, so this part is 0.
weight-no-quality = No quality was stated, so this part is 0.
weight-usage-note = with { $units }, its rank among all active assets, minus the middle.
weight-impact-note = attested improvement of its derivatives.
weight-at-most = , of which at most { $cap } counts
weight-bonus-note = In its first { $months } months an asset weighs { $bonus } times as much.
rank = Usage rank

earnings-by-month = Earnings by month
earnings-none = Nothing was due to it in a settled month yet.
shared = Share from derivatives
own-fees = Own part of fees
fees-gross = Fees paid by users
why-link = Why?

licences = Licences sold
licences-lead =
    { $count ->
        [one] One licence was sold, for { $amount }.
       *[other] { $n } licences were sold, for { $amount } together.
    }
licences-latest = The latest { $n }
licence-buyer = Bought by
licence-price = Price of the licence

lineage = Lineage
lineage-of = Lineage of { $asset }
lineage-whole = The whole lineage
lineage-none = It has neither ancestors nor derivatives.
lineage-reading = What it comes from is above, what came from it below.
lineage-count = { $up }, { $down }.
lineage-up =
    { $count ->
        [one] 1 ancestor above
       *[other] { $n } ancestors above
    }
lineage-up-over = More than { $n } ancestors above
lineage-down =
    { $count ->
        [one] 1 derivative below
       *[other] { $n } derivatives below
    }
lineage-down-over = more than { $n } derivatives below
lineage-up-folded = Of the ancestors, { $drawn } are drawn one by one and { $folded } are folded.
lineage-down-folded = Of the derivatives, { $drawn } are drawn one by one and { $folded } are folded.
lineage-folds = A dashed node stands for those that are folded beside it, and leads to them.
lineage-nearest = Only the nearest { $n } are counted.
fold-parents = more ancestors
fold-parents-of = more ancestors of { $asset }
fold-children = more derivatives
fold-children-of = more derivatives of { $asset }
parents-all =
    { $count ->
        [one] Its only ancestor
       *[other] Direct parents ({ $n } ancestors in all)
    }
derived =
    { $count ->
        [one] one derived
       *[other] { $n } derived
    }
derived-head = Derivatives
derivative = Derivative
derivatives = Derivatives
derivatives-none = Nothing has been derived from it yet.
all-of =
    { $count ->
        [one] The one
       *[other] All { $n }
    }

receipts = Receipts
receipts-none = It has not been used yet.
receipts-lead =
    { $count ->
        [one] One use, with its receipt.
       *[other] { $n } uses, each with its receipt.
    }
receipt-number = Receipt { $number }
receipt-title = Receipt { $number } of { $asset }
receipt-note = The hash covers this receipt and the hash before it. The chain keeps the last hash, so no receipt can be left out, added or changed unnoticed.
hash-before = Previous hash
derivation = Derivation
certificate-good = The receipts are complete and unchanged
certificate-bad = The receipts stored here differ from the chain
certificate-count =
    { $count ->
        [one] One receipt was hashed again and gives the chain's own running hash,
       *[other] { $n } receipts were hashed again, one after another, and give the chain's own running hash,
    }
certificate-none = These receipts have not been compared with the chain's running hash yet.

sandbox-jobs = Jobs in sandboxes
sandbox-none = No job has used it yet.
history = History

me-lead = Paste your address to see all your assets, who used them, and what they earn.
me-wrong = This is not an address. An address has 47 or 48 letters and digits, or 0x and then 40 digits, as Ethereum wallets show it, or 64; copy it from your wallet.
me-note = Nothing is stored, and no wallet is needed to look: what is here is public.
account-earned =
    { $count ->
        [one] Received in one payment
       *[other] Received in { $n } payments
    }
account-estimate = { $month } so far, if it closed now
account-estimate-late = Not all estimates arrived in time. Please look again in a moment.
account-estimate-many = There are too many assets to add up on one page: each shows its own estimate.
balances = Balances
balance-u-held = U held
balance-loom-held = LOOM held
balance-loom-frozen = LOOM frozen
balance-note = Held amounts come on top of the rest and secure deposits and bonds until these end. Frozen is how much of the LOOM, held or not, must stay.
balance-block = As of block { $block }.
balance-late = The node did not answer in time. Please look again in a moment.
account-owned = Assets owned
account-held = Waiting to be claimed
account-spent =
    { $count ->
        [one] Spent on one use
       *[other] Spent on { $n } uses
    }
account-assets = Assets
account-no-assets = This address has no assets.
account-not-owner = owned by someone else
account-uses = Latest uses of these assets
account-calls = What this address used
account-transfers = Transfers
estimate-note = The estimate is what the chain would pay if the month closed now. It changes with others' use until the month ends.

alerts = News
alerts-lead = Every use of your assets, every payment, and what disputes hold back, as it becomes final. A fee is what the user paid; the part that goes to an asset's ancestors is settled with the month.
alerts-feed = Subscribe (Atom)
alerts-none = There is no news for this address yet.
news-used = { $caller } used { $asset } ({ $units }) and paid a fee of { $amount }, booked in { $month }
news-paid = { $amount } arrived for { $month }
news-held = { $amount } for { $month } could not be delivered and is waiting to be claimed
news-withheld = { $amount } of the payment for { $asset } in { $month } is held while it is disputed whether { $ancestor } is an ancestor of { $derivative }
news-released = { $amount } held of the payment for { $asset } in { $month } is now due to you: paid with the next settlement, unless claimed before
news-released-to = { $amount } held of the payment for { $asset } in { $month } is now due to { $to }
news-released-revenue = { $amount } held of the payment for { $asset } in { $month } counts as revenue of { $derivative } again, shared among its other ancestors
feed-title = Heirloom: { $address }
