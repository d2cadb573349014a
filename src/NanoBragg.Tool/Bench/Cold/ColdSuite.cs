using System.Runtime.InteropServices;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Bench.Cold;

/// <summary>The suite <c>cold</c>: how long a process takes from its start to its first picture, and what of it is the runtime, the flags, the compiler and the picture.</summary>
internal static class ColdSuite
{
    /// <summary>The suite's name.</summary>
    public const string Name = "cold";

    // The first is not counted: it may have to wait for the disk.
    private const int Processes = 7;

    /// <summary>Gets the cases: a picture that takes less than a process's start, and one that takes more.</summary>
    public static IReadOnlyList<BenchCase> Cases { get; } = CpuCases.Choose(["A", "B"]);

    /// <summary>Measures cases.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="threads">Threads that draw, at least 1.</param>
    /// <param name="progress">Is told, every two seconds, what is being measured.</param>
    /// <param name="cancellation">Ends it at any time; no process is left behind.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="UserError">A process failed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static ColdResult Run(IReadOnlyList<BenchCase> cases, int threads, IProgress<string> progress, CancellationToken cancellation)
    {
        var contention = new ContentionProbe();
        var patient = new PatientProgress(progress);
        var rows = new List<ColdRow>();
        foreach (var picture in cases)
        {
            foreach (var precision in Precisions.All)
            {
                var times = new List<ColdTimes>();
                for (var process = 0; process < Processes; process++)
                {
                    patient.Tell(FormattableString.Invariant($"case {picture.Name} in {Precisions.Name(precision)}, process {process + 1} of {Processes}"));
                    times.Add(ColdProcess.Start(picture, precision, threads, cancellation));
                }

                rows.Add(ColdRow.Of(picture.Name, Precisions.Name(precision), [.. times.Skip(1)]));
            }
        }

        return new(Name, MachineProbe.Read(), RuntimeInformation.FrameworkDescription, threads, contention.Read([], null), rows);
    }
}
