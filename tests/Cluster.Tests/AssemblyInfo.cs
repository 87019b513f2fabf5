// Each story has a fleet: one after another, the machine's cores are theirs.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
