# Statements, payments, reports, demand, calculator.

why = Why this amount?
why-descendants =
    { $count ->
        [one] one derived asset
       *[other] { $n } derived assets
    }
why-share = It weighs { $weight }, out of { $total } for all sharing ancestors of { $from }. The revenue shared was { $revenue }, of which { $percent } % goes to ancestors: { $share } of it is for this asset.
why-share-proven = It weighs { $weight }, out of { $total } for all proven ancestors of { $from }; only these share. The revenue shared was { $revenue }, of which { $percent } % goes to ancestors: { $share } of it is for this asset.
why-shares = It weighs { $weight } among the ancestors of { $from }. The revenue shared was { $revenue }, of which { $percent } % goes to ancestors: { $share } of it is for this asset, line by line below.
why-fees = Its own use ({ $units }) earned { $fees }.
why-fees-sold = Its own use ({ $units }) earned { $used }, and licences sold for { $sold }.
why-sold = Licences sold for { $sold }.
why-split = Its own use earned { $used }: { $pot } of that went to its ancestors and the pool, and it keeps { $fees }.
why-split-reported = Its own use earned { $used }, and { $reported } of revenue was reported for it: { $pot } of that went to its ancestors and the pool, and it keeps { $fees }.
why-split-sold = Its own use earned { $used }, and licences sold for { $sold }: { $pot } of that went to its ancestors and the pool, and it keeps { $fees }.
why-split-sold-reported = Its own use earned { $used }, licences sold for { $sold }, and { $reported } of revenue was reported for it: { $pot } of that went to its ancestors and the pool, and it keeps { $fees }.
why-own = It keeps { $fees } of what was booked for it.
why-own-sold = It keeps { $fees } of what was booked for it, of which { $sold } is for licences.
why-carried = { $carried } was carried over from the month before.
why-beyond = { $share } of what its descendants shared is for this asset; there are too many of them for this page to go through.
why-unproven = It was left out because it is unproven: { $from } shared { $revenue } only among other ancestors, whose quality or impact the curators had attested.
why-nothing = There was nothing to share and no use of its own.
formula = Formula
formula-weight = Weight of the asset
formula-total = Weight of all ancestors that share
formula-revenue = Revenue the derivatives shared
formula-part = The ancestors' part
formula-share = The share

statement-sum = The sum
statement-lines =
    { $count ->
        [one] from one derivative
       *[other] from { $n } derivatives
    }
statement-nothing = Nothing was due to it in this month. The month's report:
statement-settling = This month is being settled. The calculation will be here in a few minutes.
statement-open = This month is not closed yet.
statement-before = This chain has no settlement for this month.
carried-in = From the month before
carried-out = Carried to the next month
carried-note = whole cents are paid, the rest is kept for the next month
own-how = Its own part
own-reported = Reported revenue
own-pot = To its ancestors and the pool
own-pot-note = of the fees and of licences sold, the highest rate among its ancestors; of reported revenue, all
own-pot-rate = { $rate } of the fees and of licences sold (the highest rate among its ancestors), and all reported revenue
recomputed-not-here = This page adds up what was due, but does not go through that many descendants. The explorer recomputed the share when the month was reported:
recomputed-equal = Recomputed here from shared revenue and weights: the same to the last millionth.
recomputed-different = Recomputed here, it comes out differently:
lines = Line by line
lines-more =
    { $count ->
        [one] and one more
       *[other] and { $n } more
    }
lines-note = Each line is rounded down to a millionth by itself, their sum only once; so the sum may be a few millionths more.
pot = It shared
verify = Verify
verify-what = Nobody has to trust this page. Your browser can fetch the proof from a node and compute the amount again.
verify-without-script = Scripts are off in this browser. The command line does the same:
transfer = The transfer
transfer-paid = The payment arrived.
transfer-held = The payee could not receive it. The amount is kept and can be claimed.
transfer-payment = The whole payment
transfer-all-assets = for all assets of this payee together
transfer-none = There was less than a whole cent to pay.
transfer-withheld = All of it is held because of disputes.

