using System.Diagnostics;

namespace FteAgent.Bench;

/// <summary>What this process holds.</summary>
internal static class Memory
{
    /// <summary>The managed heap in bytes after everything that can go has gone.</summary>
    public static long HeapAfterCollection()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Resident memory in bytes, as the operating system counts it.</summary>
    public static long Rss()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
