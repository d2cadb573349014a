namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>What a call of a warm kernel costs besides time.</summary>
/// <param name="AllocatedBytes">Managed bytes that it allocates, of all threads: the smallest of some batches, because the runtime allocates on its own now and then.</param>
/// <param name="MinorFaults">Minor page faults, on average; null where the system does not tell.</param>
internal readonly record struct CallCost(long AllocatedBytes, double? MinorFaults)
{
    private const int Batches = 3;

    /// <summary>Counts.</summary>
    /// <param name="call">The kernel.</param>
    /// <param name="calls">The calls in a batch.</param>
    public static CallCost Of(TimedCall call, int calls)
    {
        // Asked once before, so that the first batch does not pay for it.
        _ = GC.GetTotalAllocatedBytes(precise: true);
        var least = long.MaxValue;
        var faults = ProcessClock.MinorFaults();
        for (var batch = 0; batch < Batches; batch++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            _ = Batch.Of(call, calls);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return new(least / calls, (ProcessClock.MinorFaults() - faults) / (double)(calls * Batches));
    }
}
