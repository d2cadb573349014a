using BenchmarkDotNet.Attributes;
using NanoBragg.Tool.Measurement.Workers;
using NanoBragg.Tool.Proof;

namespace NanoBragg.Peers;

/// <summary>The proof kernel <c>compute</c>, as BenchmarkDotNet wants it. Each combination of parameters runs in a process of its own.</summary>
public class ComputeKernel
{
    private KernelRun? _run;

    /// <summary>Gets or sets the rounds that are run.</summary>
    public static IReadOnlyList<int> Rounds { get; set; } = [1];

    /// <summary>Gets or sets the shares of injected work that are run in each round.</summary>
    public static IReadOnlyList<double> InjectedShares { get; set; } = [0];

    /// <summary>Gets or sets the round. It sorts before the share, so that every share is run once before any is run again.</summary>
    [ParamsSource(nameof(Rounds), Priority = 1)]
    public int Round { get; set; }

    /// <summary>Gets or sets the share of work that is done twice.</summary>
    [ParamsSource(nameof(InjectedShares), Priority = 2)]
    public double Injected { get; set; }

    /// <summary>Prepares the kernel.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        InjectedWork.Share = Injected;
        _run = ProofKernels.ComputeBound();
    }

    /// <summary>What is timed.</summary>
    [Benchmark]
    public void Compute() => _run!.Call();

    /// <summary>Checks the result.</summary>
    [GlobalCleanup]
    public void Check() => _run!.Check!();
}