record = Profit-sharing record
record-lead = Month by month: what was paid, and the whole calculation behind it.
record-none = This address has not been paid yet. Payments arrive on the 1st of each month.
record-held = Waiting to be claimed:
arrived = Arrived
held = held
claims = Claimed
record-file = All payments (CSV)
tax = For your tax return
year-file = { $year } as a file (CSV)
year-file-in = with values in { $currency }
year-file-note = Values use the last rate from the day of the payment or before, at most seven days old, rounded to two decimals row by row. The rates were entered by whoever runs this site.
payment-arrived = Arrived
payment-parts = What it consists of
payment-held-before = Held from earlier months
payment-withheld = Held because of disputes
payment-whole = The payment
payment-adds-up = The assets add up to the payment.
payment-differs = The assets add up to something else:
payment-verify = Details and verification
withheld = Held because of disputes
withheld-is = { $amount } of what was due is held while it is disputed whether { $ancestor } is an ancestor of { $derivative }.
withheld-was = { $amount } of what was due was held while it was disputed whether { $ancestor } is an ancestor of { $derivative }.
withheld-open = Not decided yet
withheld-released = Released
withheld-to = paid with the next settlement, unless claimed before, to
withheld-revenue = revenue of the derivative again, shared among its other ancestors

months-lead = What the platform earned and paid, month by month.
months-none = No month is settled yet. { $month } is under way.
being-settled = being settled
report-lead = { $assets } assets took part, { $earning } of them earned something.
report-assets = Assets
report-payees = Payees
report-revenue = Shared revenue
report-paid = Paid out
report-pool = To the ecosystem pool
report-pool-note = the part that is not for ancestors, and what rounding leaves
report-books = What came in equals what went out
report-pots =
    { $count ->
        [one] of one derivative
       *[other] of { $n } derivatives
    }
report-held-in = Previously held for payees
report-held-out = Now held for payees
report-contested = { $amount } of it because of disputes over ancestry
report-averages = Average attested quality
report-statements = Assets by amount paid
report-no-statements = Nothing was due to any asset.
distribution = How it was spread
distribution-caption = Assets by amount paid
top-tenth =
    { $count ->
        [one] The top payee
       *[other] The top tenth, { $n } payees
    }
bottom-half =
    { $count ->
        [one] The bottom payee
       *[other] The bottom half, { $n } payees
    }
each-average = on average
median = The middle payee
greatest = The largest payment
jobs = Jobs
refused = Refused
findings = Traces of people found
sandbox-month-none = No job ran in a sandbox.

demand-lead = What companies use most, and what such assets were paid. A hint at what to build next.
demand-none = Nothing has been used in this month yet.
demand-assets = Assets
demand-estimate = Estimate one of your own
trend-head = Trend
trend = { $before } { $sign } { $now }
trend-note = The trend is from { $before } to { $month }, the last two settled months.
median-payout = Middle payout
median-note = A domain's middle payout is for { $month }: half of its assets got more, half less. An asset's is over its last 12 settled months.
upload-like = Upload one like this
last-paid = Last payout

calculate = Calculate
calculator-lead = Check a payout, or estimate what an asset could bring.
calculator-check = Check a payout
calculator-check-note = Enter the three numbers of a statement. The same arithmetic runs on the chain.
calculator-result = The share is { $share }.
calculator-estimate = Estimate an asset
calculator-estimate-note = The weight is computed by the chain's own formula, as if the asset had taken part in the last settled month.
calculator-units = Units used in a month
calculator-impact = Improvement of derivatives
calculator-attested = Quality attested by the curators
calculator-new = New: in its first { $months } months an asset weighs { $bonus } times as much
calculator-wrong-weight = The weight must be a number like 1.8.
calculator-wrong-total = The weight of all ancestors must be a number like 13.5, and not 0.
calculator-wrong-revenue = The revenue must be an amount like 15000.00.
calculator-wrong-more-than-all = One asset cannot weigh more than all ancestors together.
calculator-wrong-kind = Choose a kind.
calculator-wrong-quality = The quality must be a percentage between 0 and 100.
calculator-wrong-impact = The improvement must be a percentage between 0 and 100.
calculator-wrong-units = Units must be a whole number.
calculator-wrong-no-month = No month is settled yet, so there is nothing to compare with.
estimate-weight = It would have weighed { $weight } in { $month }.
estimate-average = The average for { $kind } was { $average }.
estimate-rank = That many units would have ranked at { $rank } among all active assets.
estimate-earned = What such assets earned that got a share in that month
estimate-range = The middle half of them earned between { $low } and { $high }.
estimate-few = Too few to show what is usual: these are the least and the most that one of them earned.
estimate-half = Half of them earned less than the amount at the top.
estimate-samples =
    { $count ->
        [one] This is based on only one asset of this kind that got a share from derivatives and weighed about as much (within { $about }).
       *[other] This is based on { $n } assets of this kind that got a share from derivatives and weighed about as much (within { $about }).
    }
estimate-cut = There are more; these are only some of them.
estimate-no-samples = No asset of this kind that got a share weighed about as much, so there is nothing to go by.
estimate-no-share = Assets that got no share in that month were not weighed, and are not counted here.
estimate-uncertain = An estimate is no promise: it depends on what derivatives earn, and that is up to others.
