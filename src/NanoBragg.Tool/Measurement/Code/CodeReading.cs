using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NanoBragg.Tool.Measurement.Workers;

namespace NanoBragg.Tool.Measurement.Code;

/// <summary>
/// Reads the code that the JIT made of each case, from the runtime's own listing, and where the base has other code, of the base's. Each case has a process of its own that
/// times nothing: what two cases share is compiled, and so listed, once a process.
/// </summary>
internal static class CodeReading
{
    private const int Attempts = 4;
    private const int DelayGrowth = 4;

    /// <summary>Adds their code to the cases of a run that lack it. Never fails a run: what cannot be read is said to be not available.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">What was measured.</param>
    /// <param name="timeout">How long this may take.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellation">Kills the worker.</param>
    public static MeasuredRun Add(MeasuredRun run, MeasureOptions options, TimeSpan timeout, IProgress<string> progress, CancellationToken cancellation)
    {
        if (!run.Cases.Any(Lacks))
        {
            return run;
        }

        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return With(_ => new() { NotAvailable = $"the listings of {RuntimeInformation.ProcessArchitecture} code are not read yet, only those of x64" });
        }

        progress.Report("reading the code that the JIT made");
        var own = OwnTypes.Of(options.AssemblyPath);
        var ownOfBase = new Lazy<OwnTypes>(() => OwnTypes.Of(options.BaseAssemblyPath!));
        var started = Stopwatch.GetTimestamp();
        var replacements = new WorkerReplacement(run.ReplacedWorkers ?? 0, progress);
        var read = With(measured =>
        {
            var code = Of(options.AssemblyPath, own);
            return code.NotAvailable is null && measured.HasOtherCodeThanBase(options) ? code.Beside(Of(options.BaseAssemblyPath!, ownOfBase.Value)) : code;

            MeasuredCode Of(string assemblyPath, OwnTypes types) => Read(assemblyPath, measured.Name, types, timeout - Stopwatch.GetElapsedTime(started), replacements, cancellation);
        });
        return read with { ReplacedWorkers = replacements.Count };

        MeasuredRun With(Func<MeasuredCase, MeasuredCode> code) =>
            run with { Cases = [.. run.Cases.Select(measured => Lacks(measured) ? measured with { Code = code(measured) } : measured)] };
    }

    private static bool Lacks(MeasuredCase measured) => measured is { Failure: null, NotAvailable: null } && measured.Code is null or { NotAvailable: not null };

    private static MeasuredCode Read(string assemblyPath, string name, OwnTypes own, TimeSpan timeout, WorkerReplacement replacements, CancellationToken cancellation)
    {
        if (timeout <= TimeSpan.Zero)
        {
            return new() { NotAvailable = "the time limit was reached before its code could be read" };
        }

        // Two threads may write to the listing at the same time, though seldom. A busy machine disturbs the hold; with a longer delay it does so less.
        var delay = WorkerEnvironment.ListedCodeDelay;
        var code = ReadOnce(assemblyPath, name, own, delay, timeout, replacements, cancellation);
        for (var attempt = 1; attempt < Attempts && code.NotAvailable is (JitListing.Torn or TieringHold.Failed); attempt++)
        {
            delay *= code.NotAvailable == TieringHold.Failed ? DelayGrowth : 1;
            code = ReadOnce(assemblyPath, name, own, delay, timeout, replacements, cancellation);
        }

        return code;
    }

    private static MeasuredCode ReadOnce(string assemblyPath, string name, OwnTypes own, TimeSpan delay, TimeSpan timeout, WorkerReplacement replacements, CancellationToken cancellation)
    {
        using var folder = WorkerFolder.Create();
        try
        {
            var listing = Path.Combine(folder.Path, "listing.txt");
            var outcome = replacements.Run(() => WorkerLauncher.Run(
                new WorkerRequest { AssemblyPath = assemblyPath, Scenarios = [name.Split('/')[0]], OnlyFinalCodeOf = name, ListedCodeDelay = delay, Samples = 0, BatchSeconds = 0 },
                WorkerEnvironment.ListedCode(listing, own.Pattern, delay),
                timeout,
                cancellation));
            if ((outcome.Failure ?? outcome.Report!.Cases[0].Failure) is { } failure)
            {
                return new() { NotAvailable = failure };
            }

            return File.Exists(listing) ? Of(JitListing.Read(File.ReadLines(listing)), own) : new() { NotAvailable = "the runtime listed no code" };
        }
        catch (FormatException e)
        {
            return new() { NotAvailable = e.Message };
        }
    }

    private static MeasuredCode Of(List<ListedMethod> listed, OwnTypes own)
    {
        var final = listed.Where(method => method.IsFinal && own.Names.Contains(method.TypeName)).ToList();
        if (final.Count == 0)
        {
            // The timed call itself is a method of the user's, so something must be there.
            return new() { NotAvailable = "the JIT made no optimised code of this assembly; is it built with optimisation?" };
        }

        // A method may be compiled again; the last code is the one that runs.
        var looping = final
            .GroupBy(method => method.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Listed: group.Last(), Code: MethodCode.Of(group.Last())))
            .Where(method => method.Code is not null)
            .ToList();
        if (looping.Count == 0)
        {
            return MeasuredCode.Of([], null);
        }

        var exact = looping.Where(method => method.Code!.Bytes is not null).ToList();
        var text = string.Join('\n', exact.Select(method => $"{method.Listed.Name}\n{string.Join('\n', method.Listed.Lines)}"));
        return MeasuredCode.Of([.. looping.Select(method => method.Code!)], exact.Count == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]);
    }
}
