// Most of them wait for a server most of the time: as many at a time as there are cores would leave the cores idle.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
