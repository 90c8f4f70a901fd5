# What stands on every page, the first page, the search.

site-about = Heirloom: AI assets with their lineage, a receipt for every use, and a payout whose arithmetic anyone can follow.
skip = Skip to the content
nav = Main
nav-me = My assets
nav-months = Months
nav-demand = In demand
nav-calculator = Calculator
nav-handbook = Handbook
nav-blocks = Blocks
theme = Colours
theme-system = Same as the system
theme-light = Light
theme-dark = Dark
foot-nav = More
foot-until = Final up to block
foot-nothing = Nothing is indexed yet
foot-differences =
    { $count ->
        [one] One difference from the chain was found
       *[other] { $n } differences from the chain were found
    }
pager = Pages of this list
pager-first = From the beginning
pager-next = Next page
between-sentences = space

home-title = What assets earn, and why
home-heading = See what your work earns, and check every cent.
home-lead = Each use of an asset leaves a receipt. On the 1st of each month the chain shares what was earned among all who contributed. Here is how, line by line.
home-month = { $month } so far
home-calls = Uses
home-fees = Call fees
home-reported = Reported revenue
home-assets = Assets registered
home-next = Next payout
home-next-at = Payments start at
home-next-unknown = The chain has not begun yet: its first block sets the clock.
home-settling = { $month } is being settled
home-settling-somewhere = The node did not say how far it has got.
home-last = { $month }, settled
home-report = The month's report
home-paid-to =
    { $count ->
        [one] Paid to one payee
       *[other] Paid to { $n } payees
    }
home-earning = Assets that earned
home-latest = Latest uses
home-browse = All assets
home-no-receipts = Nothing has been used yet. The first use will appear here as soon as its block is final.
countdown = { $days } d { $hours } h
phase-count = Counting uses
phase-rank = Ranking uses
phase-weigh = Weighing assets
phase-spread = Sharing revenue
phase-due = Writing statements
phase-pay = Paying
phase-report = Writing the report

search = Search
search-hint = Asset, address, receipt or block
search-empty = Enter an asset's name or number, an address, a hash or a block.
search-none = Nothing matches “{ $text }”. Names are found by their beginning; hashes and addresses must be complete.
found-asset = Asset
found-account = Account
found-block = Block
found-transaction = Transaction
found-receipt = Receipt
found-permit = Permit

failure-not-found = There is no such page
failure-help-not-found = What you are looking for may have another name. Try the search.
failure-bad = This address asks for something impossible
failure-help-bad = A number or a place in a list in it is not valid. Start again from the search.
failure-broken = This page could not be made
failure-help-broken = Something is wrong with this server, not with you. Please try again in a moment.
failure-slow = This page takes too long
failure-help-slow = This server is very busy. Please try again in a moment.
failure-too-many = Too many pages at once. Please try again in { $seconds } s.

checks = Self-checks
checks-lead = This site compares what it stores with the chain: receipts with their running hash, payments with statements, statements with its own arithmetic. Any differences are shown here.
checks-none = Nothing differs.
check-receipts = Receipts against the running hash
check-payments = Payments against statements
check-statements = Statements against the formula
check-report = The report against its statements
check-compared =
    { $count ->
        [one] one compared
       *[other] { $n } compared
    }
browse = All assets
browse-none = No asset matches.
all = All
show = Show
