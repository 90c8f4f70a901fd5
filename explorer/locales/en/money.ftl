# Statements, payments, reports, demand, calculator.

why = Why this amount?
why-descendants =
    { $count ->
        [one] one derived asset
       *[other] { $n } derived assets
    }
why-share = It weighs { $weight } of the { $total } of all ancestors of { $from }. These shared { $revenue }, of which { $percent } % goes to ancestors: { $share } of it is for this asset.
why-share-proven = It weighs { $weight } of the { $total } of all proven ancestors of { $from }, among whom alone these share. They shared { $revenue }, of which { $percent } % goes to ancestors: { $share } of it is for this asset.
why-shares = It weighs { $weight } among the ancestors of { $from }. These shared { $revenue }, of which { $percent } % goes to ancestors: { $share } of it is for this asset, line by line below.
why-fees = { $units } of its own use brought { $fees }.
why-split = Its own use brought { $gross }: { $pot } of that went to its ancestors and the pool, { $fees } is its own.
why-split-reported = Its own use brought { $gross }, and { $reported } of revenue was reported for it: { $pot } of that went to its ancestors and the pool, { $fees } is its own.
why-own = { $fees } of what was booked for it is its own.
why-carried = { $carried } had been carried from the month before.
why-beyond = { $share } of what its descendants shared is for this asset; they are too many for this page to go through.
why-unproven = It was left out, because unproven: { $from } shared { $revenue } among other ancestors only, whose quality or impact the curators had attested.
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
statement-nothing = It was due nothing in this month. The month's report:
statement-settling = This month is being settled. The calculation will be here in a few minutes.
statement-open = This month is not closed yet.
statement-before = This chain has no settlement of this month.
carried-in = Carried from before
carried-out = Carried to the next month
carried-note = whole cents are paid, the rest is kept for the next month
own-how = Its own part
own-reported = Reported revenue
own-pot = To its ancestors and the pool
own-pot-note = the highest rate among its ancestors of the fees, and all reported revenue
own-pot-rate = { $rate } of the fees, the highest rate among its ancestors, and all reported revenue
recomputed-not-here = This page adds up what was due, but does not go through that many descendants. The explorer recomputed the share when the month was reported:
recomputed-equal = Recomputed here from the pots and weights: the same to the last millionth.
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
verify-without-script = Scripts are off in this browser. With the command line the same is done so:
transfer = The transfer
transfer-paid = The payment arrived.
transfer-held = The payee could not receive. The amount is kept and can be claimed.
transfer-payment = The whole payment
transfer-all-assets = for all assets of this payee together
transfer-none = There was not a whole cent to pay.
transfer-withheld = All of it is held for disputes.

record = Profit-sharing record
record-lead = Month by month: what was paid, and the whole calculation behind it.
record-none = This address was not paid yet. Payments arrive on the 1st of each month.
record-held = Waits to be claimed:
arrived = Arrived
held = held
claims = Claimed
record-file = All payments (CSV)
tax = For your tax
year-file = { $year } as a file (CSV)
year-file-in = with values in { $currency }
year-file-note = Values are by the last rate of the day of the payment or before, seven days old at most, rounded to two decimals row by row. The rates are those that whoever runs this site entered.
payment-arrived = Arrived
payment-parts = What it consists of
payment-held-before = Held from earlier months
payment-withheld = Held for disputes
payment-whole = The payment
payment-adds-up = The assets add up to the payment.
payment-differs = The assets add up to something else:
payment-verify = Details and verify
withheld = Held for disputes
withheld-is = { $amount } of what was due are held while it is disputed whether { $ancestor } is an ancestor of { $derivative }.
withheld-was = { $amount } of what was due were held while it was disputed whether { $ancestor } is an ancestor of { $derivative }.
withheld-open = Not decided yet
withheld-released = Released
withheld-to = paid with the next settlement, or to be claimed before, to
withheld-revenue = revenue of the derivative once more, shared among its other ancestors

months-lead = What the platform earned and paid, month by month.
months-none = No month is settled yet. { $month } is under way.
being-settled = being settled
report-lead = { $assets } assets took part, { $earning } of them earned something.
report-assets = Assets
report-payees = Payees
report-revenue = Shared revenue
report-paid = Paid out
report-pool = To the ecosystem pool
report-pool-note = the part that is not the ancestors', and what rounding leaves
report-books = What came in is what went out
report-pots =
    { $count ->
        [one] of one derivative
       *[other] of { $n } derivatives
    }
report-held-in = Had waited for payees
report-held-out = Waits for payees
report-contested = { $amount } of it while it is disputed who descends from whom
report-averages = Average attested quality
report-statements = Assets by what they were paid
report-no-statements = No asset was due anything.
distribution = How it spread
distribution-caption = Assets by what they were paid
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
greatest = The greatest payment
jobs = Jobs
refused = Refused
findings = Traces of persons found
sandbox-month-none = No job ran in a sandbox.

demand-lead = What companies use most, and what such assets were paid. A hint at what to build next.
demand-none = Nothing was used in this month yet.
demand-assets = Assets
demand-estimate = Estimate one of your own
trend-head = Trend
trend = { $before } { $sign } { $now }
trend-note = The trend leads from { $before } to { $month }, the last two settled months.
median-payout = Middle payout
median-note = The middle payout of a domain is that of { $month }: half of its assets got more, half less. That of an asset is over its last 12 settled months.
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
calculator-wrong-weight = The weight is no number like 1.8.
calculator-wrong-total = The weight of all ancestors is no number like 13.5, or it is 0.
calculator-wrong-revenue = The revenue is no amount like 15000.00.
calculator-wrong-more-than-all = One asset cannot weigh more than all ancestors together.
calculator-wrong-kind = Choose a kind.
calculator-wrong-quality = The quality is no percentage between 0 and 100.
calculator-wrong-impact = The improvement is no percentage between 0 and 100.
calculator-wrong-units = Units are a whole number.
calculator-wrong-no-month = No month is settled yet, so there is nothing to compare with.
estimate-weight = It would have weighed { $weight } in { $month }.
estimate-average = The average of { $kind } was { $average }.
estimate-rank = So many units would have ranked at { $rank } of all active assets.
estimate-earned = What such assets earned in that month
estimate-range = The middle half of them earned between { $low } and { $high }.
estimate-few = So few say nothing of what is usual: these are the least and the most that one of them earned.
estimate-half = Half of them earned less than the middle.
estimate-samples =
    { $count ->
        [one] This rests on one asset only, of this kind and about this weight (within { $about }).
       *[other] This rests on { $n } assets of this kind that weighed about as much (within { $about }).
    }
estimate-cut = There are more; these are a part of them.
estimate-no-samples = No asset of this kind weighed about as much, so there is nothing to go by.
estimate-uncertain = An estimate is no promise: what derivatives earn decides, and that is others' success.
