// Each story has a silo and some a browser: one after another, the machine's cores are theirs.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
