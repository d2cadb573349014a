using System.Reflection;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>The buffers of <c>KernelBuffers.Shared</c>, the same for both builds of a case.</summary>
internal sealed class SharedBuffers
{
    private const string Contract = "NanoBragg.KernelBuffers";

    private static readonly MethodInfo Allocate = typeof(GC).GetMethod(nameof(GC.AllocateArray))!;

    private readonly Dictionary<(string Name, Type Element, int Length), Array> _buffers = [];

    /// <summary>Lets an assembly's benchmarks take their buffers from here; one that was built against an older contract has none.</summary>
    /// <param name="benchmarks">The assembly's benchmarks.</param>
    public void GiveTo(IEnumerable<Benchmark> benchmarks)
    {
        // The contract is the assembly's own or a library's: where KernelRun is, its neighbour is.
        foreach (var contract in benchmarks.Select(benchmark => benchmark.Prepare.ReturnType.Assembly).Distinct())
        {
            contract.GetType(Contract)?.GetProperty("Source", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                ?.SetValue(null, (Func<string, Type, int, Array>)Get);
        }
    }

    /// <summary>Lets go of all buffers: the next case has its own.</summary>
    public void Clear() => _buffers.Clear();

    private Array Get(string name, Type element, int length)
    {
        if (!_buffers.TryGetValue((name, element, length), out var buffer))
        {
            buffer = (Array)Allocate.MakeGenericMethod(element).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [length, true], null)!;
            _buffers.Add((name, element, length), buffer);
        }

        return buffer;
    }
}
