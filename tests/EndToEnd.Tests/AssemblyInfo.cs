// Each story has a silo of its own, and some a browser: two at a time, or the machine would wait while a story does.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
